"""Attributions that a cue verb governs: its subject is the source, its complements are the content."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from detente.lexicon import cues

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

SUBJECTS: Final = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_RELATIVES: Final = frozenset({"who", "which", "that", "whom"})
# Links by which a verb without a subject of its own takes that of the word above it.
_INHERIT: Final = frozenset(
    {"conj", "advcl", "xcomp", "pcomp", "ccomp", "prep", "dep", "aux", "parataxis", "acl", "acomp"}
)
_MAX_CLIMB = 12
# The parser's lemmatizer takes "hoping" and "hoped" for "hop"; news has no hopping.
_LEMMA: Final = {"hop": "hope", "retweete": "retweet", "criticis": "criticise", "tweete": "tweet"}
_PREPOSITIONS: Final = frozenset({"about", "of", "for", "on", "at", "against", "with", "to_np"})
# "announced on Monday in Geneva that": this many words on.
_NEAR_THAT: Final = 9
_MEANWHILE: Final = frozenset({"as", "while", "after", "before", "when", "until", "since", "hours", "days"})
_EDGE: Final = frozenset(",;:.-–—")


@dataclass(slots=True)
class Draft:
    """An attribution in the making; `content` holds token ranges [start, end)."""

    head: int
    kind: str
    source: tuple[int, int] | None
    source_root: int | None
    cue: tuple[int, int] | None
    content: list[tuple[int, int]] = field(default_factory=list)
    addressee_root: int | None = None
    speech: bool = True
    frame: str = ""


def lemma_of(token: Token) -> str:
    """The lemma in lower case, known slips of the lemmatizer mended."""
    lemma = token.lemma_.lower()
    return _LEMMA.get(lemma, lemma)


def ranges(indexes: Iterable[int]) -> list[tuple[int, int]]:
    """Runs of consecutive numbers as [start, end)."""
    found: list[tuple[int, int]] = []
    for index in sorted(indexes):
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int] | None:
    """The range without stops, dashes and spaces at its edges (a stop inside closing quotation marks stays)."""
    while start < end and (doc[start].text[0] in _EDGE or doc[start].is_space):
        start += 1
    while end > start and (doc[end - 1].text[0] in _EDGE or doc[end - 1].is_space):
        end -= 1
    return (start, end) if end > start else None


def subtree_content(doc: Doc, tops: Iterable[Token], without: Token | None = None) -> list[tuple[int, int]]:
    """Trimmed ranges of the words under `tops`, less those under `without`."""
    excluded = {token.i for token in without.subtree} if without is not None else set()
    indexes = {token.i for top in tops for token in top.subtree} - excluded
    kept = [trimmed(doc, start, end) for start, end in ranges(indexes)]
    return [piece for piece in kept if piece is not None and any(t.is_alpha or t.like_num for t in doc[slice(*piece)])]


def phrase_content(doc: Doc, tops: Sequence[Token]) -> list[tuple[int, int]]:
    """The same for noun phrases and what is said of them, less a clause of time that the reporter adds after them.

    "described the talks as frank as the minister flew home": the flight is no part of the description.
    """
    for top in tops:
        for token in top.subtree:
            if token.dep_ == "advcl" and token.i > top.i and _narrates(token):
                return subtree_content(doc, tops, without=token)
    return subtree_content(doc, tops)


def _narrates(clause: Token) -> bool:
    kids = list(clause.lefts)
    return any(kid.dep_ in {"mark", "advmod"} and kid.lower_ in _MEANWHILE for kid in kids) and any(
        kid.dep_ in SUBJECTS for kid in kids
    )


def subject_of(verb: Token) -> Token | None:
    """The head of the logical subject: own, relative pronoun, or inherited; the agent of a passive.

    None for an expletive or where there is none.
    """
    current = verb
    for _ in range(_MAX_CLIMB):
        kids = list(current.children)
        if any(kid.dep_ == "expl" for kid in kids):
            return None
        subjects = [kid for kid in kids if kid.dep_ in SUBJECTS]
        if subjects:
            # Of two (a dateline, a title before the name) the one next to the verb.
            subject = max((s for s in subjects if s.i < current.i), key=lambda s: s.i, default=subjects[0])
            if current == verb and subject.dep_ == "nsubjpass":
                return _agent(current)
            if current != verb and subject.lower_ == "it" and current.lemma_ == "be":
                return None
            return subject if subject.dep_ in {"nsubj", "nsubjpass"} else None
        if current == verb and _bare_passive(verb, kids):
            return _agent(verb)
        if current.dep_ in {"acl", "relcl"} and current.head.pos_ in {"NOUN", "PROPN", "PRON"}:
            return current.head if current != verb else _modified(verb)
        if current.dep_ not in _INHERIT or current.head == current:
            return None
        current = current.head
    return None


def _bare_passive(verb: Token, kids: list[Token]) -> bool:
    """ "asked whether", "when pressed", "been told": the one who speaks is the agent, if named."""
    if any(kid.dep_ == "auxpass" for kid in kids):
        return verb.dep_ != "conj"
    return verb.tag_ in {"VBN", "VBD"} and verb.dep_ in {"advcl", "acl"} and not kids_have_aux(kids)


def _modified(verb: Token) -> Token | None:
    """Who speaks in a participle or infinitive after a noun.

    "officials saying": the noun. "an effort to say", "a statement saying": whoever makes the effort or the statement.
    """
    noun = verb.head
    infinitive = any(kid.dep_ == "aux" and kid.lower_ == "to" for kid in verb.lefts)
    document = noun.pos_ == "NOUN" and (lemma_of(noun), "noun") in cues.nominals()
    if not infinitive and not document:
        return noun
    owner = next((kid for kid in noun.children if kid.dep_ == "poss"), None)
    if owner is not None:
        return owner
    governor = noun.head
    if noun.dep_ == "pobj":
        governor = governor.head
    if noun.dep_ in {"dobj", "pobj", "attr"} and governor.pos_ in {"VERB", "AUX"}:
        kids = list(governor.children)
        subject = next((kid for kid in kids if kid.dep_ == "nsubj"), None)
        if subject is not None and subject.lower_ not in {"it", "there"}:
            return subject
    return noun if document else None


def kids_have_aux(kids: Iterable[Token]) -> bool:
    """Whether a participle is part of a compound tense."""
    return any(kid.dep_ in {"aux", "auxpass"} for kid in kids)


def _agent(verb: Token) -> Token | None:
    for kid in verb.children:
        if kid.dep_ == "agent":
            return next((grand for grand in kid.children if grand.dep_ == "pobj"), None)
    return None


def antecedent(token: Token) -> Token:
    """The noun that a relative pronoun stands for, or the token itself."""
    if token.lower_ in _RELATIVES and token.head.dep_ == "relcl" and token.head.head.i < token.i:
        return token.head.head
    return token


def source_span(token: Token, verb: Token | None = None) -> tuple[int, int]:
    """The noun phrase of a source: its subtree without participles set off by a comma and without what
    follows the cue."""
    start, end = token.left_edge.i, token.right_edge.i + 1
    for kid in token.rights:
        set_off = kid.left_edge.i > token.i + 1 and token.doc[kid.left_edge.i - 1].text == ","
        if kid.dep_ in {"acl", "advcl"} and set_off:
            end = min(end, kid.left_edge.i)
    if verb is not None and start <= verb.i < end:
        if verb.i > token.i:
            end = min(end, verb.i)
            for kid in token.rights:
                if kid.left_edge.i <= verb.i <= kid.right_edge.i:
                    end = min(end, kid.left_edge.i)
        else:
            start = verb.i + 1
    if end - start > 1 and token.doc[end - 1].tag_ == "POS":
        end -= 1
    piece = trimmed(token.doc, start, end)
    return piece if piece is not None else (token.i, token.i + 1)


def cue_span(verb: Token, *extra: Token) -> tuple[int, int]:
    """The verb with its auxiliaries, negation, adverbs and particle next to it, and `extra` words if near."""
    start, end = verb.i, verb.i + 1
    near = {kid.i for kid in verb.children if kid.dep_ in {"aux", "auxpass", "neg", "advmod", "prt"}}
    near.update(token.i for token in extra)
    doc = verb.doc
    while start - 1 in near and doc[start - 1].lower_ not in {"when", "how", "why", "where"}:
        start -= 1
    while end in near and doc[end].dep_ != "advmod":
        end += 1
    return start, end


def verb_drafts(doc: Doc, tokens: Iterable[Token]) -> Iterator[Draft]:
    """The attributions of every cue verb among `tokens` that has content in one of its frames."""
    table = cues.verbs()
    for token in tokens:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        cue = table.get(lemma_of(token))
        if cue is None or cue.kind == "light":
            continue
        draft = _verb_draft(doc, token, cue)
        if draft is not None:
            yield draft


def _verb_draft(doc: Doc, verb: Token, cue: cues.Cue) -> Draft | None:
    kids = list(verb.children)
    objects = [kid for kid in kids if kid.dep_ in {"dobj", "dative"}]
    passive = any(kid.dep_ in {"nsubjpass", "auxpass"} for kid in kids)
    extra: list[Token] = []
    found = list(_complements(doc, verb, cue, kids, objects, passive, extra))
    if not found and "quote" not in cue.frames:
        return None
    content = [piece for _, pieces in found for piece in pieces]
    subject = subject_of(verb)
    if not content and subject is None and "that" in cue.frames and verb.tag_ in {"VBD", "VBN", "VBZ"}:
        content = _that_ahead(doc, verb)
        subject = _noun_before(verb) if content else None
    if subject is None and content and not passive and verb.tag_ in {"VBD", "VBZ"} and verb.dep_ in {"ROOT", "conj"}:
        # A name that the parser hung elsewhere: the noun phrase just before the verb.
        subject = _noun_before(verb)
        inside = subject is not None and any(start <= subject.i < end for start, end in content)
        subject = None if inside else subject
    if cue.kind == "seem":
        # What seems so is content; who it seems to is not said.
        if subject is None or subject.lower_ == "there":
            return None
        if subject.lower_ != "it":
            content = [source_span(subject, verb), *content]
        subject = None
    source = source_span(subject, verb) if subject is not None else None
    cue_range = cue_span(verb, *extra)
    for hole in (source, cue_range):
        content = _without(sorted(set(content)), hole) if hole is not None else content
    return Draft(
        head=verb.i,
        kind=cue.kind,
        source=source,
        source_root=antecedent(subject).i if subject is not None else None,
        cue=cue_range,
        content=content,
        addressee_root=_addressee(cue, kids, objects, passive, bool(content)),
        speech=cue.speech,
        frame=found[0][0] if found else "quote",
    )


def _that_ahead(doc: Doc, verb: Token) -> list[tuple[int, int]]:
    """What follows "that" close behind a verb, to the end of the sentence, where the parse has lost the clause."""
    for i in range(verb.i + 1, min(verb.i + _NEAR_THAT, len(doc))):
        token = doc[i]
        if token.is_sent_start or token.pos_ in {"VERB", "AUX"} or token.text in {":", ";", '"'}:
            return []
        if token.lower_ == "that" and token.tag_ == "IN":
            end = i + 1
            while end < len(doc) and not doc[end].is_sent_start:
                end += 1
            piece = trimmed(doc, i, end)
            return [piece] if piece is not None and piece[1] - piece[0] > 2 else []
    return []


def _noun_before(verb: Token) -> Token | None:
    """The noun phrase that ends before a verb, by its top."""
    for i in range(verb.i - 1, max(verb.left_edge.i - _NEAR_THAT, -1), -1):
        token = verb.doc[i]
        if token.pos_ in {"NOUN", "PROPN", "PRON"}:
            while token.dep_ in {"pobj", "prep", "compound", "poss"} and token.head.i < verb.i:
                token = token.head
            return token
        if token.pos_ not in {"ADV", "AUX", "PART"}:
            return None
    return None


def _complements(
    doc: Doc,
    verb: Token,
    cue: cues.Cue,
    kids: list[Token],
    objects: list[Token],
    passive: bool,
    extra: list[Token],
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """The complements that the verb's frames allow, as frame and content; words to join to the cue go to `extra`."""
    frames = cue.frames
    clause = filled = False
    for kid in kids:
        frame, pieces = "", list[tuple[int, int]]()
        infinitive = kid.dep_ in {"xcomp", "ccomp"} and _infinitive(kid)
        if infinitive and "np_to" in frames and (objects or passive):
            frame, pieces = "np_to", subtree_content(doc, [kid] if "@np" in frames else [*objects, kid])
        elif infinitive and kid.dep_ == "xcomp" and "to" in frames:
            frame, pieces = "to", subtree_content(doc, [kid])
        elif kid.dep_ == "ccomp" and frames & {"that", "quote"}:
            frame, pieces = "that", subtree_content(doc, _reported_clause(kid, objects, frames))
            clause = True
        elif kid.dep_ == "advcl" and cue.kind == "ask" and _indirect_question(kid):
            frame, pieces = "that", subtree_content(doc, [kid])
            clause = True
        elif kid.dep_ == "xcomp" and kid.tag_ == "VBG" and "ing" in frames:
            frame, pieces = "ing", subtree_content(doc, [kid])
        elif kid.dep_ in {"oprd", "xcomp", "acomp"} and "oprd" in frames and not infinitive:
            frame, pieces = "oprd", phrase_content(doc, [*objects, kid])
        elif kid.dep_ == "prep":
            frame, pieces = _prepositional(doc, kid, frames, objects, passive, extra)
        if pieces:
            filled = True
            yield frame, pieces
    if not clause:
        pieces = _parenthetical(doc, verb, frames)
        if pieces:
            filled = True
            yield "around", pieces
    if not filled and objects and "np" in frames and not ("@np" in frames and cue.kind == "tell"):
        filled = True
        yield "np", phrase_content(doc, objects)
    if passive:
        frame, pieces = _passive(doc, kids, frames, filled)
        if pieces:
            yield frame, pieces


