"""From candidates to events: status, date, place, who vouches, mode, contexts, confidence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spacy.tokens import Doc, Token

from detente.coding.analysis import Analysis, Attribution, Mention
from detente.coding.arguments import is_party
from detente.coding.attribution import cue_of
from detente.coding.candidate import Candidate
from detente.coding.clauses import agents, clause_head
from detente.coding.conditions import RETALIATION
from detente.coding.dates import date_for
from detente.coding.decide import Verdict
from detente.coding.demands import RULE as DEMAND
from detente.coding.judge import judge
from detente.coding.places import joined_countries, place_for
from detente.coding.relation import Reading
from detente.coding.settle import settle
from detente.coding.status import StatusReading, is_asked, status_of
from detente.coding.tense import tense_of
from detente.lexicon.load import load_lexicon
from detente.lexicon.triggers import Triggers
from detente.ontology import Ontology
from detente.ontology.tables import QUAD_SCHEME
from detente.records import Actor, DateRange, Event, Participant, Place

_EVENT_NOUNS = frozenset({"event", "meeting", "encounter", "talk", "summit", "visit", "trip", "gathering", "ceremony"})
# Quad classes whose events matter inside one state too: repression, revolt.
_DOMESTIC = frozenset({"material conflict"})

# What a government does at home when it does it to nobody who is named: it rejects bills, warns of storms.
_POLITICS = frozenset({"REJECT", "THREATEN", "PROTEST"})
# "Builds on", "went on from".
_TAKEN_UP = frozenset({"on", "upon", "from", "since"})
# What is in force once it is done, and told of long after by what it hangs on.
_MEASURES = frozenset({"SANCTION", "COERCE"})
_DEFINITE = frozenset({"the", "these", "those", "this", "that"})
_FRESH = frozenset({"new", "newly", "latest", "fresh", "recent", "recently", "just", "further", "additional", "now"})
_VIRTUAL = frozenset({"virtual", "virtually", "videoconference", "teleconference"})
# Share of events of the right type whose sides are right too; a prior, not fitted.
_SIDES = 0.85


def make_event(
    analysis: Analysis,
    candidate: Candidate,
    triggers: Triggers,
    ontology: Ontology,
    coder: str,
    model: Reading | None = None,
    *,
    rules: bool = True,
) -> Event | None:
    """One event of a candidate; None if it is only meant, stays inside one state and is no conflict there, or if the
    model (None to go without; `rules` false to go by it alone) sees none."""
    token = analysis.doc[candidate.trigger]
    reading = status_of(analysis, candidate.trigger)
    if candidate.rule == DEMAND:
        # What is asked for is open; that it is asked for is done.
        reading = StatusReading("happened", "said in the government's own text", reading.confidence)
    elif candidate.rule.endswith(RETALIATION) and reading.status in ("planned", "possible", "hypothetical"):
        # "will take countermeasures if": what is done by these words is the threat.
        reading = StatusReading("happened", f"threatened; {reading.why}", reading.confidence)
    kind, settled_mode, reading, change = settle(token, candidate.type, candidate.mode, reading)
    candidate = replace(candidate, mode=settled_mode)
    why_type = f"{candidate.rule}: {change}" if change else candidate.rule
    if _only_meant(token, candidate, reading, ontology.quad(candidate.type)):
        return None
    actors, recipients, reciprocal = candidate.actors, candidate.recipients, candidate.reciprocal
    if reading.status == "ongoing" and ontology.quad(kind).startswith("verbal") and candidate.rule.startswith("verb"):
        # "India stands with Sri Lanka", "Iran rejects the charge": saying so is doing it.
        reading = StatusReading("happened", f"performative; {reading.why}", reading.confidence)
    if candidate.mode == "visit":
        actors = _from_abroad(actors, recipients)
    if kind == "REJECT" and change and candidate.swapped:
        # "will not receive him": the refusal is the would-be host's.
        actors, recipients = recipients, actors
    if kind == "AGREE" and candidate.act != "AGREE" and reciprocal and 0 < candidate.lead < len(actors):
        # A meeting to come is the undertaking of its subject towards the other.
        actors, recipients, reciprocal = actors[: candidate.lead], actors[candidate.lead :], False
    if analysis.document.kind == "transcript" and is_asked(token):
        # Whoever asks tells of nothing.
        return None
    if not recipients and not reciprocal and reading.status in ("denied", "hypothetical"):
        # One side alone, and not even done.
        return None
    verdict = judge(analysis, candidate, kind, triggers, model, rules=rules)
    if verdict is None:
        return None
    switched = verdict.type != kind
    if switched:
        kind, why_type = verdict.type, f"{why_type}; {verdict.why}"
    home = analysis.issuer if analysis.document.kind == "transcript" else None
    # Who goes to a territory of his own state is not abroad.
    within = candidate.act == "CONSULT"
    if (recipients or reciprocal) and not _international(actors, recipients, reciprocal, home, within=within):
        at_home = home is not None and _homes((*actors, *recipients), home) == {home}
        if at_home or ontology.quad(kind) not in _DOMESTIC:
            return None
    elif home and kind in _POLITICS and not recipients and not reciprocal and _homes(actors, home) == {home}:
        return None
    # "discussed the war in X": where the topic lies is not where it was discussed.
    topical = token.lemma_.lower() in ("discuss", "debate")
    place = None if topical else place_for(analysis, candidate.trigger) or _place_of_apposition(analysis, token)
    if place is not None and candidate.act == "CONSULT" and reciprocal:
        homes = {actor.country for mention in actors for actor in mention.actors}
        if homes & joined_countries(analysis, candidate.trigger, place):
            # "The three spoke in Seoul and Tokyo": who of them was where is not told.
            place = None
    mode = model.mode_of(kind) if switched and model else _mode(analysis, candidate, triggers)
    date = date_for(analysis, candidate.trigger, reading.status)
    known = _recalled(token) or (kind in _MEASURES and _known_measure(token))
    if date.basis == "publication" and reading.status == "happened" and known:
        reading = StatusReading("historical", f"recalled; {reading.why}", reading.confidence)
        date = date_for(analysis, candidate.trigger, reading.status)
    if candidate.act == "CONSULT" and mode != "phone":
        if _in_passing(analysis, token, date):
            date = replace(date, start=None)
        elif token.pos_ == "NOUN" and _is_topic(token) and not (date.text and date.text in _phrase(token)):
            date = DateRange(None, analysis.document.published, "publication")
        elif candidate.mode == "visit" and _begins_tour(candidate, reading.status, date):
            date = replace(date, end=None)
    sentence = analysis.sentence_at(candidate.trigger)
    evidence = analysis.span(*_evidence(analysis, candidate))
    contexts = _contexts(analysis, candidate, ontology)
    said_by, why_said = _said_by(analysis, candidate)
    who = participants(analysis, actors)
    if said_by is not None and ontology.quad(kind).startswith("verbal") and not reciprocal:
        # "India stands with us," its minister wrote: he is the one who says so.
        who = tuple(said_by if _speaks_for(said_by.actor, p.actor) else p for p in who)
    if candidate.act == "CONSULT":
        if candidate.mode == "visit" and reading.status == "historical" and all(_is_we(token.doc, m) for m in actors):
            # "We went into that country years ago": the state did, not its head.
            return None
        who = _at_home(_without_seats(who), place)
    sides = ", ".join(dict.fromkeys(m.why for m in (*actors, *recipients) if m.why))
    if candidate.given is not None:
        sides += f"; one side by the relation model, {candidate.given:.2f}"
    why = (
        ("type", why_type),
        ("status", reading.why),
        ("actors", sides),
        ("recipients", f"slot {candidate.slot}" if candidate.slot else "reciprocal"),
        ("date", f"{date.basis}: {date.text}" if date.text else date.basis),
        ("said_by", why_said),
    )
    return Event(
        document=analysis.document.id,
        sentence=sentence.index,
        type=kind,
        mode=mode,
        contexts=contexts,
        status=reading.status,
        actors=who,
        recipients=participants(analysis, recipients),
        reciprocal=reciprocal,
        date=date,
        place=place,
        said_by=said_by,
        evidence=evidence,
        trigger=analysis.span(token.i, token.i + 1),
        cameo=ontology.cameo_code(kind, mode, contexts),
        quad=ontology.quad(kind),
        quad_scheme=QUAD_SCHEME,
        score=ontology.score(kind, mode),
        confidence=round(_confidence(candidate, reading, verdict), 3),
        coder=coder,
        why=why,
        act=kind if switched else candidate.act,
    )


def _is_topic(noun: Token) -> bool:
    """Whether a journey is only what is spoken about: the day of the words is not its day."""
    token = noun
    while token.dep_ in ("pobj", "conj", "appos") and token.head.i != token.i:
        if token.dep_ == "pobj" and token.head.lower_ in ("about", "regarding", "concerning"):
            return True
        token = token.head
    return False


def _begins_tour(candidate: Candidate, status: str, date: DateRange) -> bool:
    """ "On Thursday he will leave for Ghana and Peru": the day is that on which he sets out."""
    hosts = {actor.country for mention in candidate.recipients for actor in mention.actors}
    return status in ("planned", "ongoing") and len(hosts) > 1 and date.start == date.end is not None


def _phrase(noun: Token) -> str:
    return str(noun.doc[noun.left_edge.i : noun.right_edge.i + 1].text)


def _from_abroad(guests: tuple[Mention, ...], hosts: tuple[Mention, ...]) -> tuple[Mention, ...]:
    """The guests without those of the hosts' own country: a queen of whom no country is told is not from there."""
    homes = {actor.country for mention in hosts for actor in mention.actors}
    return tuple(m for m in guests if not {actor.country for actor in m.actors} <= homes) or guests


