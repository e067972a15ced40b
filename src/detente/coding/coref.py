"""Coreference: who is meant by titles, pronouns, "both sides", "the duo", "the country".

Whole-document rules on number, gender, office and recency, one pass from left to right.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.coref_groups import definite, group
from detente.coding.coref_leaders import leaders_of_groups
from detente.coding.coref_meetings import parties
from detente.coding.coref_named import counterpart, described, named
from detente.coding.coref_nominals import nominal
from detente.coding.coref_state import (
    SUBJECTS,
    Discourse,
    clause_subject,
    is_body,
    is_person,
    may_speak_for_state,
)
from detente.coding.mentions_actor import country_actor
from detente.coding.mentions_titles import WHY as HEAD_OF_A_BODY
from detente.lexicon.lexicon import Lexicon
from detente.records import Actor

_ADDRESSED = frozenset({"tell", "warn", "urge", "remind", "advise", "inform", "ask", "order", "assure"})
_CREDIT = frozenset(
    {"thank", "praise", "congratulate", "blame", "condemn", "criticise", "criticize", "accuse", "commend", "applaud",
     "punish", "reward", "admonish", "rebuke", "denounce", "salute", "honor", "honour"}
)  # fmt: skip
_DUTY = frozenset({"need", "must", "should", "have", "ought", "shall"})
_SPEECH = frozenset(
    {"say", "tell", "add", "write", "warn", "note", "stress", "declare", "announce", "tweet", "explain", "argue",
     "state", "insist", "reply", "respond", "comment", "quote", "claim", "vow", "conclude", "continue", "remark"}
)  # fmt: skip
_FIRST = frozenset({"we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"})


def resolve(analysis: Analysis, lexicon: Lexicon, mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The same mentions in the same order, with `actors` filled in where the text tells who is meant, and `why`."""
    if not mentions:
        return ()
    talk = Discourse(analysis, lexicon, mentions)
    done: list[Mention] = []
    by_token: dict[int, Mention] = {}
    quotes = _quoted(analysis)
    for number, mention in enumerate(mentions):
        if mention.kind == "name" and mention.actors:
            mention = named(mention, talk, by_token)
        elif mention.kind == "nominal" and mention.actors:
            mention = described(mention, talk)
        elif not mention.actors:
            mention = _settle(mention, talk, by_token, quotes, mentions, number)
        done.append(mention)
        by_token[mention.root] = mention
        if mention.actors:
            talk.add(mention)
    return tuple(leaders_of_groups(talk, done))


def _settle(
    mention: Mention,
    talk: Discourse,
    by_token: dict[int, Mention],
    quotes: list[bool],
    mentions: tuple[Mention, ...],
    number: int,
) -> Mention:
    turn = talk.turn_of_label(mention) if mention.why == "title" else None
    speaker = talk.speaker(turn) if turn is not None else None
    if speaker is not None:
        return replace(mention, actors=(speaker,), why="title: label of the turn")
    if mention.kind == "pronoun":
        return _pronoun(mention, talk, by_token, quotes, mentions[number + 1 : number + 41])
    if mention.kind == "group":
        return group(mention, talk)
    if mention.why == HEAD_OF_A_BODY:
        return mention
    if mention.why == "counterpart":
        return counterpart(mention, talk, by_token)
    if mention.why.startswith("definite:"):
        return definite(mention, talk)
    return nominal(mention, talk, by_token, mentions[number + 1] if number + 1 < len(mentions) else None)


