"""Writes cli.md from the application itself: what `--help` prints, command by command."""

from __future__ import annotations

import re

from pages import DOCS, run
from typer.testing import CliRunner

from detente.cli.main import app

PAGE = DOCS / "cli.md"

INTRODUCTION = """\
Records go to standard output or to `--out`; everything said to you goes to standard error. The exit status is 0 if all
went well, 1 if something was set aside or a check failed, 2 if the command itself was wrong.
`detente --install-completion` adds completion to your shell."""

SETTINGS = """\
## Settings

Settings come from one TOML file, `~/.config/detente/settings.toml` or the one that the variable `DETENTE_SETTINGS`
names. The variable `DETENTE_NAME` overrides the key `name` of the file.

| key | what |
| --- | --- |
| `pipeline` | the spaCy pipeline to parse with, by name |
| `relation` | who decides on the type of an event: `both` (the default), `rules` alone, or `model` alone |
| `db` | the file of the ledger; by default `relations.duckdb` in `~/.local/share/detente` (or `$XDG_DATA_HOME/detente`) |

The default pipeline is `en_core_web_sm` if it is installed, else the same pipeline under the name that comes with détente.
Another pipeline parses otherwise, so it gives other records; the accuracy told on these pages is that of the default."""


def page() -> str:
    """The whole page."""
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    parts = ["<!-- Written by docs/build_cli.py from the application: change that. -->", "# Command line", INTRODUCTION]
    for name in names:
        parts += [f"## detente {name}", f"```text\n{_help(name)}\n```"]
    for group in app.registered_groups:
        parts += [f"## detente {group.name}", f"```text\n{_help(str(group.name))}\n```"]
        for command in group.typer_instance.registered_commands if group.typer_instance else ():
            name = command.name or (command.callback.__name__ if command.callback else "")
            parts += [f"### detente {group.name} {name}", f"```text\n{_help(str(group.name), name)}\n```"]
    return "\n\n".join([*parts, SETTINGS]) + "\n"


def _help(*names: str) -> str:
    environment = {"COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    result = CliRunner(env=environment).invoke(app, [*names, "--help"], prog_name="detente")
    if result.exit_code != 0:
        raise SystemExit(f"detente {' '.join(names)} --help failed: {result.output}")
    # Blank lines are kept, trailing blanks are not.
    return re.sub(r"[ \t]+$", "", result.output, flags=re.M).strip()


if __name__ == "__main__":
    run(PAGE, page)