def _in_passing(analysis: Analysis, trigger: Token, date: DateRange) -> bool:
    """Whether a contact without a day of its own may lie long back: whoever talks, or tells of something else, comes to
    speak of journeys of any time ("when he visited Oslo", "since his trip to Oslo"). A readout tells of the contact."""
    if date.basis != "publication" or date.start != date.end:
        return False
    talk = analysis.document.kind == "transcript" or (trigger.pos_ == "VERB" and _says_i(trigger))
    before = trigger.doc[trigger.sent.start : trigger.i]
    if any(t.lower_ == "then" and not t.is_sent_start and t.nbor(1).pos_ in ("PROPN", "PUNCT") for t in before):
        # "then-Secretary Lind visited Oslo"; but "they then had lunch"
        return True
    if any(t.lower_ == "just" and t.i and t.nbor(-1).lemma_ in ("have", "'ve", "'s") for t in before):
        # "has just come back from Oslo, where he met the king"
        return False
    if trigger.pos_ in ("VERB", "AUX"):
        tense = tense_of(trigger)
        if tense.time == "present" and not tense.perfect:
            # Of what goes on, talk says that it "is" so; "when he visits Oslo" it may be any day.
            return talk and not tense.progressive and trigger.lemma_ != "be"
        return talk and tense.time != "infinitive"
    return talk or (analysis.issuer is not None and analysis.document.kind != "readout")


