-- Without the row nodes that have fewer statements than asked for.
SELECT i.* FROM incidence i
JOIN (SELECT row FROM incidence GROUP BY row HAVING count(*) >= :least) often ON i.row = often.row