def _pronoun(
    mention: Mention, talk: Discourse, by_token: dict[int, Mention], quotes: list[bool], later: tuple[Mention, ...]
) -> Mention:
    token = talk.doc[mention.root]
    word = talk.doc[mention.start].lower_
    if word in _FIRST:
        return _first_person(mention, talk, by_token, quotes, later)
    if word in ("each", "one"):
        subject = clause_subject(token)
        return _same_as(mention, by_token.get(subject.i) if subject is not None else None, "subject of the clause")
    if mention.gender in ("m", "f"):
        return _he_or_she(mention, talk, by_token, later)
    possessive = token.tag_ == "PRP$"
    credited = _credited(token, by_token) if possessive else None
    if credited is not None and credited.actors and (credited.number > 1) == (mention.number > 1):
        return _same_as(mention, credited, "the one thanked or blamed")
    subject = clause_subject(token) if possessive else None
    owner = by_token.get(subject.i) if subject is not None else None
    if mention.gender == "n":
        barred = _predicate_of(token, subject)
        if owner is not None and owner.number == 1 and owner.actors and is_body(owner.actors[0]) and not barred:
            return _same_as(mention, owner, "subject of the clause")
        not_this = owner.actors[0].id if owner is not None and owner.actors and barred else ""
        found = talk.best(
            mention,
            lambda other: other.number == 1 and is_body(other.actors[0]) and other.actors[0].id != not_this,
            2,
        )
        return _same_as(mention, found, "nearest state or body")
    if owner is not None and owner.actors and (owner.number > 1 or len(owner.actors) > 1):
        return _same_as(mention, owner, "subject of the clause")
    if subject is not None and owner is not None and owner.actors:
        joined = _joined(subject, by_token)
        if len(joined) > 1:
            return _merged(mention, joined, "joint subject of the clause")
    if token.dep_ == "pobj" and token.head.lower_ == "between":
        # "They agreed to keep the channel between them."
        above = clause_subject(token)
        doers = by_token.get(above.i) if above is not None else None
        if doers is not None and len(doers.actors) > 1:
            return _same_as(mention, doers, "subject of the clause")
        pair = _pair(mention, talk)
        if pair:
            return _merged(mention, pair, "the last two of a kind")
    found = talk.best(
        mention,
        lambda other: (
            (other.number > 1 or len(other.actors) > 1)
            and talk.doc[other.start].lower_ not in _FIRST
            and other.actors[0].role != "media"
        ),
        2,
    )
    met = _those_who_met(token, found, talk)
    if met:
        return replace(mention, actors=tuple(met), why=f"{mention.why}: those who met")
    joint = _joint_subject(mention, talk, by_token)
    topics = token.dep_ in SUBJECTS and bool(joint) and talk.doc[joint[0].root].dep_ not in SUBJECTS
    acting = found is not None and talk.doc[found.root].dep_ in SUBJECTS
    if joint and (found is None or (joint[0].start > found.start and not (topics and acting))):
        return _merged(mention, joint, "those named together")
    if found is None and _other_plural(token, by_token):
        return mention
    if found is None:
        return _merged(mention, _pair(mention, talk), "the last two of a kind")
    return _same_as(mention, found, "nearest plural")


def _those_who_met(token: Token, found: Mention | None, talk: Discourse) -> list[Actor]:
    """Of "they" as subject of a sentence: the parties of a meeting told in the sentence before, unless that sentence
    has a plural subject of its own."""
    sentence = talk.analysis.sentence_at(token.i)
    if token.dep_ not in SUBJECTS or token.i - sentence.start > 3 or sentence.index == 0:
        return []
    before = talk.analysis.sentences[sentence.index - 1]
    if found is not None and talk.doc[found.root].dep_ in SUBJECTS and found.start >= before.start:
        return []
    return next((actors for actors in parties(talk, sentence.start, 1)), [])


def _other_plural(token: Token, by_token: dict[int, Mention]) -> bool:
    """Whether the sentence, before an object "them", has a plural subject that is no actor ("looters")."""
    if token.dep_ not in ("dobj", "dative"):
        return False
    before = token.doc[token.sent.start : token.i]
    return any(one.tag_ == "NNS" and one.dep_ in SUBJECTS and one.i not in by_token for one in before)


def _predicate_of(token: Token, subject: Token | None) -> bool:
    """Whether a possessive stands in what is said of the subject: in "A is its ally" the ally is not A's own."""
    if subject is None or subject.head.lemma_ != "be":
        return False
    return any(child.dep_ == "attr" and child.left_edge.i <= token.i <= child.i for child in subject.head.children)


def _he_or_she(mention: Mention, talk: Discourse, by_token: dict[int, Mention], later: tuple[Mention, ...]) -> Mention:
    token = talk.doc[mention.root]
    addressee = _addressee(token, by_token)
    if addressee is not None and _may_be(addressee, mention.gender):
        return _same_as(mention, addressee, "the one told what to do")
    if token.tag_ == "PRP$":
        praised = _credited(token, by_token)
        if praised is not None and _may_be(praised, mention.gender):
            return _same_as(mention, praised, "the one thanked or blamed")
        subject = clause_subject(token)
        owner = by_token.get(subject.i) if subject is not None else None
        if owner is not None and owner.start < mention.start and _may_be(owner, mention.gender):
            return _same_as(mention, owner, "subject of the clause")
    undoer = _urged(token, by_token)
    if undoer is not None and _may_be(undoer, mention.gender):
        return _same_as(mention, undoer, "the one urged to act on it")
    turn = talk.analysis.sentence_at(mention.start).turn
    speaker = talk.speaker(turn) if turn is not None else None
    # Nobody speaks of himself as "he".
    barred = speaker.id if speaker is not None else ""
    found = talk.best(mention, lambda other: _may_be(other, mention.gender) and other.actors[0].id != barred)
    subject = clause_subject(token) if found is None and token.tag_ == "PRP$" else None
    ahead = next((m for m in later if subject is not None and m.root == subject.i and m.actors), None)
    if ahead is not None and _may_be(ahead, mention.gender):
        # "In her talks with the king, President …": the subject that follows.
        return _same_as(mention, ahead, "subject to come")
    return _same_as(mention, found, "most prominent person before")


