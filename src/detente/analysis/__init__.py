"""Answers from records: the ladder of language over time, two sides' accounts of one contact."""
