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
    start: int = 0
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
    return _Hostile().store()


class _Hostile:
    """The dispute, written node by node."""

    def __init__(self) -> None:
        self.engine = Store()
        self._texts = 0

    def store(self) -> EmbeddedStore:
        self._case()
        document = self._document()
        actors = self._actors()
        claims = [self._claim(number, actors) for number in range(9)]
        self.add(claims[0], ("dg:contradicts", claims[1]))
        self.node("thing", "dg:Proposal", ("dg:introducedBy", claims[0]), ("own property", self.text()))
        before = None
        for number in range(36):
            utterance = self._utterance(number, actors, claims, document)
            if before is not None and number % 4 == 0:
                self.add(utterance, ("dg:reports", before))
            if number % 6 == 0:
                self._stance(number, actors, claims, utterance)
            before = utterance
        self.node("event", "dg:Event", ("dg:startedAt", Literal("2016-02-08")), ("dg:participant", actors[0]))
        return EmbeddedStore(self.engine)

    def text(self) -> Literal:
        self._texts += 1
        return Literal(ATTACKS[self._texts % len(ATTACKS)])

    def add(self, subject: NamedNode, *pairs: tuple[str, NamedNode | Literal]) -> NamedNode:
        for name, value in pairs:
            self.engine.add(Quad(subject, known(name), value))
        return subject

    def node(self, name: str, kind: str, *pairs: tuple[str, NamedNode | Literal]) -> NamedNode:
        names = [("skos:prefLabel", self.text()), ("skos:altLabel", self.text())]
        return self.add(bad(name), ("rdf:type", known(kind)), *names, *pairs)

    def _case(self) -> None:
        self.add(
            bad("dispute"),
            ("rdf:type", known("dg:Dispute")),
            ("dcterms:title", Literal(ATTACKS[2])),
            ("dcterms:description", Literal(ATTACKS[4])),
            ("dcterms:license", SCRIPT_ADDRESS),
            ("dcterms:creator", self.node("coder", "dg:Coder")),
            ("dcterms:created", Literal(ATTACKS[0])),
        )

    def _document(self) -> NamedNode:
        return self.node(
            "doc",
            "dg:Document",
            ("dg:textDigest", self.text()),
            ("dg:textNormalization", self.text()),
            ("dcterms:publisher", self.node("paper", "dg:NewsOrganization")),
            ("dcterms:issued", Literal("2016-02-10")),
        )

    def _actors(self) -> list[NamedNode]:
        kinds = ("Person", "Organization", "HospitalTrust", "NewsOrganization", "Collective", "UnnamedSource")
        return [
            self.node(
                f"{kind}{number}",
                f"dg:{kind}",
                ("skos:definition", self.text()),
                ("dg:sourceDescription", self.text()),
                ("schema:sameAs", SCRIPT_ADDRESS),
                ("schema:sameAs", NamedNode("data:text/html,%3Cscript%3Ewindow.pwned=1%3C/script%3E")),
            )
            for kind in kinds
            for number in range(3)
        ]

    def _claim(self, number: int, actors: list[NamedNode]) -> NamedNode:
        return self.node(
            f"claim{number}",
            "dg:Claim",
            ("dg:paraphrase", self.text()),
            ("dg:claimedAgent", actors[number]),
            ("dg:claimedAction", bad("act")),
            ("dg:claimedTarget", actors[-number - 1]),
            ("dg:aboutIssue", self.node(f"issue{number}", "dg:Issue")),
        )

    def _utterance(
        self, number: int, actors: list[NamedNode], claims: list[NamedNode], document: NamedNode
    ) -> NamedNode:
        span = self.add(bad(f"span{number}"), ("oa:start", Literal(number)), ("oa:end", Literal(number + 9)))
        anchor = self.add(
            bad(f"anchor{number}"),
            ("rdf:type", known("dg:Anchor")),
            ("oa:hasSource", document),
            ("dg:exactDigest", self.text()),
            ("oa:hasSelector", span),
        )
        return self.node(
            f"utterance{number}",
            "dg:Utterance",
            ("dg:speaker", actors[(number * 7) % 18]),
            ("dg:addressee", actors[(number * 5) % 18]),
            ("dg:addressesClaim", claims[number % 9]),
            ("dg:speechAct", known(("dg:accusing", "dg:crediting", "dg:asserting")[number % 3])),
            ("dg:polarity", known(("dg:affirms", "dg:denies")[number % 2])),
            ("dg:certainty", bad("certainty")),
            ("dg:cue", self.text()),
            ("skos:note", self.text()),
            ("dg:saidOn", Literal("2016-02-09")),
            ("dg:evidence", anchor),
        )

    def _stance(self, number: int, actors: list[NamedNode], claims: list[NamedNode], utterance: NamedNode) -> None:
        self.node(
            f"stance{number}",
            "dg:Stance",
            ("dg:stanceHolder", actors[number % 18]),
            ("dg:stanceOn", claims[0]),
            ("dg:stanceValue", bad("value")),
            ("dg:expressedIn", utterance),
        )


def known(name: str) -> NamedNode:
    """Return the term with that prefixed name."""
    prefix, _, local = name.partition(":")
    return NamedNode(PREFIXES[prefix] + local) if prefix in PREFIXES else bad(name.replace(" ", "-"))


def bad(name: str) -> NamedNode:
    """Return an IRI with characters that an IRI may hold and an attribute or a selector may not."""
    return NamedNode(f"https://evil.example/x/{name}'onload=alert(1);&lt;x*#__proto__")


SCRIPT_ADDRESS = NamedNode("javascript:window.pwned=1")