def _says_i(verb: Token) -> bool:
    """Whether whoever speaks tells of himself, as in a speech ("the minister and I travelled")."""
    return any(token.lower_ == "i" for token in agents(verb))


def participants(analysis: Analysis, mentions: Iterable[Mention]) -> tuple[Participant, ...]:
    """Each actor of each mention once, with the span of its first mention; of onlookers only persons with a name."""
    found: dict[str, Participant] = {}
    for mention in mentions:
        for actor in mention.actors:
            if actor.role not in ("media", "observer") or actor.id.startswith("person:"):
                found.setdefault(actor.id, Participant(actor, analysis.span(mention.start, mention.end)))
    return tuple(found.values())


def _is_we(doc: Doc, mention: Mention) -> bool:
    return mention.end - mention.start == 1 and doc[mention.start].lower_ == "we"


def _without_seats(who: tuple[Participant, ...]) -> tuple[Participant, ...]:
    """Those who meet without the seat of one who is among them: "they met" is said of the White House, and of him."""
    named = {p.actor.country for p in who if p.actor.id.startswith("person:") and p.actor.level == "leader"}
    return tuple(
        p for p in who if p.actor.id.startswith("person:") or p.actor.level != "leader" or p.actor.country not in named
    )


def _at_home(who: tuple[Participant, ...], place: Place | None) -> tuple[Participant, ...]:
    """Those who meet; a seat of government does not travel: who of it met abroad is not said."""
    if place is None or place.country is None:
        return who
    return tuple(
        replace(p, actor=replace(p.actor, level=None))
        if p.actor.id.endswith(":presidency") and p.actor.country != place.country
        else p
        for p in who
    )


