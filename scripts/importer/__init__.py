"""From an official document to a draft of its records: numbering, clauses, tables and what stands around them. No command uses it yet."""
