"""The ledger: one DuckDB file of documents and records, and what they come to."""
