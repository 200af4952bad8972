"""Starts programs: those that are waited for and measured, and those that serve meanwhile."""

import os
import re
import resource
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

READY_SECONDS = 120
STOP_SECONDS = 10
POLL_SECONDS = 0.02
KIB = 1024
T = TypeVar("T")
TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


class CommandFailed(Exception):
    """A program that was started did not do what it should."""


@dataclass(frozen=True)
class Usage:
    """What a whole process took, from its start to its end, with the children that it waited for.

    peak_bytes is None when it is no more than this process has: the kernel hands that figure down to what it starts."""

    seconds: float
    cpu_seconds: float
    peak_bytes: int | None


def run(command: list, environment: dict | None = None, folder: Path | None = None, text: str = "") -> str:
    """Runs a command to its end; returns what it printed."""
    return measure(command, environment, folder, text)[1]


def measure(command: list, environment: dict | None = None, folder: Path | None = None,
            text: str = "") -> tuple[Usage, str]:
    """Runs a command to its end; returns what it took, and what it printed on standard output.

    Raises CommandFailed unless it ends with status 0."""
    with Spool() as output, Spool() as errors, Spool(text) as given:
        start = time.perf_counter()
        process = subprocess.Popen([str(word) for word in command], stdin=given.file, stdout=output.file,
                                   stderr=errors.file, env=environment, cwd=folder)
        try:
            _, status, taken = os.wait4(process.pid, 0)
        except BaseException:  # this program is told to end
            process.kill()
            raise
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            words = " ".join(str(word) for word in command)[:300]
            raise CommandFailed(f"status {process.returncode} of: {words}\n{errors.tail()}{output.tail()}")
        inherited = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        peak = taken.ru_maxrss * KIB if taken.ru_maxrss > inherited else None
        return Usage(seconds, taken.ru_utime + taken.ru_stime, peak), output.read()


class Spool:
    """A file without a name, for what a program reads or prints: a pipe would have to be emptied meanwhile."""

    def __init__(self, text: str = ""):
        self.file = os.fdopen(os.memfd_create("spool"), "w+b")
        self.file.write(text.encode())
        self.file.seek(0)

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_) -> None:
        self.file.close()

    def read(self) -> str:
        return os.pread(self.file.fileno(), os.fstat(self.file.fileno()).st_size, 0).decode(errors="replace")

    def tail(self) -> str:
        return "".join(line + "\n" for line in self.read().splitlines()[-5:])


class Background:
    """A program that serves until it is stopped; a context manager."""

    def __init__(self, command: list, environment: dict | None = None, folder: Path | None = None):
        self.output = Spool()
        self.command = [str(word) for word in command]
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=self.output.file,
                                        stderr=self.output.file, env=environment, cwd=folder)

    def __enter__(self) -> "Background":
        return self

    def __exit__(self, *_) -> None:
        self.stop()
        self.output.file.close()

    @property
    def pid(self) -> int:
        return self.process.pid

    def running(self) -> bool:
        return self.process.poll() is None

    def wait_for_line(self, pattern: str) -> re.Match:
        """Waits until what it has printed matches."""
        return self.wait_until(lambda: re.search(pattern, self.output.read()), f"it has not printed {pattern}")

    def wait_for_port(self, port: int) -> None:
        """Waits until it listens on a port of the loopback."""
        self.wait_until(lambda: listens(port), f"it does not listen on port {port}")

    def wait_for_end(self) -> str:
        """Waits until it ends by itself, with status 0; returns what it has printed."""
        if self.process.wait(READY_SECONDS) != 0:
            raise CommandFailed(f"status {self.process.returncode} of: {self.command}\n{self.output.tail()}")
        return self.output.read()

    def cpu_seconds(self) -> float:
        """User and system time so far, with all children, also those that have ended."""
        return sum(cpu_of(pid) for pid in family(self.pid))

    def resident_bytes(self) -> int:
        return resident_of(self.pid)

    def stop(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def wait_until(self, condition: Callable[[], T], problem: str) -> T:
        """Waits until a condition gives something true, and returns that.

        Raises CommandFailed if the program ends before, or after READY_SECONDS."""
        deadline = time.monotonic() + READY_SECONDS
        while time.monotonic() < deadline:
            found = condition()
            if found:
                return found
            if self.process.poll() is not None:
                raise CommandFailed(f"ended with status {self.process.returncode}: {self.command}\n"
                                    f"{self.output.tail()}")
            time.sleep(POLL_SECONDS)
        raise CommandFailed(f"{problem} after {READY_SECONDS} s: {self.command}\n{self.output.tail()}")


def free_port() -> int:
    """A port of the loopback that nobody uses now."""
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        return probe.getsockname()[1]


def listens(port: int) -> bool:
    with closing(socket.socket()) as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def family(pid: int) -> list[int]:
    """A process and its descendants that still run."""
    found = [pid]
    for parent in found:
        for children in Path(f"/proc/{parent}/task").glob("*/children"):
            try:
                found += map(int, children.read_text().split())
            except FileNotFoundError:
                pass  # that thread has just ended
    return found


def cpu_of(pid: int) -> float:
    """User and system time of a process and of the children that it has waited for."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
    except FileNotFoundError:
        return 0
    return sum(map(int, stat.rpartition(")")[2].split()[11:15])) / TICKS


def resident_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * PAGE
