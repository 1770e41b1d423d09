"""Calls on a Dask cluster (extra ``wenmai[cluster]``).

Scheduling, retries and dead workers are Dask's; what runs there is the same pure function as here. Workers see files and
addresses under the same names and hold one engine a process.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from kg.build.fingerprint import rules_fingerprint
from kg.build.parallel import Task, batches
from kg.build.runners import Each
from kg.build.shards import FileResult
from kg.build.work import process_batch
from kg.model.errors import WenmaiError

_AHEAD = 4
"""Calls under way for each thread of the cluster."""
_RETRIES = 3
_TIMEOUT = "20s"


@contextmanager
def cluster(address: str) -> Iterator[Each]:
    """Calls on the workers of a scheduler; a call whose worker died is made again, three times at most.

    Args:
        address: of a Dask scheduler (``tcp://host:8786``) or the path of a scheduler file (``….json``).

    Raises:
        WenmaiError: Dask is not installed, or no scheduler answers at this address.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise WenmaiError(
            "集群需要 Dask，请运行 pip install 'wenmai[cluster]'（每台机器上都要装）",
            "a cluster needs Dask; run pip install 'wenmai[cluster]' (on every machine)",
        ) from error
    file = address if address.endswith(".json") else None
    if file and not Path(file).is_file():
        raise WenmaiError(
            f"没有 Dask 调度器文件 {file}；先运行 dask scheduler --scheduler-file {file}",
            f"there is no Dask scheduler file {file}; first run dask scheduler --scheduler-file {file}",
        )
    try:
        client = Client(None if file else address, scheduler_file=file, timeout=_TIMEOUT)
    except (OSError, TimeoutError, ValueError) as error:
        raise WenmaiError(
            f"连不上 Dask 调度器 {address}：{error}；先运行 dask scheduler，再用它显示的地址（tcp://主机:8786）",
            f"no Dask scheduler answers at {address}: {error}; start one with dask scheduler and give the address "
            "that it shows (tcp://HOST:8786)",
        ) from error

    def each(function: Callable[..., Any], arguments: Sequence[tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
        waiting = enumerate(arguments)
        indexes: dict[str, int] = {}

        def submitted(index: int, given: tuple[Any, ...]) -> Any:
            future = client.submit(function, *given, pure=False, retries=_RETRIES)
            indexes[str(future.key)] = index
            return future

        threads = sum(w["nthreads"] for w in client.scheduler_info(n_workers=-1)["workers"].values())
        first = list(islice(waiting, _AHEAD * max(1, threads)))
        running = as_completed([submitted(*call) for call in first])
        for future in running:
            result = future.result()
            future.release()
            for call in islice(waiting, 1):
                running.add(submitted(*call))
            yield indexes.pop(str(future.key)), result

    with client:
        _agree(client)
        yield each


def _agree(client: Any) -> None:
    """See that the workers there are have the rules of this machine, or their results would not be of one kind.

    Raises:
        WenmaiError: one has others, or none at all.
    """
    try:
        theirs = set(client.run(rules_fingerprint).values())
    except Exception as error:
        if "deserial" not in str(error) and not isinstance(error, ImportError):
            raise
        theirs = {""}
    if theirs - {rules_fingerprint()}:
        raise WenmaiError(
            "集群上有机器装的文脉与本机不同；请在每台机器上装同一版本（pip install 'wenmai[cluster]'）",
            "a machine of the cluster has another version of wenmai than this one; install the same on all of them "
            "(pip install 'wenmai[cluster]')",
        )


def run_on_cluster(address: str, tasks: Sequence[Task], spec: str) -> Iterator[list[FileResult]]:
    """What files give, read on a cluster, in lots, in whatever order they come.

    Args:
        address: as for :func:`cluster`.
        tasks: the files.
        spec: name of the recogniser.
    """
    with cluster(address) as each:
        for _, results in each(process_batch, [(batch, spec) for batch in batches(tasks)]):
            yield results