def _international(
    actors: tuple[Mention, ...], recipients: tuple[Mention, ...], reciprocal: bool, home: str | None, *, within: bool
) -> bool:
    """Whether the sides are of different countries (an organisation or group counts as a country of its own).

    Those of whom a government's own briefing names no country are at `home`; `within` counts territories with the
    state that they belong to.
    """
    if reciprocal:
        return len(_homes(actors, home, within=within)) > 1
    one, other = _homes(actors, home, within=within), _homes(recipients, home, within=within)
    return bool(one - other) and bool(other - one)


def _homes(mentions: Iterable[Mention], home: str | None, *, within: bool = False) -> set[str]:
    """The countries of all; of those without one what they are themselves, or `home`."""
    countries = load_lexicon().countries
    return {
        ((within and countries[actor.country].of) or actor.country)
        if actor.country
        else (home if home and not actor.id.startswith(("org:", "group:")) else actor.id)
        for mention in mentions
        for actor in mention.actors
    }


def _speaks_for(speaker: Actor, state: Actor) -> bool:
    """Whether a state's deed of words is that of the speaker: a named office holder of the same country."""
    bare = state.id == state.country or state.id == f"{state.country}:GOV"
    return bare and speaker.country == state.country and speaker.level is not None and speaker.id.startswith("person:")


def _only_meant(token: Token, candidate: Candidate, reading: StatusReading, quad: str) -> bool:
    """Aims and things merely imagined are no reports: "steps to repair ties", "should work together"."""
    if reading.status in ("hypothetical", "denied") and candidate.rule.startswith("noun"):
        return True
    if reading.status == "hypothetical" and quad != "material conflict":
        return True
    aim = token.dep_ in ("advcl", "acl") and any(child.tag_ == "TO" for child in token.children)
    return aim and reading.status in ("planned", "possible") and candidate.act not in ("CONSULT", "ASSAULT")


def _recalled(token: Token) -> bool:
    """ "It builds on the meeting of X and Y in Bali": what is taken up again without a date lies behind."""
    taken_up = token.dep_ == "pobj" and token.head.lower_ in _TAKEN_UP
    return taken_up and token.pos_ == "NOUN" and any(child.lower_ == "the" for child in token.lefts)


def _known_measure(token: Token) -> bool:
    """ "The tariffs imposed by X", "its ban, which it placed on Y": who reads this knows of the measure already."""
    if token.dep_ not in ("acl", "relcl") or token.tag_ not in ("VBN", "VBD"):
        return False
    noun = token.head
    if any(c.dep_ == "dobj" and c.pos_ in ("NOUN", "PROPN") for c in token.children):
        # "the second time it withdrew its envoy", "the court that froze the funds": the noun is not the measure.
        return False
    definite = noun.i < token.i and any(c.dep_ == "poss" or c.lower_ in _DEFINITE for c in noun.lefts)
    fresh = any(c.lower_ in _FRESH for part in (noun, token) for c in part.lefts)
    return definite and not fresh


def _place_of_apposition(analysis: Analysis, trigger: Token) -> Place | None:
    """ "hopes to meet Xi again, an event that would take place in California": the apposition tells where."""
    for token in analysis.doc[trigger.i + 1 : analysis.sentence_at(trigger.i).end]:
        if token.dep_ == "appos" and token.lemma_.lower() in _EVENT_NOUNS:
            for clause in token.children:
                if clause.dep_ in ("relcl", "acl"):
                    return place_for(analysis, clause.i)
    return None


