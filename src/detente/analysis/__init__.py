"""Answers from the ledger: comparison of readouts, the ladder of diplomatic language, the brief."""
