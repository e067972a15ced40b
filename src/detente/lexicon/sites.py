"""Whose web site an address belongs to, where the domain alone does not say."""

from __future__ import annotations

from functools import cache
from urllib.parse import urlsplit

from detente.lexicon.tables import data_folder, read_table


def place_of_site(url: str) -> str | None:
    """The country (ISO alpha-3) or organisation ("org:UN") that has the site, by `government_sites.tsv`."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return None
    labels = host.split(".")
    return next((place for n in range(len(labels)) if (place := _sites().get(".".join(labels[n:])))), None)


@cache
def _sites() -> dict[str, str]:
    rows = read_table(data_folder() / "government_sites.tsv", ("place", "domain", "source"), ("place", "domain"))
    return {row["domain"]: row["place"] for row in rows}
