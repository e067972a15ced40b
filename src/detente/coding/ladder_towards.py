"""Towards whom a formula of the ladder is said: who does what it is about."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from detente.coding.attribution_frames import lemma_of
from detente.coding.clauses import agents
from detente.coding.ladder_match import Match
from detente.coding.ladder_voice import Voice, power_of
from detente.lexicon.ladder import FELT

if TYPE_CHECKING:
    from spacy.tokens import Token

    from detente.coding.analysis import Analysis, Mention

_FROM_AFAR: Final = frozenset({"condemn", "condemnation", "denounce", "monitor", "follow", "watch"})
_LODGING: Final = frozenset({"lodge", "make", "file", "deliver", "raise", "convey", "submit"})
# Deeds of which "of" names who suffers them.
_SUFFERED: Final = frozenset(
    "invasion occupation annexation bombing bombardment shelling siege blockade killing murder assassination "
    "kidnapping arrest detention destruction violation".split()
)
_INSIDE: Final = frozenset({"poss", "compound", "amod", "nmod", "appos", "conj"})
# Behind these stands who does a deed; behind other prepositions where or to whom it is done.
_SOURCES: Final = frozenset({"by", "with", "from", "against", "about", "between", "regarding", "concerning"})
# Behind these what belongs to the doer: "an answer to the British sanctions".
_OWNED: Final = frozenset({"to", "toward", "towards", "for", "at"})


def towards_of(analysis: Analysis, match: Match, verb: Token, government: str, voices: list[Voice]) -> str | None:
    """The other side: who does what the formula is about, else who is spoken to, else the document's other side."""
    sentence = analysis.sentence_at(match.head)
    head = analysis.doc[match.head]
    felt = match.rung.form in FELT
    # Whom one urges or warns is named beside the verb, or it is nobody in particular.
    asked = felt and match.rung.scale == "warning"
    subjects = {token.i for subject in agents(verb) for token in subject.subtree} if felt else set()
    found: list[tuple[int, int, str]] = []
    passed: set[str] = set()
    for mention in analysis.mentions_in(sentence.start, sentence.end):
        if len(mention.actors) != 1 or mention.root in subjects or _stands_for_body(mention):
            continue
        root = analysis.doc[mention.root]
        power = power_of(mention.actors[0], analysis.doc[mention.start : mention.end].text)
        if power in (None, government) or (felt and not _belongs(root, head, verb)):
            continue
        if match.rung.form == "talks":
            closeness: int | None = 0
        else:
            closeness = None if asked and not _is_asked(root, head) else _closeness(root, head)
        if mention.actors[0].country is None and not _is_asked(root, head):
            continue  # "the principles of the UN Charter"
        if power is not None and closeness is not None:
            # The nearer to the formula the better; an organisation or what stands before it is seldom meant.
            far = 4 * (head not in root.ancestors) + (root.i < head.i) + (mention.actors[0].country is None)
            found.append((2 * closeness + far, mention.root, power))
        elif power is not None:
            passed.add(power)
    # Who is spoken to comes before states that the formula is not about.
    found += [(3, 0, voice.addressee) for voice in voices if voice.addressee not in (None, government)]
    if found:
        return min(found)[2]
    # Attacks are condemned and disasters watched from afar: the document's other side is rather struck than to blame.
    afar = lemma_of(head) in _FROM_AFAR
    other = None if asked or afar else _other_side(analysis, government)
    return other if other not in passed else None


def _is_asked(root: Token, head: Token) -> bool:
    """Whether a state is the one urged, warned or called on: the verb's own object, or subject of what it is to do."""
    while root.head.i not in (root.i, head.i):
        above = root.head
        if above.pos_ in ("VERB", "AUX") and (root.dep_ != "nsubj" or above.head.i != head.i):
            return False
        root = above
    return True


def _stands_for_body(mention: Mention) -> bool:
    """ "rejects it": rather a deed than an organisation."""
    return mention.kind == "pronoun" and mention.actors[0].country is None


def _belongs(root: Token, head: Token, verb: Token) -> bool:
    """Whether a state named here has to do with what is felt: below the formula or its verb, or below a verb of protest
    coordinated to it ("opposes this and has lodged a protest with France", but not "and stands with France")."""
    above = [root, *root.ancestors]
    if first_of(verb) not in above:
        return head in above
    nearest = next((token for token in above if token.pos_ in ("VERB", "AUX")), verb)
    beside = any(token.dep_ == "conj" and token.head in (head, verb, first_of(verb)) for token in above)
    return lemma_of(nearest) in _LODGING if beside and nearest.i != verb.i else True


def first_of(verb: Token) -> Token:
    """The first of coordinated verbs: "opposes this and has lodged a protest with France"."""
    while verb.dep_ == "conj" and verb.head.i < verb.i:
        verb = verb.head
    return verb


def _closeness(root: Token, head: Token) -> int | None:
    """How a state named here takes part: 0 as who does the thing, 1 as whose or of whom something is ("to answer the
    British sanctions"), None as where or to whom it is done."""
    rank, owner = 0, False
    while root.head.i not in (root.i, head.i):
        above = root.head
        if root.dep_ in ("dobj", "dative", "nsubjpass"):
            return 1 if owner else None
        if root.dep_ == "pobj":
            if above.head.i == head.i:
                break
            if above.lower_ == "of" and lemma_of(above.head) not in _SUFFERED:
                rank, above = 1, above.head
            elif above.lower_ in _SOURCES or (owner and above.lower_ in _OWNED):
                break
            else:
                return None
        elif root.dep_ not in _INSIDE:
            break
        owner = owner or root.dep_ not in ("appos", "conj", "pobj")
        root = above
    return rank


def _other_side(analysis: Analysis, government: str) -> str | None:
    """The state that a text names most besides this one, if no other is named half as often."""
    counts = Counter(
        actor.country
        for mention in analysis.mentions
        for actor in mention.actors
        if actor.country and actor.country != government
    )
    ranked = counts.most_common(2)
    if not ranked or (len(ranked) > 1 and ranked[1][1] * 2 > ranked[0][1]):
        return None
    return ranked[0][0]
