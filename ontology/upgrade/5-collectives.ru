PREFIX dg: <https://w3id.org/disputegraph/ns#>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
DELETE { ?group foaf:member ?member } INSERT { ?member dg:memberOf ?group }
WHERE { ?group a dg:Collective ; foaf:member ?member }
