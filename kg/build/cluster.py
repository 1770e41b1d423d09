"""The per-document stages on a Dask cluster (extra ``wenmai[cluster]``).

Scheduling, retries and dead workers are Dask's; what runs there is the same pure function as here. Workers see the files under the
same paths (a shared file system), hold one engine a process, and send back what a file gave; keeping it, identity and the graph
are this machine's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from kg.build.parallel import Task, batches
from kg.build.shards import FileResult
from kg.build.work import process_batch
from kg.model.errors import WenmaiError

_AHEAD = 4
"""Lots under way for each thread of the cluster."""
_RETRIES = 3


def run_on_cluster(address: str, tasks: Sequence[Task], spec: str) -> Iterator[list[FileResult]]:
    """Results in lots, in whatever order they come.

    Args:
        address: of a Dask scheduler (``tcp://host:8786``) or the path of a scheduler file.
        tasks: the files.
        spec: name of the recogniser.

    Raises:
        WenmaiError: Dask is not installed, or no scheduler answers at this address.
    """
    try:
        from distributed import Client, as_completed  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise WenmaiError(
            "集群需要 Dask：pip install 'wenmai[cluster]'",
            "a cluster needs Dask: pip install 'wenmai[cluster]'",
        ) from error
    file = address if address.endswith(".json") else None
    if file and not Path(file).is_file():
        raise WenmaiError(f"没有 Dask 调度器文件 {file}", f"there is no scheduler file {file}")
    try:
        client = Client(None if file else address, scheduler_file=file, timeout="20s")
    except (OSError, TimeoutError) as error:
        raise WenmaiError(
            f"连不上 Dask 调度器 {address}：{error}", f"the Dask scheduler {address} does not answer: {error}"
        ) from error
    with client:
        waiting = batches(tasks)
        threads = sum(w["nthreads"] for w in client.scheduler_info(n_workers=-1)["workers"].values())
        first = list(islice(waiting, _AHEAD * max(1, threads)))
        running = as_completed([_submitted(client, batch, spec) for batch in first])
        for future in running:
            found: list[FileResult] = future.result()
            future.release()
            for batch in islice(waiting, 1):
                running.add(_submitted(client, batch, spec))
            yield found


def _submitted(client: object, batch: Sequence[Task], spec: str) -> object:
    return client.submit(process_batch, batch, spec, pure=False, retries=_RETRIES)  # type: ignore[attr-defined]
