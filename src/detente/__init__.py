"""Détente reads the news and keeps the ledger of relations between states."""