def _reported_clause(clause: Token, objects: list[Token], frames: frozenset[str]) -> list[Token]:
    """A small clause ("called him a liar") has its noun inside the clause; other objects stay outside."""
    return [*objects, clause] if objects and "@np" not in frames and "np" in frames and "oprd" in frames else [clause]


def _infinitive(token: Token) -> bool:
    return any(kid.dep_ == "aux" and kid.lower_ == "to" for kid in token.lefts)


def _indirect_question(clause: Token) -> bool:
    return any(kid.lower_ in {"if", "whether"} for kid in clause.lefts)


def _prepositional(
    doc: Doc, prep: Token, frames: frozenset[str], objects: list[Token], passive: bool, extra: list[Token]
) -> tuple[str, list[tuple[int, int]]]:
    word = prep.lower_
    if (objects or passive) and f"np_{word}" in frames:
        return f"np_{word}", phrase_content(doc, [*([] if "@np" in frames else objects), prep])
    bare = "to_np" if word == "to" else word
    if not objects and bare in frames and bare in _PREPOSITIONS:
        inner = list(prep.children)
        if inner:
            extra.append(prep)
            return bare, subtree_content(doc, inner)
    return "", []


def _parenthetical(doc: Doc, verb: Token, frames: frozenset[str]) -> list[tuple[int, int]]:
    """The clause around a cue put in between or after it: "The plan, he said, is dead"."""
    if not frames & {"that", "quote"} or verb.dep_ not in {"parataxis", "ccomp", "advcl", "dep"}:
        return []
    head = verb.head
    if verb.dep_ == "parataxis":
        return subtree_content(doc, [head], without=verb)
    # A finite "he said" hung to the clause it reports: no complement, no marker, set off by commas.
    commas = doc[verb.left_edge.i - 1].text in {",", "-", "—", "–", '"'} if verb.left_edge.i else False
    marked = any(kid.dep_ in {"mark", "advmod"} and kid.i < verb.i for kid in verb.children)
    has_subject = any(kid.dep_ == "nsubj" for kid in verb.children)
    if verb.dep_ in {"ccomp", "dep"} and commas and has_subject and not marked and head.pos_ in {"VERB", "AUX"}:
        return subtree_content(doc, [head], without=verb)
    if verb.dep_ == "advcl" and any(k.dep_ == "mark" and k.lower_ == "as" for k in verb.children) and has_subject:
        return subtree_content(doc, [head], without=verb)
    return []


