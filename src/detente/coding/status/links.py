"""How a token hangs on what governs it, as the constructions of the cue table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from detente.lexicon.status_cues import StatusCue, status_cues

if TYPE_CHECKING:
    from spacy.tokens import Token

_PARTS: Final = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADJ": "adj",
    "ADV": "adv",
    "ADP": "prep",
    "SCONJ": "prep",
}
_WH: Final = frozenset({"whether", "if"})


def clause_construction(verb: Token) -> str | None:
    """How a verb complements its head: to, ing, inf, that, wh; None if it is no complement."""
    link = verb.dep_
    if any(c.lower_ in _WH and c.dep_ in ("mark", "advmod", "prep") for c in verb.lefts) and link in (
        "ccomp",
        "pcomp",
        "xcomp",
        "csubj",
        "acl",
        "advcl",
    ):
        return "wh" if link != "advcl" or _asks(verb) else None
    infinitive = any(c.tag_ == "TO" and c.dep_ == "aux" for c in verb.lefts)
    if link in ("xcomp", "ccomp", "acl", "advcl", "relcl", "csubj", "oprd", "dep", "pcomp") and infinitive:
        return "to"
    bare = not any(c.dep_ in ("aux", "auxpass") for c in verb.lefts)
    if link in ("xcomp", "ccomp", "pcomp", "dobj") and verb.tag_ == "VBG" and bare:
        return "ing"
    if link in ("xcomp", "ccomp") and verb.tag_ == "VB" and not any(c.tag_ == "MD" for c in verb.lefts):
        return "inf" if not any(c.lower_ == "that" and c.dep_ == "mark" for c in verb.lefts) else "that"
    if link in ("ccomp", "xcomp") and verb.tag_ == "VBN" and bare:
        return "inf"
    if link == "acl" and verb.tag_ in ("VBN", "VBG") and bare:
        return None
    if link in ("ccomp", "acl", "csubj") or (link == "xcomp" and verb.tag_ != "VB"):
        return "that"
    return None


def cue_for(head: Token, construction: str) -> StatusCue | None:
    """The row for a governing word, with its particle if it has one ("call off", "push back"), and a construction."""
    table = status_cues()
    part = _PARTS.get(head.pos_)
    if part is None:
        return None
    found = None
    if construction == "to" and part == "verb" and _is_passive(head):
        found = table.get((head.lower_, "adj", "to"))
        if found is not None:
            return found
    for lemma in _lemmas(head):
        for child in head.rights:
            if child.dep_ in ("prt", "advmod", "prep") and child.i - head.i <= 4:
                found = table.get((f"{lemma} {child.lower_}", part, construction))
                if found is not None:
                    return found
        found = table.get((lemma, part, construction))
        if found is not None:
            return found
    lemma = head.lemma_.lower()
    if found is None and part == "verb" and head.lower_ != lemma:
        found = table.get((head.lower_, part, construction)) or table.get((head.lower_, "adj", construction))
    if found is None and part == "adj":
        found = table.get((head.lower_, "verb", construction)) or table.get((lemma, "verb", construction))
    return found


_ASKING: Final = frozenset(
    {
        "see",
        "ask",
        "know",
        "wonder",
        "decide",
        "unclear",
        "uncertain",
        "unknown",
        "sure",
        "unsure",
        "certain",
        "doubt",
        "question",
    }
)


def _asks(verb: Token) -> bool:
    """ "It is unclear if he will come": the parser takes such an if-clause for an adverbial one."""
    mark = next((c for c in verb.lefts if c.lower_ in _WH), None)
    return mark is not None and mark.i > 0 and mark.nbor(-1).lemma_.lower() in _ASKING


def _is_passive(verb: Token) -> bool:
    """ "is expected to" is another word than "expects to"."""
    return (
        verb.tag_ in ("VBN", "VBD")
        and (
            any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.lefts)
            or verb.dep_ in ("acl", "conj")
            or verb.dep_ == "ROOT"
        )
        and not any(c.dep_ == "nsubj" for c in verb.lefts)
    )


def _lemmas(token: Token) -> list[str]:
    """The lemma, and what else the form may come from: the lemmatizer takes "hopes" for a form of "hop"."""
    lemma, form = token.lemma_.lower(), token.lower_
    if lemma == form or token.pos_ not in ("VERB", "AUX"):
        return [lemma]
    for ending in ("es", "ed", "ing"):
        if form.endswith(ending) and form[: -len(ending)] + "e" != lemma:
            return [lemma, form[: -len(ending)] + "e"]
    return [lemma]


def preposition_cue(preposition: Token, construction: str) -> StatusCue | None:
    return status_cues().get((preposition.lower_, "prep", construction))


def participle_cue(noun: Token) -> StatusCue | None:
    """A participle after an event noun that settles it: "talks planned for May", "Summit cancelled"."""
    for child in noun.rights:
        if child.dep_ == "acl" and child.tag_ in ("VBN", "VBD") and (found := cue_for(child, "np")) is not None:
            return found
    return None


def modifier_cue(noun: Token) -> tuple[StatusCue, str] | None:
    """A modifier that settles an event noun: "planned visit", "cancelled summit"."""
    table = status_cues()
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "advmod", "nmod", "acl") and child.i < noun.i:
            word = child.lower_
            found = table.get((word, "adj", "mod")) or table.get((word.removeprefix("now-"), "adj", "mod"))
            if found is not None:
                return found, word
            if child.pos_ == "ADV" and (found := table.get((word, "adv", "mod"))) is not None:
                return found, word
    return None
