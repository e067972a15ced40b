"""The engine that works on a Ray cluster: shards go to a pool of actors, each of which loads the coder once.

Ray Data deals the shards out, no more than the actors can take, starts an actor anew on another node when its node is
lost, and runs again the shards that it had. What a lost actor has completed has its mark and is not done again.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any, Final

from detente.engines.here import Here
from detente.engines.shards import Done, OpenSink, Shard, code_shard
from detente.errors import EngineError, InstallationError
from detente.reading import ReadOptions

try:
    # No reports to its makers, and on the terminal only what is ours.
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")
    import ray
    import ray.data
except ImportError as missing:
    raise InstallationError("the engine ray is not installed: run `pip install 'detente[ray]'`") from missing


# Seconds that a cluster has to answer.
_WAIT: Final = 10


class CodeShard:
    """An actor: one coder, one shard after another."""

    def __init__(self, out: str, options: ReadOptions, for_coder: dict[str, Any], open_sink: OpenSink) -> None:
        self._engine = Here(**for_coder)
        self._out, self._options, self._open_sink = out, options, open_sink

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        shard = Shard(row["source"], row["name"])
        return asdict(code_shard(shard, self._out, self._options, self._engine, self._open_sink))


def code_on_ray(
    shards: Sequence[Shard],
    out: str,
    options: ReadOptions,
    for_coder: dict[str, Any],
    open_sink: OpenSink,
    *,
    workers: int,
    address: str | None = None,
) -> Iterator[Done]:
    """Code shards into the folder `out` with at most so many actors of one processor each; tells of each as it ends.

    `address`: that of a running cluster ("auto": the one of this machine); None starts one on this machine, for as long
    as the work takes. Sources and `out` must be reachable under the same names from every node, and détente installed
    there.

    Raises:
        InstallationError: Ray is not installed.
        EngineError: the cluster cannot be reached, or the work fails there.
    """
    begun = not ray.is_initialized()
    if begun:
        _start(address, workers)
    try:
        yield from _run(shards, (out, options, for_coder, open_sink), workers)
    except ray.exceptions.RayError as fault:
        raise EngineError(f"the work on the cluster failed: {_line(fault)}") from fault
    finally:
        if begun:
            ray.shutdown()


def _start(address: str | None, workers: int) -> None:
    quiet: dict[str, Any] = {"log_to_driver": False, "logging_level": logging.ERROR}
    if address is None:
        quiet |= {"num_cpus": workers, "include_dashboard": False}
    try:
        _reach(address)
        ray.init(address, **quiet)
    except (OSError, RuntimeError, ValueError) as fault:
        raise EngineError(f"no Ray cluster at {address or 'this machine'}: {_line(fault)}") from fault


def _reach(address: str | None) -> None:
    """Ray itself tries for many minutes."""
    host, _, port = (address or "").rpartition("://")[2].rpartition(":")
    if port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_WAIT).close()


def _run(shards: Sequence[Shard], for_actor: tuple[Any, ...], workers: int) -> Iterator[Done]:
    ray.data.DataContext.get_current().enable_progress_bars = False
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    rows = ray.data.from_items([asdict(shard) for shard in shards], override_num_blocks=len(shards))
    pool = ray.data.ActorPoolStrategy(min_size=1, max_size=min(workers, len(shards)), max_tasks_in_flight_per_actor=2)
    actor: Any = CodeShard  # An instance is the function; Ray's types know of functions only.
    coded = rows.map(actor, fn_constructor_args=for_actor, compute=pool, num_cpus=1)
    for row in coded.iter_rows():
        yield Done(**{**row, "faults": tuple(row["faults"])})


def _line(fault: BaseException) -> str:
    return (str(fault).strip().splitlines() or [type(fault).__name__])[-1][:300]
