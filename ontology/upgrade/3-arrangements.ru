PREFIX dg: <https://w3id.org/disputegraph/ns#>
INSERT {
  ?x a dg:Arrangement ; dg:hasStatus ?node .
  ?node a dg:Status ; dg:statusValue ?status ; dg:attestedOn ?day ; dg:evidence ?anchor
}
WHERE {
  VALUES (?class ?status) { (dg:Proposal dg:proposed) (dg:Agreement dg:agreed) }
  ?x a ?class
  BIND (IF(isIRI(?x), IRI(CONCAT(STR(?x), "-", STRAFTER(STR(?status), "#"))), BNODE()) AS ?node)
  OPTIONAL { ?x dg:attestedOn ?day }
  OPTIONAL { ?x dg:evidence ?anchor }
} ;
DELETE { ?x dg:attestedOn ?day }
WHERE { ?x a ?class ; dg:attestedOn ?day FILTER (?class IN (dg:Proposal, dg:Agreement)) } ;
DELETE { ?x a ?class }
WHERE { ?x a ?class FILTER (?class IN (dg:Proposal, dg:Agreement)) }