def _may_be(mention: Mention, gender: str | None) -> bool:
    if mention.number != 1 or len(mention.actors) != 1:
        return False
    actor = mention.actors[0]
    if not is_person(actor) and not (mention.kind == "nominal" and actor.role in ("unnamed", "observer")):
        return False
    return mention.gender in (None, gender)


def _addressee(token: Token, by_token: dict[int, Mention]) -> Mention | None:
    """In "A told B that he must …" the pronoun is B."""
    if token.dep_ != "nsubj":
        return None
    verb = token.head
    duty = (verb.lemma_ in _DUTY and verb.lemma_ != "have") or any(
        child.dep_ == "aux" and child.lemma_ in _DUTY and child.lemma_ != "have" for child in verb.children
    )
    duty = duty or (verb.lemma_ == "have" and any(child.dep_ == "xcomp" for child in verb.children))
    teller = verb.head
    while teller.dep_ == "conj" or (
        teller.dep_ == "ccomp" and teller.lemma_ not in _ADDRESSED and teller.head != teller
    ):
        teller = teller.head
    if not duty or teller.lemma_ not in _ADDRESSED:
        return None
    for child in teller.children:
        if child.dep_ in ("dobj", "dative", "iobj") and child.i in by_token:
            return by_token[child.i]
    return None


def _urged(token: Token, by_token: dict[int, Mention]) -> Mention | None:
    """In "A urged B to withdraw the order, which he signed" the pronoun is B, who rules over the order."""
    if token.dep_ != "nsubj" or token.head.dep_ != "relcl":
        return None
    ordered = token.head.head
    verb = ordered.head
    if ordered.dep_ != "dobj" or verb.dep_ not in ("xcomp", "ccomp") or verb.head.lemma_ not in _ADDRESSED:
        return None
    told = [child for child in verb.children if child.dep_ == "nsubj"]
    told += [child for child in verb.head.children if child.dep_ in ("dobj", "dative")]
    return next((by_token[child.i] for child in told if child.i in by_token), None)


def _credited(token: Token, by_token: dict[int, Mention]) -> Mention | None:
    """In "A thanked B for his help" the help is B's."""
    node = token.head
    while (
        node.dep_ in ("pobj", "conj", "compound", "poss", "dobj", "pcomp")
        and node.head != node
        and node.head.pos_ != "VERB"
    ):
        node = node.head
    verb = node.head
    if node.dep_ != "prep" or verb.lemma_ not in _CREDIT:
        return None
    for child in verb.children:
        if child.dep_ == "dobj" and child.i < token.i:
            return by_token.get(child.i)
    return None


def _first_person(
    mention: Mention, talk: Discourse, by_token: dict[int, Mention], quotes: list[bool], later: tuple[Mention, ...]
) -> Mention:
    """ "I" and "we" in a quotation are the speaker, who stands with the verb of speech beside it."""
    if not quotes[mention.start]:
        return _voice(mention, talk)
    everyone = dict(by_token)
    for other in later:
        everyone.setdefault(other.root, other)
    sentences = talk.analysis.sentences
    here = talk.analysis.sentence_at(mention.start)
    for index in (here.index, here.index + 1, here.index + 2, here.index - 1, here.index - 2):
        if not 0 <= index < len(sentences) or sentences[index].paragraph != here.paragraph:
            continue
        for position in range(sentences[index].start, sentences[index].end):
            token = talk.doc[position]
            if token.lemma_ in _SPEECH and token.pos_ == "VERB" and not quotes[position]:
                for child in token.children:
                    speaker = everyone.get(child.i)
                    if child.dep_ == "nsubj" and speaker is not None:
                        if speaker.kind == "pronoun" and not speaker.actors:
                            speaker = _pronoun(speaker, talk, by_token, quotes, ())
                        if speaker.actors:
                            return _quoted_speaker(mention, speaker, talk)
    return mention


