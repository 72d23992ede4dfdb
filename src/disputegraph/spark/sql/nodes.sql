-- How many statements a node has, and the length of its vector over (column node, level); of co-occurrence, where
-- levels do not matter, over column nodes.
SELECT row, sum(n) AS activity,
  sqrt(sum(CASE WHEN :kind = 'cooccurrence' THEN n * n ELSE a0 * a0 + a1 * a1 + a2 * a2 END)) AS length
FROM counts GROUP BY row
