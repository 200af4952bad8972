"""The limit program: a copy that is hashed on both sides, without any protocol."""

import resource
import time
from pathlib import Path

from stepbench import native, processes
from stepbench.peers import Peer, megabytes
from stepbench.processes import Background
from stepbench.results import Sample


class Limit(Peer):
    def __init__(self, store: Path, programs: Path):
        super().__init__(store)
        self.program = native.build("limit", programs)

    def put(self, source: Path) -> Sample:
        return self._copy(source, sender_hashes=True)

    def get(self, source: Path) -> Sample:
        """As a download needs it: the sender knows the digest already."""
        return self._copy(source, sender_hashes=False)

    def _copy(self, source: Path, sender_hashes: bool) -> Sample:
        target = self.store / "arriving"
        return self.checked(lambda: self._send(source, target, sender_hashes), target, source.stat().st_size)

    def _send(self, source: Path, target: Path, sender_hashes: bool) -> Sample:
        with Background([self.program, "receive", target, 1]) as receiver:
            port = receiver.wait_for_line(r"(\d+)\n").group(1)
            before = cpu_of_ended()
            start = time.perf_counter()
            usage, sent = processes.measure([self.program, "send", port, source, int(sender_hashes)])
            received = receiver.wait_for_end().split()[1]
            seconds = time.perf_counter() - start
        if sender_hashes and sent.strip() != received:
            raise processes.CommandFailed(f"{sent.strip()} was sent, {received} has arrived")
        receiver_cpu = cpu_of_ended() - before - usage.cpu_seconds
        return Sample(megabytes(source) / seconds, usage.cpu_seconds, receiver_cpu)


def cpu_of_ended() -> float:
    """User and system time of all that was started here and has ended."""
    taken = resource.getrusage(resource.RUSAGE_CHILDREN)
    return taken.ru_utime + taken.ru_stime
