"""Persons: names with the titles, countries and appositions around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from spacy.tokens import Doc

from detente.coding.analysis import Analysis, Mention
from detente.coding.mentions_actor import find_office_holder, holder_actor, pick_holder
from detente.coding.mentions_hits import Hits
from detente.coding.mentions_phrase import HONORIFICS, STATES, Phrase, scan_left, scan_right, take_hit
from detente.lexicon.entries import Agent, Anaphor, Holder, Office, Organisation
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.load import slug
from detente.lexicon.phrases import fold
from detente.records import Actor

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLOSERS = frozenset({",", ".", ";", ":", "(", ")", '"', "'", "—", "–", "!", "?"})
_APPOSITION_TOKENS = 18
_PARTICLES = frozenset(
    {"al", "el", "bin", "bint", "ibn", "de", "da", "do", "dos", "del", "della", "di", "van", "von", "der", "den",
     "la", "le", "abu", "ben", "ter", "ten", "du", "-", "'", "y", "e", "ul", "ur", "ud"}
)  # fmt: skip
# East Asian order: the family name comes first.
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM"})


@dataclass(slots=True)
class Person:
    """Someone introduced in the document: the actor and the names a later mention may use."""

    actor: Actor
    shorts: frozenset[str]
    gender: str | None
    at: int


def name_spans(doc: Doc, hits: Hits) -> list[tuple[int, int]]:
    """Token ranges of persons' names: those of the lexicon, the recogniser's, and capitalised words after a title."""
    found: list[tuple[int, int]] = [(hit.start, _extended(doc, hits, hit.end)) for hit in hits.all if hit.of("person")]
    taken = {index for start, end in found for index in range(start, end)}
    for ent in doc.ents:
        if ent.label_ == "PERSON":
            found.extend(_clean(doc, hits, ent.start, ent.end, taken))
    for hit in hits.all:
        if hit.of("office", "agent") and hit.end < len(doc):
            start = hit.end
            if doc[start].text == "," and start + 1 < len(doc):
                start += 1
            while start < len(doc) and doc[start].lower_ in HONORIFICS:
                start += 1
            if start < len(doc) and start not in taken:
                end = _proper_run(doc, hits, start)
                least = 2 if doc[start - 1].text == "," else 1
                if not hit.of("office") and not doc[hit.start].is_lower and doc[start].ent_type_ != "PERSON":
                    # "Executive Order", "National Security": a capitalised role noun may open another name.
                    continue
                if end - start >= least:
                    found.extend(_clean(doc, hits, start, end, taken))
            found.extend(_described(doc, hits, hit.start, taken))
    return sorted(found)


def _described(doc: Doc, hits: Hits, start: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    """A capitalised name before a comma and a description: "Anna Lind, a Swedish aid worker"."""
    index = start - 1
    while index > 0 and start - index < 6 and (doc[index].pos_ in ("DET", "ADJ", "NOUN") or hits.at(index) is not None):
        index -= 1
    if index < 2 or doc[index].text != "," or (index + 1 == start and hits.at(start - 1) is None):
        return
    if doc[index + 1].pos_ != "DET":
        return
    first = index
    while first > 0 and index - first < 4 and doc[first - 1].pos_ == "PROPN" and hits.at(first - 1) is None:
        first -= 1
    if index - first >= 2 and not any(i in taken for i in range(first, index)):
        yield from _clean(doc, hits, first, index, taken)


def _clean(doc: Doc, hits: Hits, start: int, end: int, taken: set[int]) -> Iterator[tuple[int, int]]:
    while start < end and (
        doc[start].lower_ in HONORIFICS
        or doc[start].is_punct
        or (hits.at(start) is not None and not _only_short(hits, start))
        or (not doc[start].text[:1].isupper() and doc[start].lower_ not in _PARTICLES)
    ):
        start += 1
    stop = start
    while stop < end and not (doc[stop].tag_ == "POS" or (doc[stop].is_punct and doc[stop].text not in "-'.")):
        if doc[stop].is_space or (hits.at(stop) is not None and not _only_short(hits, stop)):
            break
        stop += 1
    while stop > start and not doc[stop - 1].text[:1].isupper():
        stop -= 1
    while stop < len(doc) and stop > start and stop not in taken and _continues(doc, hits, stop):
        stop += 1
    if stop <= start or any(index in taken for index in range(start, stop)):
        return
    if any(char.isdigit() for char in doc[start:stop].text) or (
        doc[start].is_upper and len(doc[start]) > 3 and stop - start == 1
    ):
        return
    taken.update(range(start, stop))
    yield start, stop


def _extended(doc: Doc, hits: Hits, end: int) -> int:
    """Where a known name really ends: "Salman bin Abdulaziz" may go on with "al-Saud"."""
    last = end
    while last < len(doc) and last - end < 6:
        token = doc[last]
        if doc[last - 1].tag_ == "POS" or (hits.at(last) is not None and not _only_short(hits, last)):
            break
        if _continues(doc, hits, last) or (
            token.text[:1].isupper() and last > end and doc[last - 1].lower_ in _PARTICLES
        ):
            last += 1
            continue
        follows = doc[last + 1] if last + 1 < len(doc) else None
        hyphen = token.text == "-" and doc[last - 1].lower_ in ("al", "el")
        if (token.lower_ in _PARTICLES and token.text != "'" and follows is not None and not token.is_punct) or hyphen:
            joins = follows is not None and (follows.text == "-" or follows.lower_ in _PARTICLES)
            if joins or (follows is not None and follows.text[:1].isupper()):
                last += 1
                continue
        break
    while last > end and not doc[last - 1].text[:1].isupper():
        last -= 1
    return last


def _continues(doc: Doc, hits: Hits, index: int) -> bool:
    """A capitalised word right after a name that the recogniser cut short."""
    token = doc[index]
    return token.pos_ == "PROPN" and token.text[:1].isupper() and token.is_alpha and hits.at(index) is None


def _only_short(hits: Hits, index: int) -> bool:
    hit = hits.at(index)
    return hit is not None and all(entry.kind == "short" for entry in hit.entries)


def _proper_run(doc: Doc, hits: Hits, start: int) -> int:
    end = start
    while end < len(doc) and end - start < 6:
        token = doc[end]
        proper = (
            token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and (token.is_alpha or "." in token.text or "-" in token.text)
        )
        particle = end > start and token.lower_ in _PARTICLES and end + 1 < len(doc) and doc[end + 1].text[:1].isupper()
        if not (proper or particle) or (hits.at(end) is not None and not _only_short(hits, end)):
            break
        end += 1
    return end


class People:
    """Makes the mentions of persons and remembers who was introduced."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon, hits: Hits) -> None:
        self.doc, self.lexicon, self.hits = analysis.doc, lexicon, hits
        self.analysis = analysis
        self.day = analysis.document.published
        self.known: list[Person] = []
        self.taken: set[int] = set()

    def find(self) -> list[Mention]:
        """Mentions of all persons, full names first so that short ones find them."""
        spans = name_spans(self.doc, self.hits)
        full = [span for span in spans if self._is_full(*span)]
        found = [self._full(start, end) for start, end in full]
        for start, end in spans:
            if not self._is_full(start, end) and start not in self.taken:
                mention = self._short(start, end)
                if mention is not None:
                    found.append(mention)
        found.extend(self._bare_surnames())
        return found

    def _is_full(self, start: int, end: int) -> bool:
        return " " in self.doc[start:end].text or (
            self.hits.at(start) is not None and self.hits.at(start).of("person") is not None
        )  # type: ignore[union-attr]

    def _surroundings(self, start: int, end: int) -> Phrase:
        """The phrase around a name: titles and countries before it, "of France" and an apposition after it."""
        doc, hits = self.doc, self.hits
        sentence = self.analysis.sentence_at(start)
        floor, ceiling = sentence.start, sentence.end
        phrase = Phrase(start, end)
        index = start - 1
        while index >= floor and doc[index].lower_ in HONORIFICS:
            phrase.gender = phrase.gender or HONORIFICS[doc[index].lower_]
            phrase.start = index
            index -= 1
        self._titles(phrase, floor)
        if not phrase.offices and not phrase.agents and phrase.start == start and not phrase.countries:
            scan = Phrase(phrase.start, end)
            scan_left(scan, doc, hits, floor)
            told = scan.countries or scan.orgs or scan.groups or scan.institutions or scan.possessor is not None
            if told and doc[scan.start].pos_ != "NUM":
                phrase = scan
        if (phrase.offices or phrase.agents) and phrase.end + 1 < ceiling and doc[phrase.end].lower_ == "of":
            scan_right(phrase, doc, hits, ceiling)
        self._apposition(phrase, ceiling)
        return phrase

    def _titles(self, phrase: Phrase, floor: int) -> None:
        doc, hits = self.doc, self.hits
        index = phrase.start - 1
        comma = index > floor and doc[index].text == ","
        if comma:
            follows = doc[phrase.end].text if phrase.end < len(doc) else "."
            head = doc[phrase.start : phrase.end].root
            if follows not in _CLOSERS and head.dep_ != "appos":
                return
            index -= 1
        while index >= floor:
            hit = hits.ending(index)
            if hit is None or not hit.of("office", "agent", "anaphor"):
                far = self._title_with_of(index, floor) if not comma else None
                if far is not None:
                    for inner in range(far + 1, index + 1):
                        named = hits.starting(inner)
                        if named is not None and named.of(*STATES, "organisation", "institution", "group"):
                            take_hit(phrase, named, doc)
                    index = far
                    hit = hits.ending(index)
            if hit is None:
                return
            anaphor = hit.of("anaphor")
            if comma and anaphor and isinstance(anaphor.payload, Anaphor) and anaphor.payload.refers == "counterpart":
                phrase.start = hit.start
                phrase.counterpart = True
                scan_left(phrase, doc, hits, floor)
                return
            if hit.of("office", "agent"):
                if comma and doc[hit.end - 1].dep_ == "conj" and doc[hit.end - 1].tag_ == "NNS":
                    return
                take_hit(phrase, hit, doc, states=False)
                phrase.start = hit.start
                before = hit.start - 1
                if before - 1 >= floor and doc[before].lower_ in ("and", ",") and hits.ending(before - 1):
                    other = hits.ending(before - 1)
                    if other is not None and other.of("office") and not other.entries[0].plural and not comma:
                        index = before - 1
                        continue
                scan_left(phrase, doc, hits, floor)
                return
            of = hit.start - 1
            while of > floor and doc[of].pos_ == "DET":
                of -= 1
            title = hits.ending(of - 1) if of > floor and doc[of].lower_ in ("of", "for", "to", "at") else None
            if title is None or not title.of("office", "agent"):
                return
            if doc[of].lower_ == "to":
                phrase.host = hit.entries[0].country
            else:
                take_hit(phrase, hit, doc)
            take_hit(phrase, title, doc, states=False)
            phrase.start = title.start
            scan_left(phrase, doc, hits, floor)
            return

    def _title_with_of(self, index: int, floor: int) -> int | None:
        """The last token of a title that goes on with "of …" up to the name ("Minister of Sport Anna Lind")."""
        doc = self.doc
        at = index
        while at > floor and index - at < 9:
            token = doc[at]
            title = self.hits.ending(at)
            if title is not None and title.of("office") and at < index and doc[at + 1].lower_ in ("of", "for"):
                return at
            inside = token.text[:1].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ")
            if not (inside or token.lower_ in ("of", "for", "and", "the") or self.hits.at(at) is not None):
                return None
            at -= 1
        return None

    def _apposition(self, phrase: Phrase, ceiling: int) -> None:
        doc, hits = self.doc, self.hits
        at = phrase.end
        if at + 1 >= ceiling or doc[at].text not in (",", "(", "-", "—"):
            return
        stop = at + 1
        while stop < ceiling and stop - at < _APPOSITION_TOKENS:
            token = doc[stop]
            if token.text in _CLOSERS or token.tag_ in _FINITE or token.tag_ in ("WP", "WDT", "WP$", "WRB"):
                break
            stop += 1
        first = doc[at + 1]
        linked = any(doc[i].dep_ == "appos" and phrase.start <= doc[i].head.i < phrase.end for i in range(at + 1, stop))
        closed = stop >= ceiling or doc[stop].text in _CLOSERS
        starts_well = (
            first.pos_ in ("DET", "ADJ", "NOUN")
            or (first.pos_ == "PROPN" and linked)
            or hits.starting(at + 1) is not None
            or first.tag_ == "PRP$"
        )
        if first.lower_ in ("and", "or", "but", "with", "who") or not (starts_well and (linked or closed)):
            return
        found = Phrase(at + 1, stop)
        title = False
        index = at + 1
        while index < stop:
            hit = hits.starting(index)
            if hit is None:
                if doc[index].lower_ in ("former", "ex", "retired"):
                    found.former = True
                index += 1
                continue
            if (
                hit.end < len(doc)
                and doc[hit.end].tag_ == "POS"
                and not hit.of(*STATES, "organisation", "group", "institution")
            ):
                return
            if hit.of("person") or (title and hit.of("short") and not hit.of(*STATES)):
                return
            if hit.of("office", "agent") and hit.entries[0].plural and not hit.of(*STATES):
                after_of = doc[hit.start - 1].lower_ in ("of", "the") and title
                if not after_of:
                    return
            elif hit.of("office", "agent"):
                if not title:
                    take_hit(found, hit, doc, states=False)
                title = True
            elif hit.of("organisation", "group", "institution", *STATES):
                place = hit.of(*STATES) and hit.start > at + 1 and doc[hit.start - 1].lower_ in ("to", "in", "for")
                if not place:
                    take_hit(found, hit, doc)
            index = hit.end
        tank = any(org.kind == "think tank" for org in found.orgs)
        if not (title or tank or (found.orgs and linked) or (found.groups and linked)):
            return
        phrase.offices.extend(found.offices)
        phrase.agents.extend(found.agents)
        phrase.orgs.extend(found.orgs)
        phrase.groups.extend(found.groups)
        phrase.institutions.extend(found.institutions)
        phrase.former = phrase.former or found.former
        for code in found.countries:
            phrase.add_country(code)
        phrase.end = stop

    def _full(self, start: int, end: int) -> Mention:
        name = self.doc[start:end].text.replace(" - ", "-")
        rows = self.lexicon.person(name, self.day)
        hit = self.hits.at(start)
        if not rows and hit is not None and hit.start == start and hit.of("person"):
            rows = self.lexicon.person(self.doc[hit.start : hit.end].text, self.day)
        phrase = self._surroundings(start, end)
        actor, gender = person_actor(name, rows, phrase, self.day)
        words = name.replace("-", " ").split()
        shorts = {fold(words[-1]).lower(), fold(words[0]).lower() if actor.country in FAMILY_FIRST else ""}
        shorts.add(fold(" ".join(name.split()[1:])).lower())
        shorts.add(fold(name.split()[-1]).lower())
        for row in rows:
            shorts.update(fold(short).lower() for short in row.short)
        known = next((person for person in self.known if person.actor.id == actor.id), None)
        if known is not None and (known.actor.country or not actor.country):
            # The fuller description of the same person counts for all mentions.
            actor = known.actor if known.actor.level or not actor.level else actor
        self.known.append(Person(actor, frozenset(shorts - {""}), gender, start))
        return self._mention(phrase, actor, gender, "counterpart by name" if phrase.counterpart else "name")

    def _mention(self, phrase: Phrase, actor: Actor, gender: str | None, why: str) -> Mention:
        self.taken.update(range(phrase.start, phrase.end))
        root = self.doc[phrase.start : phrase.end].root.i
        countries = tuple(phrase.countries)
        return Mention(phrase.start, phrase.end, root, "name", 1, gender, (actor,), countries, why)

    def candidates(self, name: str, phrase: Phrase) -> list[Person]:
        """Persons of the document whom a short name may mean; those of another country or office are left out."""
        low = fold(name).lower()
        found: dict[str, Person] = {}
        for person in self.known:
            if low not in person.shorts:
                continue
            if phrase.country and person.actor.country and phrase.country != person.actor.country:
                continue
            found.setdefault(person.actor.id, person)
        people = list(found.values())
        office = phrase.office
        if office is not None and len(people) > 1:
            fitting = [p for p in people if p.actor.level == office.level]
            people = fitting or people
        return people

    def _short(self, start: int, end: int) -> Mention | None:
        name = self.doc[start:end].text
        phrase = self._surroundings(start, end)
        people = self.candidates(name, phrase)
        if people:
            person = max((p for p in people if p.at <= start), key=lambda p: p.at, default=people[0])
            return self._mention(phrase, person.actor, person.gender, "surname of someone named in full")
        return self._by_short_name(name, phrase)

    def _by_short_name(self, name: str, phrase: Phrase) -> Mention | None:
        """A surname never introduced in full: the one holder of that name on the day, or a titled stranger."""
        rows = [row for row in self.lexicon.short(name, self.day) if row.on(self.day)]
        if phrase.country:
            rows = [row for row in rows if row.country == phrase.country]
        office = phrase.office
        if office is not None and not phrase.former:
            rows = [row for row in rows if row.level == office.level] or rows
        if phrase.former:
            rows = list(self.lexicon.short(name, self.day))
        leaders = [row for row in rows if row.level == "leader" and row.country]
        names = {row.name for row in rows}
        if len(names) > 1 and office is None and not phrase.country and len({row.name for row in leaders}) == 1:
            rows, names = leaders, {leaders[0].name}
        if len(names) == 1:
            row = pick_holder(tuple(rows), self.day, phrase.country, None, office)
            if row is not None:
                actor, gender = person_actor(row.name, tuple(rows), phrase, self.day)
                self.known.append(Person(actor, frozenset({fold(name).lower()}), gender, phrase.start))
                return self._mention(phrase, actor, gender, "surname of the holder on the day")
        told = phrase.offices or phrase.agents or phrase.gender or phrase.country
        if told and phrase.end - phrase.start > 1:
            actor, gender = person_actor(name, (), phrase, self.day)
            self.known.append(Person(actor, frozenset({fold(name).lower()}), gender, phrase.start))
            return self._mention(phrase, actor, gender, "surname with a title")
        return None

    def _bare_surnames(self) -> Iterator[Mention]:
        """Surnames the recogniser overlooked: of persons named elsewhere in the text, or of a leader of the day."""
        shorts = {short for person in self.known for short in person.shorts if len(short) > 1}
        single = {short for short in shorts if " " not in short and "-" not in short}
        for token in self.doc:
            if token.i in self.taken or not token.text[:1].isupper() or (token.is_stop and token.pos_ != "PROPN"):
                continue
            hit = self.hits.at(token.i)
            short_hit = hit is not None and hit.of("short") is not None and not hit.of(*STATES, "group", "organisation")
            low = fold(token.text).lower()
            if hit is not None and not short_hit:
                continue
            if (
                token.pos_ != "PROPN"
                and token.ent_type_ != "PERSON"
                and not (low in single and token.pos_ in ("NOUN", "ADJ"))
            ):
                continue
            after = self.doc[token.i + 1] if token.i + 1 < len(self.doc) else None
            if (
                after is not None
                and after.pos_ == "PROPN"
                and after.text[:1].isupper()
                and after.dep_ != "appos"
                and token.dep_ == "compound"
            ):
                continue
            start, end = (hit.start, hit.end) if short_hit and hit is not None else (token.i, token.i + 1)
            if low in single or short_hit:
                phrase = self._surroundings(start, end)
                people = self.candidates(self.doc[start:end].text, phrase)
                if people:
                    person = max((p for p in people if p.at <= start), key=lambda p: p.at, default=people[0])
                    yield self._mention(phrase, person.actor, person.gender, "surname of someone named in full")
                elif short_hit and token.pos_ == "PROPN":
                    mention = self._leader_only(self.doc[start:end].text, phrase)
                    if mention is not None:
                        yield mention

    def _leader_only(self, name: str, phrase: Phrase) -> Mention | None:
        rows = [row for row in self.lexicon.short(name, self.day) if row.on(self.day)]
        top = [row for row in rows if row.level in ("leader", "foreign minister")]
        if len({row.name for row in top}) == 1 and len({row.name for row in rows}) <= 3:
            return self._by_short_name(name, phrase) or None
        return None


