"""How is data read from and written to files? Item files, JSON, CSV, markdown and the JSON Schemas."""
