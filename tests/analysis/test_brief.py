from __future__ import annotations
from detente.analysis.brief import make_brief
from detente.analysis.dossier import Dossier
from detente.cli.brief import rendered

def test_print(oslo: Dossier, delhi: Dossier) -> None:
    print(rendered(make_brief(oslo),"terminal").decode())
    print(rendered(make_brief(delhi),"terminal").decode())
