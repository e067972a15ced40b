"""What coreference remembers while it goes through a text: who was mentioned, where, and how prominently."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.briefing import lone_answerer, unnamed_speaker
from detente.coding.mentions_actor import holder_actor
from detente.coding.mentions_phrase import HONORIFICS
from detente.lexicon.askers import asks
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.sites import place_of_site
from detente.records import Actor

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
# Verbs whose object is the subject of the infinitive after them.
_ASKING = frozenset(
    "urge ask tell order press pressure force compel push encourage advise warn allow invite persuade remind".split()
)
_CLAUSES = frozenset({"ROOT", "conj", "ccomp", "xcomp", "advcl", "relcl", "acl", "pcomp", "csubj", "parataxis"})
# Weights of the search for an antecedent, set by eye on own sentences: a sentence further away costs more than being no
# subject, and a subject of a main clause outweighs the nearer word.
_PER_SENTENCE = 6.0
_SUBJECT = 4.0
_MAIN = 1.5
_OBJECT = 1.0
_NEAR = 0.02
REACH = 5


class Discourse:
    """The mentions resolved so far, in order."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon, mentions: Iterable[Mention] = ()) -> None:
        self.analysis, self.lexicon, self.doc = analysis, lexicon, analysis.doc
        self.mentions = tuple(mentions)
        self.day = analysis.document.published
        self.past: list[Mention] = []
        self.countries: Counter[str] = Counter()
        self.latest: dict[str, Mention] = {}
        self._speakers: dict[str, Actor | None] = {}
        self.genders: dict[str, str | None] = {}
        self.issuer = issuer_country(analysis, lexicon)
        if self.issuer is None and analysis.document.kind == "transcript":
            host = self.author()
            self.issuer = host.country if host is not None else None

    def add(self, mention: Mention) -> None:
        """Remember a mention that has been resolved."""
        self.past.append(mention)
        for actor in mention.actors:
            self.latest.pop(actor.id, None)
            self.latest[actor.id] = mention
        for code in {actor.country for actor in mention.actors} | set(mention.countries):
            if code and mention.why not in ("country as place", "place as host"):
                self.countries[code] += 1

    def speaker(self, turn: int) -> Actor | None:
        """Who speaks in a turn of a transcript, from the name or the office printed before it."""
        label = self.analysis.document.turns[turn].speaker
        if label not in self._speakers:
            self._speakers[label] = (
                None
                if asks(label)
                else self._named_in(label) or unnamed_speaker(label, self) or lone_answerer(label, label, self)
            )
        return self._speakers[label]

    @cached_property
    def answering(self) -> frozenset[str]:
        """The labels of those who answer the press; none where it asks nothing."""
        labels = {turn.speaker for turn in self.analysis.document.turns}
        answering = frozenset(label for label in labels if not asks(label))
        return answering if answering != labels else frozenset()

    def turn_of_label(self, mention: Mention) -> int | None:
        """The turn before which a mention stands as its label."""
        start = self.analysis.span(mention.start, mention.end).start
        turns = self.analysis.document.turns
        turn = bisect_right(turns, start, key=lambda one: one.start)
        if turn == len(turns):
            return None
        label = self.analysis.document.text.rfind(turns[turn].speaker, 0, turns[turn].start)
        return turn if turns[turn].speaker and 0 <= label <= start else None

    def author(self) -> Actor | None:
        """The person whose statement this is, from the title or the issuer."""
        document = self.analysis.document
        return self._named_in(document.title or "") or self._named_in(document.issuer or "")

    def _named_in(self, line: str) -> Actor | None:
        """The first holder of an office named in a short line, in full or by title and surname."""
        # Hyphenated names stay whole.
        words = [word.strip(".,:;()") for word in line.split()]
        # Initials keep their point: "Joseph R. Biden".
        bare = [word.strip(",:;()") for word in line.split()]
        for start in range(len(words)):
            for size in range(min(5, len(words) - start), 0, -1):
                form = " ".join(words[start : start + size])
                rows = self.lexicon.person(form, self.day) if size > 1 else ()
                rows = rows or (self.lexicon.person(" ".join(bare[start : start + size]), self.day) if size > 1 else ())
                if not rows and size <= 2 and not self._is_part_of_name(words, start, start + size):
                    rows = tuple(row for row in self.lexicon.short(form, self.day) if row.on(self.day))
                    rows = tuple(row for row in rows if row.country == self.issuer) or rows
                    if len({row.name for row in rows}) > 1:
                        continue
                if rows:
                    actor = holder_actor(rows[0], self.day)
                    self.genders[actor.id] = rows[0].gender
                    return actor
        return None

    def _is_part_of_name(self, words: list[str], start: int, end: int) -> bool:
        """Whether a name goes on behind a short one ("Joseph R. Biden"), or a given name stands before it."""
        if end < len(words) and words[end].istitle() and not self._is_listed(words[end]):
            return True
        before = words[start - 1] if start else ""
        return before.istitle() and not self._is_listed(before)

    def _is_listed(self, word: str) -> bool:
        return word.lower() in HONORIFICS or any(True for _ in self.lexicon.phrases.forms(word))

    def known(self) -> Iterator[tuple[Actor, Mention]]:
        """Every actor so far with the latest mention, latest first."""
        for identity, mention in reversed(self.latest.items()):
            yield next(actor for actor in mention.actors if actor.id == identity), mention

    def owner_ending(self, token: int) -> Mention | None:
        """The latest mention, if it ends right before or at a token."""
        for mention in reversed(self.past[-8:]):
            if mention.end in (token, token + 1) and mention.actors:
                return mention
        return None

    def back(self, at: int, reach: int = REACH) -> Iterator[Mention]:
        """Mentions before the token `at`, latest first, not further than `reach` sentences."""
        here = self.analysis.sentence_at(at).index
        for mention in reversed(self.past):
            if mention.end > at:
                continue
            if here - self.analysis.sentence_at(mention.start).index > reach:
                return
            yield mention

    def best(self, pronoun: Mention, fits: Callable[[Mention], bool], reach: int = REACH) -> Mention | None:
        """The most prominent earlier mention that fits and may share a clause with the pronoun."""
        token = self.doc[pronoun.root]
        barred = self.fellow_subject(token)
        objective = token.dep_ in ("dobj", "pobj", "dative", "iobj")
        here = self.analysis.sentence_at(pronoun.start).index
        top, choice = float("-inf"), None
        for mention in self.back(pronoun.start, reach):
            if not mention.actors or not fits(mention) or self._same_clause(token, mention):
                continue
            if barred and mention.actors[0].id in barred:
                continue
            head = self.doc[mention.root]
            far = here - self.analysis.sentence_at(mention.start).index
            score = -_PER_SENTENCE * far - _NEAR * min(pronoun.start - mention.start, 100)
            if objective:
                # A pronoun that is an object takes up objects and subjects alike; the nearer wins.
                score += _OBJECT if head.dep_ in SUBJECTS else 1.5 * _OBJECT if head.dep_ == "dobj" else 0.0
                score -= _NEAR * min(pronoun.start - mention.start, 100)
            elif head.dep_ in SUBJECTS:
                score += _SUBJECT
                if head.head.dep_ == "ROOT":
                    score += _MAIN
            elif head.dep_ == "dobj":
                score += _OBJECT
            if mention.kind == "pronoun":
                score += 0.5
            if score > top:
                top, choice = score, mention
        return choice

    def fellow_subject(self, token: Token) -> set[str]:
        """Who is the subject of the verb of which the pronoun is an object: it cannot be the same."""
        if token.tag_ == "PRP$" or token.dep_ in SUBJECTS or token.lower_.endswith(("self", "selves")):
            return set()
        verb = argument_of(token)
        subject = clause_subject(verb) if verb is not None else None
        if subject is None:
            return set()
        for mention in reversed(self.past[-30:]):
            if mention.root == subject.i:
                return {actor.id for actor in mention.actors}
        return set()

    def _same_clause(self, token: Token, mention: Mention) -> bool:
        """Fellow arguments of one verb cannot be the same ("Wang told him"); a possessive can ("Wang met his …")."""
        head = self.doc[mention.root]
        if token.tag_ == "PRP$" or token.lower_.endswith(("self", "selves")):
            return head.head == token
        verb, other = argument_of(token), argument_of(head)
        if head.dep_ == "poss" or (head.dep_ == "conj" and head.head.i == token.i):
            return False
        return verb is not None and verb == other


