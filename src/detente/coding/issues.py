"""Which issues a passage is about, by the terms of the lexicon."""

from __future__ import annotations

from detente.coding.analysis import Analysis
from detente.lexicon.issues import DEFAULT, issue_terms


def words_of(analysis: Analysis, start: int, end: int) -> tuple[list[str], list[str], list[int]]:
    """Forms and lemmas in lower case and token indexes of the words in [start, end), marks left out."""
    tokens = [t for t in analysis.doc[start:end] if not t.is_punct and not t.is_space and t.text != "'s"]
    return [t.lower_ for t in tokens], [t.lemma_.lower() for t in tokens], [t.i for t in tokens]


def issues_in(analysis: Analysis, start: int, end: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Issues of the tokens [start, end) and the terms that show them, the most named first, then the earliest.

    The relation itself comes last: other issues are narrower.
    """
    forms, lemmas, _ = words_of(analysis, start, end)
    counts: dict[str, int] = {}
    terms: list[str] = []
    for found in issue_terms().find(forms, lemmas):
        counts[found.value] = counts.get(found.value, 0) + 1
        terms.append(found.term)
    ranked = sorted(counts, key=lambda issue: (issue == DEFAULT, -counts[issue]))
    return tuple(ranked), tuple(terms)


def issues_of(analysis: Analysis, start: int, end: int) -> tuple[tuple[str, ...], str]:
    """Issues of a statement's content [start, end), and why.

    Looked for in the content first, then in its sentence; a sentence that names two countries is at least about their
    relation.
    """
    issues, terms = issues_in(analysis, start, end)
    if issues:
        return issues, "content names " + ", ".join(dict.fromkeys(terms))
    sentence = analysis.sentence_at(start)
    issues, terms = issues_in(analysis, sentence.start, sentence.end)
    if issues:
        return issues, "sentence names " + ", ".join(dict.fromkeys(terms))
    countries = {
        actor.country
        for mention in analysis.mentions_in(sentence.start, sentence.end)
        for actor in mention.actors
        if actor.country
    }
    if len(countries) > 1:
        return (DEFAULT,), "sentence names " + " and ".join(sorted(countries))
    return (), "no issue term"
