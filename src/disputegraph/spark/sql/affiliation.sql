-- Two sorts of nodes. Normalised by the statements of the row node (activity) or of the column node (prominence).
SELECT row AS source, col AS target, row_label AS source_label, col_label AS target_label,
  CASE WHEN :value = 'subtract' THEN a1 - a0 ELSE n END
    / CASE :normalise WHEN 'activity' THEN of_row WHEN 'prominence' THEN of_col ELSE 1.0 END AS weight,
  CAST(n AS BIGINT) AS count, a1 AS affirms, a0 AS denies, neutral
FROM (
  SELECT *, sum(n) OVER (PARTITION BY row) AS of_row, sum(n) OVER (PARTITION BY col) AS of_col FROM counts
)