def argument_of(token: Token) -> Token | None:
    """The verb that a noun depends on, through a preposition if need be."""
    head = token.head
    if token.dep_ == "conj":
        return argument_of(token.head) if token.head != token else None
    if head.dep_ in ("prep", "agent", "dative") and head.pos_ == "ADP":
        head = head.head
    return head if head.pos_ in ("VERB", "AUX") else None


def clause_subject(token: Token) -> Token | None:
    """The subject of the clause around a token, of the governing clause if its own has none."""
    node = token
    for _ in range(12):
        if node.pos_ in ("VERB", "AUX") or node.dep_ in _CLAUSES:
            for child in node.lefts:
                if child.dep_ in SUBJECTS and not (child.left_edge.i <= token.i <= child.right_edge.i):
                    if child.tag_ in ("WP", "WDT") or (child.lower_ == "that" and node.dep_ == "relcl"):
                        return node.head
                    return child
            relative = node.dep_ in ("relcl", "acl") and node.i > node.head.i
            if relative and not any(child.dep_ in SUBJECTS for child in node.children):
                return node.head
        if node.head == node:
            return None
        asked = next((c for c in node.head.children if c.dep_ == "dobj" and c.i < node.i), None)
        if node.dep_ == "xcomp" and node.head.lemma_ in _ASKING and asked is not None and asked.i < token.i:
            # "A urged B to keep its word": B is to keep it.
            return asked
        node = node.head
    return None