def person_actor(name: str, rows: tuple[Holder, ...], phrase: Phrase, day: date | None) -> tuple[Actor, str | None]:
    """The actor behind a name and its gender, from the lexicon and from the words around the name."""
    tanks = [org for org in phrase.orgs if org.kind == "think tank"]
    org = phrase.orgs[0] if phrase.orgs and not tanks else None
    office, agent = phrase.office, (phrase.agents[0] if phrase.agents else None)
    country = phrase.countries[0] if phrase.countries else None
    holder = pick_holder(
        rows, day, country or phrase.country, org.id if org else None, None if phrase.former else office
    )
    gender = phrase.gender
    if holder is not None:
        actor = holder_actor(holder, day, office)
        gender = holder.gender or gender
        title = phrase.offices[0][1] if phrase.offices else ""
        stale = actor.level is None and office is not None and not phrase.former
        if stale and office is not None:
            actor = replace(actor, sectors=office.sectors, office=_capital(title), level=office.level)
        return actor, gender
    return _stranger(name, phrase, office, agent, org, tanks), gender


def _stranger(
    name: str,
    phrase: Phrase,
    office: Office | None,
    agent: Agent | None,
    org: Organisation | None,
    tanks: list[Organisation],
) -> Actor:
    """A person of whom only the text tells."""
    identity, country = f"person:{slug(name)}", phrase.country
    if tanks:
        return Actor(identity, name, None, ("EDU",), role="observer")
    if phrase.former and (office or agent):
        title = phrase.offices[0][1] if phrase.offices else "official"
        return Actor(identity, name, country, ("ELI",), f"former {title}", None, "observer" if agent else "party")
    if office is not None:
        level = office.level
        if phrase.deputy:
            level = "deputy leader" if level == "leader" else "deputy minister"
        role = "spokesperson" if office.office == "spokesperson" else "party"
        if phrase.groups and not phrase.countries and phrase.groups[0].kind == "company":
            return Actor(identity, name, phrase.groups[0].country, ("BUS",), phrase.offices[0][1], None, "party")
        sectors, title = office.sectors, _capital(phrase.offices[0][1])
        if org is not None and country is None:
            sectors, level = org.sectors, "organisation"
        elif phrase.institutions:
            sectors = phrase.institutions[0].sectors
            if level == "official" and phrase.institutions[0].level == "parliament":
                level = "parliament"
        elif phrase.groups and phrase.groups[0].kind == "armed group":
            sectors, level = phrase.groups[0].sectors, None
        elif office.office == "spokesperson" and not (phrase.countries or phrase.institutions):
            sectors = phrase.agents[0].sectors if phrase.agents else sectors
        return Actor(identity, name, country, sectors, title, level, role)
    if agent is not None:
        role = agent.role if agent.role in ("observer", "media") else "party"
        sectors = agent.sectors
        if org is not None and country is None:
            sectors = org.sectors
        return Actor(identity, name, country, sectors, None, agent.level, role)
    if phrase.groups:
        group = phrase.groups[0]
        role = "media" if group.kind == "outlet" else "party"
        return Actor(identity, name, country or group.country, group.sectors, role=role)
    if org is not None:
        return Actor(identity, name, None, org.sectors, role="party")
    sectors = phrase.institutions[0].sectors if phrase.institutions else ()
    return Actor(identity, name, country, sectors, role="party" if country or sectors else None)


def _capital(title: str) -> str:
    """A title in capitals, little words left small."""
    small = {"of", "the", "for", "and", "to", "in"}
    return " ".join(word if word in small or not word.islower() else word.capitalize() for word in title.split())


__all__ = ["People", "Person", "find_office_holder", "person_actor"]