def _quoted_speaker(mention: Mention, speaker: Mention, talk: Discourse) -> Mention:
    """Whoever is quoted; "we" of a spokesperson is the state that he speaks for."""
    one = speaker.actors[0]
    we = talk.doc[mention.start].lower_ in ("we", "us", "our", "ours", "ourselves")
    if we and one.role == "spokesperson" and one.country:
        country = country_actor(talk.lexicon.countries[one.country])
        return replace(mention, actors=(country,), why="pronoun: the state that the speaker speaks for")
    return _same_as(mention, speaker, "speaker of the quotation")


def _voice(mention: Mention, talk: Discourse) -> Mention:
    """Outside quotations: the speaker of the turn; in a statement "I" is who issues it and "we" the issuer's state."""
    turn = talk.analysis.sentence_at(mention.start).turn
    if turn is not None:
        speaker = talk.speaker(turn)
        we = talk.doc[mention.start].lower_ in ("we", "us", "our", "ours", "ourselves")
        if speaker is not None and speaker.role == "spokesperson" and we and speaker.country:
            country = country_actor(talk.lexicon.countries[speaker.country])
            return replace(mention, actors=(country,), why="pronoun: the state that the speaker speaks for")
        if speaker is not None:
            gender = talk.genders.get(speaker.id) if mention.number == 1 else mention.gender
            return replace(mention, actors=(speaker,), gender=gender, why="pronoun: speaker of the turn")
        if talk.issuer is None or not we or not may_speak_for_state(talk.analysis.document.turns[turn].speaker):
            return mention
        country = country_actor(talk.lexicon.countries[talk.issuer])
        return replace(mention, actors=(country,), why="pronoun: the state that an official speaks for")
    if talk.analysis.document.kind not in ("statement", "readout"):
        return mention
    if talk.doc[mention.start].lower_ in ("i", "me", "my", "mine", "myself"):
        author = talk.author()
        return replace(mention, actors=(author,), why="pronoun: author of the statement") if author else mention
    if talk.issuer is None:
        return mention
    country = country_actor(talk.lexicon.countries[talk.issuer])
    return replace(mention, actors=(country,), why="pronoun: issuer's state")


def _quoted(analysis: Analysis) -> list[bool]:
    """For each token whether it stands in double quotation marks; a paragraph ends an unclosed quotation."""
    inside = [False] * len(analysis.doc)
    paragraph, open_quote = -1, False
    for sentence in analysis.sentences:
        if sentence.paragraph != paragraph:
            paragraph, open_quote = sentence.paragraph, False
        for index in range(sentence.start, sentence.end):
            if analysis.doc[index].text in ('"', "''", "``"):
                open_quote = not open_quote
            else:
                inside[index] = open_quote
    return inside


def _pair(mention: Mention, talk: Discourse) -> list[Mention]:
    """The last two persons, or the last two states or bodies, of this sentence and the one before."""
    kinds: dict[bool, list[Mention]] = {True: [], False: []}
    barred = talk.fellow_subject(talk.doc[mention.root])
    for other in talk.back(mention.start, 1):
        if len(other.actors) != 1 or other.actors[0].id in barred:
            continue
        if other.number > 1 or other.actors[0].role in ("observer", "media"):
            continue
        same = kinds[is_person(other.actors[0])]
        if all(other.actors[0].id != one.actors[0].id for one in same):
            same.append(other)
            if len(same) == 2:
                return list(reversed(same))
    return []


def _joined(subject: Token, by_token: dict[int, Mention]) -> list[Mention]:
    """A subject and what is joined to it by "and"."""
    found = [by_token[subject.i]] if subject.i in by_token else []
    found.extend(by_token[token.i] for token in subject.conjuncts if token.i in by_token and token.i > subject.i)
    return [mention for mention in found if mention.actors]


def _joint_subject(mention: Mention, talk: Discourse, by_token: dict[int, Mention]) -> list[Mention]:
    """The latest earlier mentions joined by "and"."""
    for other in talk.back(mention.start, 2):
        head = talk.doc[other.root]
        if head.dep_ == "conj" and head.head.i in by_token:
            first = head.head
            while first.dep_ == "conj" and first.head.i in by_token:
                first = first.head
            joined = _joined(first, by_token)
            if len(joined) > 1:
                return joined
    return []


def _same_as(mention: Mention, other: Mention | None, why: str) -> Mention:
    if other is None or not other.actors:
        return mention
    gender = mention.gender or other.gender
    return replace(mention, actors=other.actors, gender=gender, why=f"{mention.why}: {why}")


def _merged(mention: Mention, others: list[Mention], why: str) -> Mention:
    if not others:
        return mention
    actors: dict[str, Actor] = {}
    for other in others:
        for actor in other.actors:
            actors.setdefault(actor.id, actor)
    return replace(mention, actors=tuple(actors.values()), why=f"{mention.why}: {why}")
