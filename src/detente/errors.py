"""What can go wrong, as one tree.

DetenteError
├── InputError          a file, line or record that cannot be read (says what, where, what would be right)
├── OptionError         an option or setting with a value that is not allowed
├── TableError          a lexicon or ontology table with a bad row
├── InstallationError   a missing or damaged part (says the command that mends it)
├── RecordError         a record that is not well formed, or an id that is not there
├── LedgerError         a database that is not there, not a ledger, or of another version
│   └── LedgerInUse     one that another process holds
└── EngineError         work handed to other processes that does not come back
"""

from __future__ import annotations


class DetenteError(Exception):
    """Base of all errors that détente raises on purpose. Its text is one line fit for a user."""


class InputError(DetenteError):
    """Something to be read is not readable as what it should be.

    `source` is the file (or `-`), `where` the line or record in it, `what` the fault, `right` what would be right.
    """

    def __init__(self, source: str, what: str, *, where: str = "", right: str = "") -> None:
        self.source, self.what, self.where, self.right = source, what, where, right
        place = f"{source}: {where}" if where else source
        hint = f" ({right})" if right else ""
        super().__init__(f"{place}: {what}{hint}")


class OptionError(DetenteError):
    """An option, argument or setting has a value that is not allowed."""


class TableError(DetenteError):
    """A table of the lexicon or the ontology has a bad row."""


class InstallationError(DetenteError):
    """A part of the installation is missing or damaged; the text ends with the command that mends it."""


class RecordError(DetenteError):
    """A record is malformed, or no record has the id asked for."""


class LedgerError(DetenteError):
    """The database cannot be opened, is no ledger, is in use, or does not hold what is asked for."""


class LedgerInUse(LedgerError):
    """Another process holds the database; it can be asked again in a moment."""


class EngineError(DetenteError):
    """A worker process cannot start, or has died."""
