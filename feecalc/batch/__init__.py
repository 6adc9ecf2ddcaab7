"""Many items at once: rows in, rows out, nothing lost."""
