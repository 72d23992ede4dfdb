-- One sort of nodes: every pair that meets on a column node, once. The formulas are those of networks/formulas.py.
WITH met AS (
  SELECT x.row AS source, y.row AS target, min(x.row_label) AS source_label, min(y.row_label) AS target_label,
    sum(x.a1 * y.a1 + x.a0 * y.a0) AS congruence,
    sum(x.a1 * y.a0 + x.a0 * y.a1) AS conflict,
    sum(x.n * y.n) AS together,
    -- utterances that have a counterpart
    sum(CASE :kind
      WHEN 'congruence' THEN if(y.a1 > 0, x.a1, 0) + if(y.a0 > 0, x.a0, 0) + if(x.a1 > 0, y.a1, 0) + if(x.a0 > 0, y.a0, 0)
      WHEN 'conflict' THEN if(y.a0 > 0, x.a1, 0) + if(y.a1 > 0, x.a0, 0) + if(x.a0 > 0, y.a1, 0) + if(x.a1 > 0, y.a0, 0)
      ELSE x.n + y.n END) AS count,
    -- Jaccard's correction, level by level
    sum(x.a1 * y.a1 - if(y.a1 > 0, x.a1, 0) - if(x.a1 > 0, y.a1, 0)
      + x.a0 * y.a0 - if(y.a0 > 0, x.a0, 0) - if(x.a0 > 0, y.a0, 0)
      + x.a2 * y.a2 - if(y.a2 > 0, x.a2, 0) - if(x.a2 > 0, y.a2, 0)) AS correction
  FROM counts x JOIN counts y ON x.col = y.col
    AND (x.row_label < y.row_label OR (x.row_label = y.row_label AND x.row < y.row))
  GROUP BY x.row, y.row
), divided AS (
  SELECT m.*, CASE :normalise
      WHEN 'average' THEN (a.activity + b.activity) / 2
      WHEN 'jaccard' THEN a.activity + b.activity + m.correction
      WHEN 'cosine' THEN a.length * b.length
      ELSE 1.0 END AS divisor
  FROM met m JOIN nodes a ON m.source = a.row JOIN nodes b ON m.target = b.row
)
SELECT source, target, source_label, target_label,
  coalesce(CASE :kind
    WHEN 'congruence' THEN congruence
    WHEN 'conflict' THEN conflict
    WHEN 'cooccurrence' THEN together
    ELSE congruence - conflict END / nullif(divisor, 0), 0.0) AS weight,
  CAST(count AS BIGINT) AS count,
  coalesce(congruence / nullif(divisor, 0), 0.0) AS congruence,
  coalesce(conflict / nullif(divisor, 0), 0.0) AS conflict
FROM divided
WHERE CASE :kind
  WHEN 'congruence' THEN congruence > 0
  WHEN 'conflict' THEN conflict > 0
  WHEN 'cooccurrence' THEN together > 0
  ELSE congruence > 0 OR conflict > 0 END
