"""What somebody asks to be filed, and what becomes of it, as plain values.

An `Order` goes to the process that files (`filing`), which tells what it does in lines of JSON; `changed(job, told)`
takes one into a `Job`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any, Final, Literal

from detente.errors import InputError
from detente.relations import Dyad
from detente.web.limits import LISTED

State = Literal["waiting", "running", "done", "stopped", "failed"]
OVER: Final = ("done", "stopped", "failed")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something was set aside: the file or address, the place in it, what is wrong, what would be right."""

    source: str
    where: str
    what: str
    right: str

    @classmethod
    def of(cls, fault: InputError) -> Fault:
        """The fault in a form, where options have no dashes."""
        right = fault.right.replace("--published", "a date of publication")
        return cls(fault.source[:500], fault.where[:500], fault.what[:500], right[:500])


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text from a form, with what is said of it."""

    text: str
    title: str | None
    issuer: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be filed: files (path and name), addresses, a text, and what is known of all of them. `published` is
    YYYY-MM-DD. `faults` were found when it was taken."""

    what: str
    files: tuple[tuple[str, str], ...] = ()
    addresses: tuple[str, ...] = ()
    pasted: Pasted | None = None
    published: str | None = None
    publisher: str | None = None
    kind: str | None = None
    faults: tuple[Fault, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Order:
        """Back again."""
        given = dict(values)
        given["files"] = tuple((path, name) for path, name in given["files"])
        given["addresses"] = tuple(given["addresses"])
        given["pasted"] = Pasted(**given["pasted"]) if given["pasted"] else None
        given["faults"] = tuple(Fault(**fault) for fault in given["faults"])
        return cls(**given)


@dataclass(frozen=True, slots=True)
class Filed:
    """A document that was given, its title or first line, and how many records it gave. It is `new`, `known` (in the
    ledger before) or a `reprint` of another."""

    id: str
    title: str
    outcome: str
    events: int
    statements: int


@dataclass(frozen=True, slots=True)
class Touched:
    """A dyad that documents of the job tell of, and how many do."""

    dyad: Dyad
    documents: int


@dataclass(frozen=True, slots=True)
class Job:
    """`phase` says what is being done, `bytes` of `size` (None if that is not known) are read. `documents` are all that
    were taken in, `new`, `reprint` and `known` together; `set_aside` what could not be. Of documents, dyads and faults
    the first are listed. `error`: why the whole job failed. Moments are in UTC."""

    id: str
    what: str
    state: State
    asked: datetime
    phase: str = ""
    started: datetime | None = None
    ended: datetime | None = None
    bytes: int = 0
    size: int | None = None
    documents: int = 0
    new: int = 0
    reprint: int = 0
    known: int = 0
    events: int = 0
    statements: int = 0
    set_aside: int = 0
    filed: tuple[Filed, ...] = ()
    dyads: tuple[Touched, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in OVER


def changed(job: Job, told: Mapping[str, Any]) -> Job:
    """The job after what its process told."""
    match told:
        case {"filed": dict(values)}:
            filed = Filed(**values)
            return replace(
                job,
                documents=job.documents + 1,
                **{filed.outcome: getattr(job, filed.outcome) + 1},
                events=job.events + filed.events,
                statements=job.statements + filed.statements,
                filed=(*job.filed, filed)[:LISTED],
            )
        case {"fault": dict(values)}:
            return replace(job, set_aside=job.set_aside + 1, faults=(*job.faults, Fault(**values))[:LISTED])
        case {"note": str(note)}:
            return replace(job, notes=(*job.notes, note)[:LISTED])
        case {"bytes": int(number)}:
            return replace(job, bytes=job.bytes + number)
        case {"phase": str(phase)}:
            return replace(job, phase=phase)
        case {"dyads": list(dyads)}:
            return replace(job, dyads=tuple(Touched((a, b), number) for a, b, number in dyads))
        case {"error": str(error)}:
            return replace(job, error=error)
    raise ValueError(f"a job told {told!r}")