def _passive(doc: Doc, kids: list[Token], frames: frozenset[str], filled: bool) -> tuple[str, list[tuple[int, int]]]:
    subject = next((kid for kid in kids if kid.dep_ == "nsubjpass"), None)
    if subject is None:
        return "", []
    infinitive = next((kid for kid in kids if kid.dep_ == "xcomp" and _infinitive(kid)), None)
    if infinitive is not None and "pass_to" in frames:
        return "pass_to", subtree_content(doc, [subject, infinitive])
    by_as = next((kid for kid in kids if kid.dep_ == "prep" and kid.lower_ == "as"), None)
    if by_as is not None and frames & {"pass_as", "np_as"}:
        return "pass_as", subtree_content(doc, [subject, by_as])
    named = next((kid for kid in kids if kid.dep_ in {"oprd", "acomp"}), None)
    if named is not None and frames & {"pass_oprd", "oprd"}:
        return "pass_oprd", subtree_content(doc, [subject, named])
    if "@np" not in frames and ("pass" in frames or (filled and any(f.startswith("np_") for f in frames))):
        return "pass", subtree_content(doc, [subject])
    return "", []


def _addressee(cue: cues.Cue, kids: list[Token], objects: list[Token], passive: bool, filled: bool) -> int | None:
    if passive and "@np" in cue.frames:
        return next((kid.i for kid in kids if kid.dep_ == "nsubjpass"), None)
    if "@np" in cue.frames and objects:
        return objects[0].i
    for kid in kids:
        if (kid.dep_ == "dative" and kid.pos_ == "ADP") or (kid.dep_ == "prep" and kid.lower_ == "to" and filled):
            return next((grand.i for grand in kid.children if grand.dep_ == "pobj"), None)
    # "in a call with X", "at a meeting with X", "in an interview with X"
    for kid in kids:
        if kid.dep_ == "prep" and kid.lower_ in {"in", "during", "at", "on"}:
            for noun in kid.children:
                for prep in noun.children:
                    if prep.dep_ == "prep" and prep.lower_ in {"with", "to"}:
                        return next((grand.i for grand in prep.children if grand.dep_ == "pobj"), None)
    return None


def _overlap(one: tuple[int, int], two: tuple[int, int]) -> bool:
    return one[0] < two[1] and two[0] < one[1]


def _without(content: list[tuple[int, int]], hole: tuple[int, int]) -> list[tuple[int, int]]:
    """The content less a range."""
    found: list[tuple[int, int]] = []
    for start, end in content:
        if not _overlap((start, end), hole):
            found.append((start, end))
            continue
        if start < hole[0]:
            found.append((start, hole[0]))
        if hole[1] < end:
            found.append((hole[1], end))
    return found
