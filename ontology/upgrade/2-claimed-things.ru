PREFIX dg: <https://w3id.org/disputegraph/ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
PREFIX schema: <https://schema.org/>
INSERT { ?x dg:claimedKind ?kind }
WHERE {
  ?x dg:introducedBy ?claim ; a ?class
  FILTER NOT EXISTS { ?x a dg:ClaimedThing }
  FILTER (STRSTARTS(STR(?class), STR(dg:)))
  BIND (IF(?class IN (dg:Proposal, dg:Agreement), dg:Arrangement, ?class) AS ?kind)
} ;
INSERT { ?x dg:claimedStatus ?status }
WHERE {
  VALUES (?class ?status) { (dg:Proposal dg:proposed) (dg:Agreement dg:agreed) }
  ?x dg:introducedBy ?claim ; a ?class
} ;
DELETE { ?x a ?class } INSERT { ?x a dg:ClaimedThing }
WHERE { ?x dg:introducedBy ?claim OPTIONAL { ?x a ?class FILTER (?class != dg:ClaimedThing) } } ;
DELETE { ?x dg:startedAt ?day } INSERT { ?x dg:claimedStart ?text }
WHERE { ?x a dg:ClaimedThing ; dg:startedAt ?day BIND (STR(?day) AS ?text) } ;
DELETE { ?x dg:endedAt ?day } INSERT { ?x dg:claimedEnd ?text }
WHERE { ?x a dg:ClaimedThing ; dg:endedAt ?day BIND (STR(?day) AS ?text) } ;
DELETE { ?x ?asserted ?value } INSERT { ?x ?claimed ?value }
WHERE {
  VALUES (?asserted ?claimed) {
    (dg:party dg:claimedParty) (dg:proposedBy dg:claimedProposer) (dg:participant dg:claimedParticipant)
    (foaf:member dg:claimedMember) (dg:hasProvision dg:claimedProvision) (dg:provisionOn dg:claimedIssue)
    (dg:atSite dg:claimedPlace)
  }
  ?x a dg:ClaimedThing ; ?asserted ?value
}
