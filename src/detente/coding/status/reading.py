"""A status with its reason, and how a cue word changes the status of what depends on it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from detente.lexicon.status_cues import StatusCue

REAL: Final = frozenset({"happened", "ongoing", "historical"})
UNREAL: Final = frozenset({"denied", "cancelled"})
# How firm a rule is; `calibrated` turns it into a probability.
SURE: Final = 0.9
LIKELY: Final = 0.8
GUESS: Final = 0.65
# Shares of right answers by status and firmness, on the tuning half of MEANTIME (every second article, 494 events),
# where the possible are rare; rounded to .05.
_SHARES: Final = {
    "happened": (0.95, 0.75), "ongoing": (0.95, 0.75), "historical": (0.95, 0.75), "planned": (0.8, 0.6),
    "possible": (0.5, 0.5), "hypothetical": (0.5, 0.5), "denied": (0.75, 0.7), "cancelled": (0.75, 0.7),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class StatusReading:
    """`status` is one of `records.STATUSES`, `why` the rules that led there, `confidence` a probability."""

    status: str
    why: str
    confidence: float = LIKELY

    def because(self, reason: str) -> StatusReading:
        """The same reading with one more reason in front."""
        return StatusReading(self.status, f"{reason}; {self.why}" if self.why else reason, self.confidence)


def calibrated(reading: StatusReading) -> StatusReading:
    """The same reading, its confidence the share of right answers of its kind."""
    firm, guess = _SHARES[reading.status]
    return StatusReading(reading.status, reading.why, guess if reading.confidence <= GUESS else firm)


def compose(cue: StatusCue, governor: StatusReading, own: StatusReading) -> StatusReading:
    """The status of what depends on a cue, given the status of the cue itself and the dependent's own.

    After Nairn, Condoravdi & Karttunen (2006): signatures of implicatives and factives compose down the tree, the
    polarity of the governor choosing the side of the signature. A planned (possible, hypothetical) governor makes its
    dependent at most that.
    """
    reason = f"under '{cue.lemma}' ({governor.status})"
    if cue.positive == cue.negative == "+":
        return own.because(f"presupposed by '{cue.lemma}'")
    if cue.positive == cue.negative == "=":
        if governor.status in UNREAL | {"hypothetical", "possible"} and own.status in REAL:
            return StatusReading("possible", f"not asserted: {reason}", GUESS)
        return own.because(f"reported by '{cue.lemma}'")
    if governor.status == "cancelled":
        if cue.positive == "-":
            return StatusReading("possible", reason, GUESS)
        return StatusReading("cancelled", reason, LIKELY)
    if governor.status == "denied":
        # Two negations meet: "I don't think he did not go".
        refused = "happened" if own.status in UNREAL else "denied"
        status = {"+": "happened", "-": refused, "o": "possible", "a": "possible", "=": own.status}[cue.negative]
        return StatusReading(status, reason, LIKELY)
    if cue.positive == "a":
        status = cue.status if governor.status == "ongoing" else governor.status
        return StatusReading(status, reason, LIKELY)
    if governor.status in REAL:
        if cue.positive == "+":
            return StatusReading(cue.status or governor.status, reason, SURE)
        if cue.positive == "=":
            return own.because(reason)
        return StatusReading(cue.status or "denied", reason, SURE)
    if cue.positive == "=":
        return own.because(reason)
    if cue.positive == "-" and governor.status == "planned":
        return StatusReading(cue.status or "denied", reason, LIKELY)
    if cue.positive == "o" and governor.status == "planned":
        return StatusReading(cue.status, reason, LIKELY)
    return StatusReading(governor.status, reason, LIKELY)