def _mode(analysis: Analysis, candidate: Candidate, triggers: Triggers) -> str | None:
    start, end = _evidence(analysis, candidate)
    words = {token.lower_ for token in analysis.doc[start:end]}
    if candidate.mode == "visit" and candidate.swapped and words & _VIRTUAL:
        # "hosted the president for a virtual meeting"
        return "phone"
    if candidate.mode and candidate.mode != "aerial":
        return candidate.mode
    for kind, mode, cues in triggers.mode_cues:
        if kind == candidate.act and words & cues:
            return mode
    if analysis.document.kind == "readout" and candidate.rule in ("verb:speak", "verb:talk"):
        # In readouts leaders "speak" by telephone and "meet" in person (White House 2021-22: no exception found).
        return "phone"
    return candidate.mode


def _contexts(analysis: Analysis, candidate: Candidate, ontology: Ontology) -> tuple[str, ...]:
    sentence = analysis.sentence_at(candidate.trigger)
    text = analysis.doc[sentence.start : sentence.end].text.lower()
    words = {token.lower_ for token in analysis.doc[sentence.start : sentence.end]}
    found = list(candidate.contexts)
    for context in ontology.contexts.values():
        if context.name not in found and any(
            cue in (text if " " in cue or "-" in cue else words) for cue in context.cues
        ):
            found.append(context.name)
    return tuple(found)


def _evidence(analysis: Analysis, candidate: Candidate) -> tuple[int, int]:
    """The clause of the trigger; for one of several coordinated complements only its own part."""
    token = analysis.doc[candidate.trigger]
    head = clause_head(token)
    if candidate.complement is not None:
        part = analysis.doc[candidate.complement]
        if part.dep_ == "conj":
            return _trim(analysis, part.left_edge.i, part.right_edge.i + 1, part)
    start, end = head.left_edge.i, head.right_edge.i + 1
    for mention in (*candidate.actors, *candidate.recipients):
        if analysis.sentence_at(mention.root).index == analysis.sentence_at(token.i).index:
            start, end = min(start, mention.start), max(end, mention.end)
    sentence = analysis.sentence_at(token.i)
    return max(start, sentence.start), min(end, sentence.end)


def _trim(analysis: Analysis, start: int, end: int, part: Token) -> tuple[int, int]:
    while start < part.i and analysis.doc[start].pos_ in ("PUNCT", "CCONJ", "SPACE"):
        start += 1
    return start, end


def _said_by(analysis: Analysis, candidate: Candidate) -> tuple[Participant | None, str]:
    """The innermost source whose words hold the trigger, unless the trigger is the act of speaking itself."""
    best: tuple[int, Attribution] | None = None
    for number in analysis.attributions_at(candidate.trigger):
        attribution = analysis.attributions[number]
        if attribution.source_root is None:
            continue
        if attribution.cue and attribution.cue[0] <= candidate.trigger < attribution.cue[1]:
            continue
        holding = [end - start for start, end in attribution.content if start <= candidate.trigger < end]
        if best is not None and min(holding) >= best[0]:
            continue
        cue = cue_of(analysis, attribution)
        # Hopes, beliefs and appearances vouch for nothing.
        if cue is None or cue.speech:
            best = (min(holding), attribution)
    if best is None:
        return None, "the reporter"
    source = best[1]
    mention = analysis.mention_at(source.source_root) if source.source_root is not None else None
    if mention is None or not mention.actors:
        return None, "a source without a name"
    return _source(analysis, mention), f"words of {mention.actors[0].name}"


def _source(analysis: Analysis, mention: Mention) -> Participant:
    """A source as participant, onlookers and media included."""
    return Participant(mention.actors[0], analysis.span(mention.start, mention.end))


def _confidence(candidate: Candidate, reading: StatusReading, verdict: Verdict) -> float:
    base = _SIDES * verdict.probability * (1.0 if candidate.given is None else candidate.given)
    if not all(is_party(m) for m in (*candidate.actors, *candidate.recipients)):
        base -= 0.1
    return max(0.05, min(0.95, base * (0.7 + 0.3 * reading.confidence)))
