"""Free memory that stays with the machine: what a virtual one hands back to its host is several times as slow to use.

On such a machine whoever writes first into memory that nobody has used for some seconds waits for the host, and the next
one, who gets the same memory, does not: so the order would decide what is measured.

As a program, python3 -m stepbench.kept_memory BYTES, it uses that much memory and ends."""

import mmap
import sys
from pathlib import Path

from stepbench import processes

SETTING = Path("/sys/module/page_reporting/parameters/page_reporting_order")
NEVER = "11"  # only larger blocks of free memory than there are (the kernel's MAX_PAGE_ORDER is 10) are handed back
MOST = 22 << 30  # bytes; a case on the disk fills so much of the page cache


class KeptMemory:
    """Has all that a case may need in the machine, and keeps it there until the end; a context manager."""

    def __enter__(self) -> "KeptMemory":
        self._before = SETTING.read_text() if SETTING.exists() else None
        self._set(NEVER)
        # another process, as the kernel hands the largest size of this one down to what it starts
        processes.run([sys.executable, "-m", "stepbench.kept_memory", min(MOST, available() * 9 // 10)])
        return self

    def __exit__(self, *_) -> None:
        self._set(self._before)

    def _set(self, value: str | None) -> None:
        if self._before is not None and value is not None:
            try:
                SETTING.write_text(value)
            except PermissionError:
                pass  # not root: then rounds in turns are all that there is against it


def available() -> int:
    """Bytes that programs can still have, as the kernel estimates them."""
    lines = dict(line.split(":") for line in Path("/proc/meminfo").read_text().splitlines())
    return int(lines["MemAvailable"].split()[0]) * processes.KIB


if __name__ == "__main__":
    with mmap.mmap(-1, int(sys.argv[1]), flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE):
        pass
