"""Settings come from one TOML file; the environment wins; what is not known is refused in one line."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from detente.errors import OptionError
from detente.settings import Settings, load_settings


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home folder."""
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


def write(path: Path, text: str) -> dict[str, str]:
    """A settings file, and the environment that names it."""
    path.write_text(text, encoding="utf-8")
    return {"DETENTE_SETTINGS": str(path)}


@pytest.mark.usefixtures("home")
def test_without_a_file_all_is_default() -> None:
    assert load_settings({}) == Settings() == Settings(pipeline=None)


def test_the_file_in_the_home_folder_is_read(home: Path) -> None:
    folder = home / ".config" / "detente"
    folder.mkdir(parents=True)
    (folder / "settings.toml").write_text('pipeline = "en_core_web_lg"\n', encoding="utf-8")
    assert load_settings({}) == Settings(pipeline="en_core_web_lg")


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    named = write(tmp_path / "my.toml", 'pipeline = "en_core_web_lg"\n')
    assert load_settings(named).pipeline == "en_core_web_lg"
    assert load_settings({**named, "DETENTE_PIPELINE": "en_core_web_trf"}).pipeline == "en_core_web_trf"


@pytest.mark.usefixtures("home")
def test_without_an_argument_the_environment_of_the_process_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DETENTE_SETTINGS", raising=False)
    monkeypatch.setenv("DETENTE_PIPELINE", "en_core_web_md")
    assert load_settings().pipeline == "en_core_web_md"


@pytest.mark.usefixtures("home")
def test_the_ledger_is_where_the_setting_the_variable_or_the_data_folder_say(tmp_path: Path, home: Path) -> None:
    named = write(tmp_path / "my.toml", 'db = "~/desk/china.duckdb"\n')
    assert load_settings(named).ledger == home / "desk" / "china.duckdb"
    assert load_settings({**named, "DETENTE_DB": "/data/all.duckdb"}).ledger == Path("/data/all.duckdb")


def test_the_data_folder_is_that_of_the_user(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert load_settings({}).ledger == home / ".local" / "share" / "detente" / "relations.duckdb"
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    assert load_settings({}).ledger == home / "data" / "detente" / "relations.duckdb"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("pipeline = ", "not a settings file"),
        (
            'pipelines = "en_core_web_lg"',
            "pipelines = 'en_core_web_lg' is no setting (known, as strings: pipeline, relation, db)",
        ),
        ("pipeline = 3", "pipeline = 3 is no setting"),
    ],
)
def test_a_bad_file_is_refused_by_name(tmp_path: Path, text: str, fault: str) -> None:
    named = write(tmp_path / "my.toml", text)
    with pytest.raises(OptionError, match=re.escape(f"{tmp_path / 'my.toml'}: {fault}")):
        load_settings(named)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "my.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(OptionError, match="not a settings file"):
        load_settings({"DETENTE_SETTINGS": str(tmp_path / "my.toml")})


def test_a_file_that_is_named_but_absent_is_refused(tmp_path: Path) -> None:
    with pytest.raises(OptionError, match=r"no such settings file \(named by DETENTE_SETTINGS\)"):
        load_settings({"DETENTE_SETTINGS": str(tmp_path / "none.toml")})
