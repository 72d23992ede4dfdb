"""A dispute in which every field tries to run something, and one quotation that does."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad, Store

from disputegraph.store import EmbeddedStore
from disputegraph.vocabulary import PREFIXES

ATTACKS = (
    "<script>window.pwned=1</script>",
    "<img src=x onerror=window.pwned=1>",
    "</script><script>window.pwned=1</script>",
    "</style><svg onload=window.pwned=1>",
    '" onmouseover="window.pwned=1" x="',
    "' autofocus onfocus='window.pwned=1",
    "{{ 7*7 }}{% raw %}${window.pwned=1}",
    "javascript:window.pwned=1",
    "]]><!--<script>window.pwned=1</script>-->",
    "\u202egnp.exe \u200bzero\ufeff\u2066x\u2069 \u0007\u2028line",
    "__proto__",
    "constructor",
    '=HYPERLINK("http://evil.example","x")',
)


@dataclass(frozen=True, slots=True)
class HostileQuote:
    """A quotation with markup in it."""

    text: str = ATTACKS[1]
    paragraph: str = ATTACKS[0] + ATTACKS[1] + ATTACKS[2]
    start_in_paragraph: int = len(ATTACKS[0])
    end_in_paragraph: int = len(ATTACKS[0] + ATTACKS[1])
    status: str = 'verified"><script>window.pwned=1</script>'


class HostileSources:
    """Source texts that are hostile too."""

    def quote(self, document_digest: str | None, start: int, end: int, sha256: str) -> HostileQuote | None:
        return HostileQuote()


def hostile_store() -> EmbeddedStore:
    """Return a dispute with one attack in every text of every kind of node, IRIs included."""
    engine = Store()
    place = 0

    def iri(name: str) -> NamedNode:
        prefix, _, local = name.partition(":")
        return NamedNode(PREFIXES[prefix] + local if prefix in PREFIXES else f"https://evil.example/x/{name}")

    def text() -> Literal:
        nonlocal place
        place += 1
        return Literal(ATTACKS[place % len(ATTACKS)])

    def add(subject: NamedNode, *pairs: tuple[str, object]) -> NamedNode:
        for prop, value in pairs:
            engine.add(Quad(subject, iri(prop), value if isinstance(value, NamedNode | Literal) else iri(str(value))))
        return subject

    def bad(name: str) -> NamedNode:
        # Characters that an IRI may hold and an attribute or a selector may not.
        return NamedNode(f"https://evil.example/x/{name}'onload=alert(1);&lt;x*#__proto__")

    def node(name: str, kind: str, *pairs: tuple[str, object]) -> NamedNode:
        return add(bad(name), ("rdf:type", iri(kind)), ("skos:prefLabel", text()), ("skos:altLabel", text()), *pairs)

    add(iri("dispute"), ("rdf:type", iri("dg:Dispute")), ("dcterms:title", Literal(ATTACKS[2])),
        ("dcterms:description", Literal(ATTACKS[4])), ("dcterms:license", NamedNode("javascript:window.pwned=1")),
        ("dcterms:creator", node("coder", "dg:Coder")), ("dcterms:created", Literal(ATTACKS[0])))  # fmt: skip
    document = node("doc", "dg:Document", ("dg:textDigest", text()), ("dg:textNormalization", text()),
                    ("dcterms:publisher", node("paper", "dg:NewsOrganization")), ("dcterms:issued", Literal("2016-02-10")))  # fmt: skip
    actors = []
    for kind in ("Person", "Organization", "HospitalTrust", "NewsOrganization", "Collective", "UnnamedSource"):
        for number in range(3):
            actors.append(node(f"{kind}{number}", f"dg:{kind}", ("skos:definition", text()), ("dg:sourceDescription", text()),
                               ("schema:sameAs", NamedNode("javascript:window.pwned=1")), ("schema:sameAs", NamedNode("data:text/html,<b>".replace("<", "%3C").replace(">", "%3E")))))  # fmt: skip
    claims = [node(f"claim{n}", "dg:Claim", ("dg:paraphrase", text()), ("dg:claimedAgent", actors[n]), ("dg:claimedAction", bad("act")),
                   ("dg:claimedTarget", actors[-n - 1]), ("dg:aboutIssue", node(f"issue{n}", "dg:Issue"))) for n in range(9)]  # fmt: skip
    add(claims[0], ("dg:contradicts", claims[1]))
    node("thing", "dg:Proposal", ("dg:introducedBy", claims[0]), ("https://evil.example/p", text()))
    before = None
    for number in range(36):
        anchor = add(bad(f"anchor{number}"), ("rdf:type", iri("dg:Anchor")), ("oa:hasSource", document), ("dg:exactDigest", text()),
                     ("oa:hasSelector", add(bad(f"span{number}"), ("oa:start", Literal(number)), ("oa:end", Literal(number + 9)))))  # fmt: skip
        act = ("dg:accusing", "dg:crediting", "dg:asserting")[number % 3]
        utterance = node(f"utterance{number}", "dg:Utterance", ("dg:speaker", actors[(number * 7) % 18]), ("dg:addressesClaim", claims[number % 9]),
                         ("dg:addressee", actors[(number * 5) % 18]), ("dg:speechAct", iri(act)), ("dg:polarity", iri(("dg:affirms", "dg:denies")[number % 2])),
                         ("dg:certainty", bad("certainty")), ("dg:cue", text()), ("skos:note", text()), ("dg:saidOn", Literal("2016-02-09")), ("dg:evidence", anchor))  # fmt: skip
        if before is not None and number % 4 == 0:
            add(utterance, ("dg:reports", before))
        before = utterance
        if number % 6 == 0:
            node(f"stance{number}", "dg:Stance", ("dg:stanceHolder", actors[number % 18]), ("dg:stanceOn", claims[0]),
                 ("dg:stanceValue", bad("value")), ("dg:expressedIn", utterance))  # fmt: skip
    node("event", "dg:Event", ("dg:startedAt", Literal("2016-02-08")), ("dg:participant", actors[0]))
    return EmbeddedStore(engine)
