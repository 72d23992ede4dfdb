PREFIX dg: <https://w3id.org/disputegraph/ns#>
INSERT { ?u a dg:ReportedUtterance }
WHERE { { ?other dg:reports ?u } UNION { ?u dg:reportedBy ?other } } ;
DELETE { ?u a dg:Utterance }
WHERE { ?u a dg:ReportedUtterance, dg:Utterance }
;
DELETE { ?u dg:speaker ?x } INSERT { ?u dg:reportedSpeaker ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:speaker ?x }
;
DELETE { ?u dg:onBehalfOf ?x } INSERT { ?u dg:reportedOnBehalfOf ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:onBehalfOf ?x }
;
DELETE { ?u dg:addressee ?x } INSERT { ?u dg:reportedAddressee ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:addressee ?x }
;
DELETE { ?u dg:saidOn ?x } INSERT { ?u dg:reportedSaidOn ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:saidOn ?x }
;
DELETE { ?u dg:addressesClaim ?x } INSERT { ?u dg:reportedClaim ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:addressesClaim ?x }
;
DELETE { ?u dg:polarity ?x } INSERT { ?u dg:reportedPolarity ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:polarity ?x }
;
DELETE { ?u dg:certainty ?x } INSERT { ?u dg:reportedCertainty ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:certainty ?x }
;
DELETE { ?u dg:intensity ?x } INSERT { ?u dg:reportedIntensity ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:intensity ?x }
;
DELETE { ?u dg:speechAct ?x } INSERT { ?u dg:reportedSpeechAct ?x }
WHERE { ?u a dg:ReportedUtterance ; dg:speechAct ?x }
