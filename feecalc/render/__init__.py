"""How do results look to a person? Tables and markdown, made from results only: nothing is computed here but layout."""
