-- a[row, col, level]: a1 affirms, a0 denies, a2 takes no side; n is all of them.
SELECT row, min(row_label) AS row_label, col, min(col_label) AS col_label,
  CAST(count_if(level = 1) AS DOUBLE) AS a1,
  CAST(count_if(level = 0) AS DOUBLE) AS a0,
  CAST(count_if(level = 2) AS DOUBLE) AS a2,
  CAST(count_if(polarity = 'neutral') AS DOUBLE) AS neutral,
  CAST(count(*) AS DOUBLE) AS n
FROM kept GROUP BY row, col
