"""What status does to type: cooperation still to come is a promise, cooperation ruled out is a refusal."""

from __future__ import annotations

from spacy.tokens import Token

from detente.coding.status import StatusReading
from detente.ontology.tables import FUTURE_IS_AGREE

_TO_COME = frozenset({"planned", "possible"})
# The mode of a REJECT (or of a REQUEST) by the type of what is refused (or asked for).
WITHHELD = {
    "CONSULT": "meet",
    "AGREE": "assist",
    "SUPPORT": "assist",
    "AID": "assist",
    "COOPERATE": "assist",
    "RETREAT": "yield",
    "CONCEDE": "yield",
}
_CONSENT = frozenset({"accept", "recognise", "recognize", "agree", "consent", "allow", "permit"})


def settle(
    trigger: Token, kind: str, mode: str | None, reading: StatusReading
) -> tuple[str, str | None, StatusReading, str]:
    """Type, mode and status as PLOVER codes them, and what changed.

    "will meet" is AGREE (codebook, AGREE); "will not lift", "would never meet" is a REJECT that happened.
    """
    if kind in WITHHELD and _will_not(trigger):
        refusal = StatusReading("happened", f"the refusal stands: {reading.why}", reading.confidence)
        return "REJECT", WITHHELD[kind], refusal, f"{kind} that will not be is REJECT"
    if trigger.lemma_.lower() in _CONSENT and reading.status == "denied":
        refusal = StatusReading("happened", f"the refusal stands: {reading.why}", reading.confidence)
        return "REJECT", None, refusal, "consent withheld is REJECT"
    if kind in FUTURE_IS_AGREE and reading.status in _TO_COME:
        return "AGREE", mode, reading, f"{kind} still to come is AGREE"
    return kind, mode, reading, ""


def _will_not(trigger: Token) -> bool:
    if trigger.pos_ != "VERB":
        return False
    negated = any(child.dep_ == "neg" for child in trigger.children)
    will = any(child.dep_ == "aux" and child.lower_ in ("will", "wo", "would", "shall") for child in trigger.children)
    conditional = any(child.dep_ == "aux" and child.lower_ == "have" for child in trigger.children)
    return negated and will and not conditional
