"""The machine and the versions that a measurement is worth nothing without."""

import datetime
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from stepbench import packages
from stepbench.programs import Programs

# How each program says its version, and the part of that to keep.
VERSIONS = {
    "OpenSSH": (["ssh", "-V"], r"OpenSSH_(\S+?),"),
    "OpenSSL": (["openssl", "version"], r"OpenSSL (\S+)"),
    "rsync": (["rsync", "--version"], r"version (\S+)"),
    "curl": (["curl", "--version"], r"curl (\S+)"),
    "nginx": (["nginx", "-v"], r"nginx/(\S+)"),
    "vsftpd": (["vsftpd", "-version"], r"version (\S+)"),
    "lftp": (["lftp", "--version"], r"Version (\S+)"),
    "iperf3": (["iperf3", "--version"], r"iperf (\S+)"),
    "gcc": (["gcc", "-dumpfullversion"], r"(\S+)"),
}


@dataclass(frozen=True)
class Machine:
    date: str
    processor: str
    cores: int
    memory_gib: float
    kernel: str
    system: str
    congestion_control: str
    java: str
    commit: str
    versions: dict[str, str]
    busy_percent: int

    @staticmethod
    def here(programs: Programs, busy_percent: int) -> "Machine":
        """This machine; busy_percent is what others took before anything was measured."""
        return Machine(
            date=datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
            processor=found(r"model name\s*: (.*)", Path("/proc/cpuinfo").read_text()),
            cores=os.cpu_count() or 0,
            memory_gib=round(int(found(r"MemTotal:\s*(\d+)", Path("/proc/meminfo").read_text())) / (1 << 20), 1),
            kernel=os.uname().release,
            system=found(r'PRETTY_NAME="(.*)"', Path("/etc/os-release").read_text()),
            congestion_control=Path("/proc/sys/net/ipv4/tcp_congestion_control").read_text().strip(),
            java=programs.java_version(),
            commit=programs.commit(),
            versions={name: version for name in VERSIONS if (version := version_of(*VERSIONS[name]))},
            busy_percent=busy_percent,
        )


def found(pattern: str, text: str) -> str:
    match = re.search(pattern, text)
    return match.group(1) if match else "unknown"


def version_of(command: list[str], pattern: str) -> str | None:
    """The version of a program; None if it is not installed."""
    try:
        done = subprocess.run([packages.find(command[0]) if command[0] in packages.PACKAGES else command[0],
                               *command[1:]], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    except (packages.NotHere, FileNotFoundError):
        return None
    return found(pattern, done.stdout + done.stderr)
