"""The programs that move files as well: put, get and, where they can, put_tree, each on a store of its own."""

import contextlib
from collections.abc import Callable
from pathlib import Path

from stepbench import processes
from stepbench.processes import Background
from stepbench.results import Sample
from stepbench.workspace import empty

MEGABYTE = 1e6


class Peer(contextlib.ExitStack):
    """A peer's server, and what its client is called with; stopped when the context ends."""

    def __init__(self, store: Path):
        super().__init__()
        self.store = store

    def measured(self, server: Background | None, work: float, command: list,
                 folder: Path | None = None) -> Sample:
        """Runs a client to its end; work per second of its whole process is the value."""
        before = server.cpu_seconds() if server else 0
        usage, _ = processes.measure(command, folder=folder)
        after = server.cpu_seconds() if server else 0
        return Sample(work / usage.seconds, usage.cpu_seconds, after - before if server else None, usage.peak_bytes)

    def checked(self, measure: Callable[[], Sample], arrives: Path, size: int) -> Sample:
        """Measures a transfer to a file that is not there yet, and removes it once it has arrived whole."""
        arrives.unlink(missing_ok=True)
        sample = measure()
        arrived = arrives.stat().st_size
        if arrived != size:
            raise processes.CommandFailed(f"{arrived} of {size} bytes have arrived as {arrives.name}")
        arrives.unlink()
        return sample

    def checked_tree(self, measure: Callable[[], Sample], files: int) -> Sample:
        """Measures the transfer of many files into the empty store, and removes them once all have arrived."""
        empty(self.store)
        sample = measure()
        arrived = sum(1 for path in self.store.rglob("*") if path.is_file())
        if arrived != files:
            raise processes.CommandFailed(f"{arrived} of {files} files have arrived")
        empty(self.store)
        return sample


def megabytes(path: Path) -> float:
    return path.stat().st_size / MEGABYTE
