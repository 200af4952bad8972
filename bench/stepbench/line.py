"""A slow line between two network namespaces, made by native/slow_line.c."""

import os
from pathlib import Path

from stepbench import native, packages, processes
from stepbench.packages import NotHere
from stepbench.processes import Background

DELAY_MILLIS = 25
RATE_MEGABITS = 1000
SEED = 5
QUEUED_PACKETS = 10_000


class SlowLine:
    """Two hosts, near and far, as if that line were between them; a context manager. Delay is per direction."""

    NEAR = "10.99.77.1"
    FAR = "10.99.77.2"

    def __init__(self, programs: Path, loss_percent: float):
        if os.geteuid() != 0:
            raise NotHere("only root can make network namespaces: run bench/run as root")
        if not Path("/dev/net/tun").exists():
            raise NotHere("there is no /dev/net/tun for the slow line: load the kernel's module tun")
        program = native.build("slow_line", programs)
        number = os.getpid()
        self._hosts = {f"step-near-{number}": (self.NEAR, self.FAR), f"step-far-{number}": (self.FAR, self.NEAR)}
        interfaces = [f"stepn{number}", f"stepf{number}"]
        self.carrier = Background([program, *interfaces, DELAY_MILLIS, RATE_MEGABITS, loss_percent, SEED])
        try:
            self.carrier.wait_for_line("ready")
            for (host, addresses), interface in zip(self._hosts.items(), interfaces):
                connect(host, interface, *addresses)
        except BaseException:
            self.__exit__()
            raise

    def __enter__(self) -> "SlowLine":
        return self

    def __exit__(self, *_) -> None:
        self.carrier.stop()
        for host in self._hosts:
            if Path("/run/netns", host).exists():
                ip("netns", "del", host)

    @property
    def near(self) -> tuple:
        """What comes before a command to run it on the near host."""
        return within(list(self._hosts)[0])

    @property
    def far(self) -> tuple:
        return within(list(self._hosts)[1])


def within(host: str) -> tuple:
    return packages.find("ip"), "netns", "exec", host


def connect(host: str, interface: str, own: str, other: str) -> None:
    ip("netns", "add", host)
    ip("link", "set", interface, "netns", host)
    ip("-n", host, "addr", "add", own, "peer", other, "dev", interface)
    ip("-n", host, "link", "set", interface, "txqueuelen", QUEUED_PACKETS, "up")
    ip("-n", host, "link", "set", "lo", "up")


def ip(*words) -> None:
    processes.run([packages.find("ip"), *words])
