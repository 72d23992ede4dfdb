PREFIX dg: <https://w3id.org/disputegraph/ns#>
DELETE { ?premise dg:supportsClaim ?conclusion }
INSERT { ?node a dg:Argument ; dg:premise ?premise ; dg:conclusion ?conclusion ; dg:argumentDirection dg:supporting }
WHERE {
  ?premise dg:supportsClaim ?conclusion
  BIND (REPLACE(STR(?conclusion), "^.*[/#]", "") AS ?name)
  BIND (IF(isIRI(?premise) && isIRI(?conclusion), IRI(CONCAT(STR(?premise), "-supports-", ?name)), BNODE()) AS ?node)
}