def issuer_country(analysis: Analysis, lexicon: Lexicon) -> str | None:
    """The country whose readout, statement or briefing this is, from the document's issuer, publisher or address."""
    document = analysis.document
    names = [document.issuer]
    if document.kind in ("readout", "statement", "transcript"):
        names.append(document.publisher)
    names.append(_state_of_address(document.url or "", lexicon))
    for name in names:
        if not name:
            continue
        if name in lexicon.countries:
            return name
        for form in (name, name.removeprefix("The "), name.removeprefix("the ")):
            for entry in lexicon.phrases.forms(form):
                if entry.country:
                    return entry.country
        words = name.split()
        for size in (3, 2, 1):
            for start in range(len(words) - size + 1):
                for entry in lexicon.phrases.forms(" ".join(words[start : start + size])):
                    if entry.country and entry.kind in ("country", "adjective", "institution", "capital"):
                        return entry.country
    return None


# Second-level domains that countries keep for their governments; .gov and .mil alone are American (RFC 1480).
_STATE_DOMAIN = re.compile(
    r"^[a-z]+://(?:[^/@]*\.)?(?:(?:gov|gob|gouv|govt|gub|go|gv|mil|mofa|mfa|government)\.(?P<code>[a-z]{2})|gov|mil)(?::\d+)?(?:/|$)"
)


def _state_of_address(url: str, lexicon: Lexicon) -> str | None:
    """The country whose government has this web address, by its domain ("gov.uk", "gob.mx", ".gov") or the table."""
    found = _STATE_DOMAIN.match(url.lower())
    if found is None:
        place = place_of_site(url)
        return place if place in lexicon.countries else None
    code = {None: "US", "uk": "GB"}.get(found["code"], (found["code"] or "").upper())
    return next((country.iso3 for country in lexicon.countries.values() if country.iso2 == code), None)


# Guests from abroad are announced by their title; "Mr." and "Ms." are those of the house.
_OFFICIAL = re.compile(r"\bofficial\b|\bspokes(?:person|man|woman)\b|^m(?:r|s|rs)\b", re.IGNORECASE)


def may_speak_for_state(label: str) -> bool:
    """Whether the label of a turn is that of an official of whom no more is known."""
    return bool(_OFFICIAL.search(label))


def is_person(actor: Actor) -> bool:
    """Whether an actor is one human being: a named person or the holder of an office."""
    return actor.id.startswith("person:") or actor.office is not None


def is_body(actor: Actor) -> bool:
    """Whether an actor is a state, an organisation, a ministry, a group: what "it" may stand for."""
    return not is_person(actor) and actor.role not in ("unnamed", "observer")
