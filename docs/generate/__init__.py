"""Reference pages made from what they describe: the ontology, the queries, the checks, the command line."""
