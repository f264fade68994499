"""Near-duplicates by exact ROUGE-L."""
