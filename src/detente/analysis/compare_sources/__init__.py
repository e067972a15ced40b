"""Two sources on one relation: how many events, how far they agree, how they move together, what only one has.

compare_sources(path, one, other, dyad, freq="month", level="gov", since=None, until=None, match="type", days=1,
                sample=5, seed=1) -> SourceComparison
"""

from __future__ import annotations

from detente.analysis.compare_sources.compare import compare_sources
from detente.analysis.compare_sources.model import Agreement, Correlation, Only, Sample, SourceComparison

__all__ = ["Agreement", "Correlation", "Only", "Sample", "SourceComparison", "compare_sources"]
