"""Who uses the processors: what is measured, or programs that have no part in it."""

import os
import time
from dataclasses import dataclass
from pathlib import Path

from stepbench.processes import TICKS, cpu_of, family

LOOK_SECONDS = 1


@dataclass(frozen=True)
class Use:
    """Seconds that all processors together have worked, and rested, since they were started; our part of the work."""

    busy: float
    idle: float
    own: float

    @staticmethod
    def now() -> "Use":
        ticks = [int(word) for word in Path("/proc/stat").read_text().split("\n")[0].split()[1:9]]
        idle = ticks[3] + ticks[4]
        own = sum(cpu_of(pid) for pid in family(os.getpid()))
        return Use((sum(ticks) - idle) / TICKS, idle / TICKS, own)

    def others_percent(self) -> int:
        """How much of the processors has gone since then to programs that this one has not started."""
        now = Use.now()
        busy, idle = now.busy - self.busy, now.idle - self.idle
        return max(0, round(100 * (busy - (now.own - self.own)) / max(busy + idle, 1 / TICKS)))


def busy_percent() -> int:
    """How much of the processors others take, right now."""
    start = Use.now()
    time.sleep(LOOK_SECONDS)
    return start.others_percent()
