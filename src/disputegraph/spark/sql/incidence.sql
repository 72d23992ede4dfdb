-- The statements that count: all, or of equal ones within a bucket the first that was said.
SELECT row, row_label, col, col_label, level, polarity FROM (
  SELECT *, row_number() OVER (PARTITION BY row, col, same, bucket ORDER BY place) AS nth
  FROM cells WHERE once
) WHERE nth = 1
UNION ALL
SELECT row, row_label, col, col_label, level, polarity FROM cells WHERE NOT once
