"""Persons: names with the titles, countries and appositions around them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from spacy.tokens import Token

from detente.coding.analysis import Analysis, Mention
from detente.coding.mentions_actor import pick_holder
from detente.coding.mentions_hits import Hit, Hits, part_of_name
from detente.coding.mentions_names import is_given_name, name_spans
from detente.coding.mentions_person import person_actor
from detente.coding.mentions_phrase import HONORIFICS, HONOURING, STATES, Phrase, scan_left, scan_right, take_hit
from detente.coding.mentions_titles import is_of_a_body
from detente.lexicon.entries import Anaphor, Holder
from detente.lexicon.lexicon import Lexicon
from detente.lexicon.phrases import fold
from detente.records import Actor

_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_CLOSERS = frozenset({",", ".", ";", ":", "(", ")", '"', "'", "—", "–", "!", "?"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "poss", "dative"})
_APPOSITION_TOKENS = 32
# Heads of bodies without an office of their own in the tables.
_HEADS = frozenset({"head", "chief", "chair", "chairman", "chairwoman", "chairperson", "boss"})
# Share of letters that a misheard surname has in common with the right one: "Ramaposa", "Macaron".
_ALIKE = 0.8
# East Asian order: the family name comes first.
FAMILY_FIRST = frozenset({"CHN", "TWN", "HKG", "MAC", "KOR", "PRK", "VNM", "KHM"})


@dataclass(slots=True)
class Person:
    """Someone introduced in the document: the actor and the names a later mention may use."""

    actor: Actor
    shorts: frozenset[str]
    gender: str | None
    at: int


class People:
    """Makes the mentions of persons and remembers who was introduced."""

    def __init__(self, analysis: Analysis, lexicon: Lexicon, hits: Hits, barred: set[int]) -> None:
        self.doc, self.lexicon, self.hits = analysis.doc, lexicon, hits
        self.analysis = analysis
        self.day = analysis.document.published
        self.known: list[Person] = []
        self.taken: set[int] = set(barred)

    def find(self) -> list[Mention]:
        """Mentions of all persons, full names first so that short ones find them."""
        spans = name_spans(self.doc, self.hits, self.taken)
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
        hit = self.hits.at(start)
        return " " in self.doc[start:end].text or (hit is not None and hit.of("person") is not None)

    def _surroundings(self, start: int, end: int) -> Phrase:
        """The phrase around a name: titles and countries before it, "of France" and an apposition after it."""
        doc, hits = self.doc, self.hits
        sentence = self.analysis.sentence_at(start)
        floor, ceiling = sentence.start, sentence.end
        phrase = Phrase(start, end, start, end)
        self._honorifics(phrase, floor)
        self._titles(phrase, floor)
        self._honorifics(phrase, floor)
        if phrase.offices:
            self._title_list(phrase, floor)
        if not phrase.offices and not phrase.agents and phrase.start == start and not phrase.countries:
            scan = Phrase(phrase.start, end, start, end)
            scan_left(scan, doc, hits, floor)
            told = scan.countries or scan.orgs or scan.groups or scan.institutions or scan.possessor is not None
            if told and doc[scan.start].pos_ != "NUM":
                phrase = scan
        if (phrase.offices or phrase.agents) and phrase.end + 1 < ceiling and doc[phrase.end].lower_ == "of":
            scan_right(phrase, doc, hits, ceiling)
        self._apposition(phrase, ceiling)
        return phrase

    def _honorifics(self, phrase: Phrase, floor: int) -> None:
        """Those right before a phrase: "Mr", "His Royal Highness"."""
        index = phrase.start - 1
        while index >= floor:
            word = self.doc[index].lower_
            title = self.hits.ending(index)
            if title is not None and title.of("office") and title.start < index:
                # The prince of "crown prince" is part of an office.
                return
            honouring = word in HONOURING and self.doc[index + 1].lower_ in HONORIFICS and index + 1 < phrase.end
            if word not in HONORIFICS and not honouring:
                return
            phrase.gender = phrase.gender or HONORIFICS.get(word)
            phrase.start = index
            index -= 1

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
                if comma:
                    self._head_by_genitive(phrase, index, floor)
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
                if comma and hit.end < index and doc[hit.end - 1].tag_ == "NNS":
                    # "The army chiefs of both countries, A and B": a title of several.
                    return
                if not is_of_a_body(hit, doc, hits, floor, hit.end):
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
            title = hits.ending(of - 1) if of > floor and doc[of].lower_ in ("of", "for", "to", "at", "in") else None
            if comma and title is None and hit.of("institution", "organisation"):
                self._head_of(phrase, hit, of, floor)
                return
            if title is None or not title.of("office", "agent") or (comma and doc[title.end - 1].tag_ == "NNS"):
                return
            if doc[of].lower_ in ("to", "in"):
                phrase.host = hit.entries[0].country
            else:
                take_hit(phrase, hit, doc)
            take_hit(phrase, title, doc, states=False)
            phrase.start = title.start
            scan_left(phrase, doc, hits, floor)
            return

    def _head_of(self, phrase: Phrase, body: Hit, of: int, floor: int) -> None:
        """ "The head of the Bank of Y, X": a head whom only the body tells."""
        if of > floor and self.doc[of].lower_ == "of" and self.doc[of - 1].lower_ in _HEADS:
            take_hit(phrase, body, self.doc)
            phrase.start = of - 1

    def _head_by_genitive(self, phrase: Phrase, title: int, floor: int) -> None:
        """ "The Y Bank's chair, X"."""
        if self.doc[title].lower_ not in _HEADS or title - 2 < floor or self.doc[title - 1].tag_ != "POS":
            return
        body = self.hits.ending(title - 2)
        if body is not None and body.of("institution", "organisation"):
            take_hit(phrase, body, self.doc)
            phrase.start = title

    def _title_list(self, phrase: Phrase, floor: int) -> None:
        """Take the titles before the last into the phrase: "Member of the Bureau, Head of the Office, Minister Y"."""
        doc = self.doc
        end = phrase.start
        while True:
            at = end - 1
            while at > floor and doc[at].lower_ in (",", "and"):
                at -= 1
            start = at + 1
            while start > floor and self._in_title(start - 1, floor):
                start -= 1
            words = {doc[index].lower_ for index in range(start, at + 1)}
            title = any(
                (hit := self.hits.at(index)) is not None and hit.of("office", "agent") for index in range(start, at + 1)
            )
            owned = start > floor and (doc[start - 1].pos_ in ("DET", "PRON") or doc[start - 1].tag_ == "POS")
            if at + 1 == end or start > at or owned or not (title or "member" in words):
                return
            phrase.start = end = start

    def _in_title(self, index: int, floor: int) -> bool:
        """Whether a token may stand in a title written out: capitalised and no name, or a little word between such."""
        token = self.doc[index]
        if token.lower_ in ("of", "for"):
            return index > floor and self.doc[index - 1].text[:1].isupper()
        if token.lower_ == "the":
            return index > floor and self.doc[index - 1].lower_ in ("of", "for")
        hit = self.hits.at(index)
        return (
            token.pos_ in ("PROPN", "NOUN", "ADJ")
            and token.text[:1].isupper()
            and token.tag_ not in ("NNS",)
            and index not in self.taken
            and (hit is None or hit.of("person", "short") is None)
        )

    def _title_with_of(self, index: int, floor: int) -> int | None:
        """The last token of a title that goes on with "of …" up to the name ("Minister of Sport Anna Lind")."""
        doc = self.doc
        at = index
        while at >= floor and index - at < 9:
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
                if not title and not is_of_a_body(hit, doc, hits, at + 1, stop):
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
        rows = self.lexicon.person(name, self.day) or self._respelt(name)
        hit = self.hits.at(start)
        if not rows and hit is not None and hit.start == start and hit.of("person"):
            rows = self.lexicon.person(self.doc[hit.start : hit.end].text, self.day)
        phrase = self._surroundings(start, end)
        actor, gender = person_actor(name, rows, phrase, self.day)
        words = name.split()
        # A hyphenated surname is not shortened to its second half; the article of an Arabic one is left out.
        shorts = {_without_article(fold(words[-1]).lower())}
        # "Sheikh Mohammed bin Rashid" goes on as "Sheikh Mohammed".
        own_first = actor.country in FAMILY_FIRST or bool({"bin", "bint", "ibn"} & {word.lower() for word in words})
        first = next((word for word in words if word.lower() not in HONORIFICS), words[0])
        shorts.add(fold(first).lower() if own_first else "")
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

    def _respelt(self, name: str) -> tuple[Holder, ...]:
        """The rows of "Ferdinand R. Marcos" and "MARCOS Ferdinand", listed as "Ferdinand Marcos"."""
        words = name.split()
        kept = [word for word in words if not (len(word.rstrip(".")) == 1 and word[0].isupper())]
        if len(kept) == 2 and kept[0].isupper() and not kept[1].isupper():
            return self.lexicon.person(f"{kept[1]} {kept[0]}", self.day)
        return self.lexicon.person(" ".join(kept), self.day) if 1 < len(kept) < len(words) else ()

    def _mention(self, phrase: Phrase, actor: Actor, gender: str | None, why: str) -> Mention:
        self.taken.update(range(phrase.start, phrase.end))
        root = self._root(phrase)
        countries = tuple(phrase.countries)
        return Mention(phrase.start, phrase.end, root.i, "name", 1, gender, (actor,), countries, why)

    def _root(self, phrase: Phrase) -> Token:
        """The token of a name by which the clause holds it; what the parser hangs elsewhere ("ambassador of X to Y"
        with "to Y" on the verb) is not its head."""
        root = self.doc[phrase.name_start : phrase.name_end].root
        while root.head != root and phrase.start <= root.head.i < phrase.end:
            root = root.head
        if root.dep_ in _ARGUMENTS:
            return root
        whole = self.doc[phrase.start : phrase.end].root
        if whole.dep_ in _ARGUMENTS:
            return whole
        held = (
            token
            for token in self.doc[phrase.start : phrase.name_end]
            if token.dep_ in _ARGUMENTS and not phrase.start <= token.head.i < phrase.end
        )
        return next(held, root)

    def candidates(self, name: str, phrase: Phrase) -> list[Person]:
        """Persons of the document whom a short name may mean; those of another country or office are left out."""
        low = fold(name).lower()
        found: dict[str, Person] = {}
        for person in self.known:
            if low not in person.shorts:
                continue
            if phrase.country and person.actor.country and phrase.country != person.actor.country:
                continue
            if person.actor.level == "leader" and self._is_doctor(phrase):
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
        if leaders and self._is_doctor(phrase):
            return None
        rows = rows or self._misspelt(name, phrase)
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

    def _is_doctor(self, phrase: Phrase) -> bool:
        """ "Dr. Biden": leaders are called by their office, so that it is somebody else of that name."""
        return self.doc[phrase.start].lower_ in ("dr", "dr.")

    def _misspelt(self, name: str, phrase: Phrase) -> list[Holder]:
        """The leader whom a title and a country tell, where his surname is heard or written a little amiss."""
        office = phrase.office
        if phrase.former or office is None or office.level != "leader" or phrase.country is None:
            return []
        low = fold(name).lower()
        for row in self.lexicon.holders_on(phrase.country, office, self.day):
            forms = (row.name.split()[-1], *row.short)
            if any(SequenceMatcher(None, low, fold(form).lower()).ratio() >= _ALIKE for form in forms):
                return [row]
        return []

    def _bare_surnames(self) -> Iterator[Mention]:
        """Surnames the recogniser overlooked: of persons named elsewhere in the text, or of a leader of the day."""
        shorts = {short for person in self.known for short in person.shorts if len(short) > 1}
        single = {short for short in shorts if " " not in short and "-" not in short}
        covered = {index for hit in self.hits.all for index in range(hit.start, hit.end)}
        for token in self.doc:
            if part_of_name(self.doc, token.i, token.i + 1, covered):
                continue
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
            if token.i and token.i - 1 not in self.taken and is_given_name(self.doc, self.hits, token.i - 1):
                # "Anna Stewart" is not every Stewart.
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


def _without_article(name: str) -> str:
    return name.split("-", 1)[1] if name.startswith(("al-", "el-")) else name
