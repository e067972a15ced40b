"""Part of détente."""
