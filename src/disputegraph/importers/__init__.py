"""Ways in for codings made elsewhere: sheets, Discourse Network Analyzer, Polis, ClaimReview."""
