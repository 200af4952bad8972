"""step-shell and step-server: what is measured."""

import json
import os
import re
import shutil
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from stepbench import processes
from stepbench.processes import Background, Usage

ARCHIVE_SECONDS = 120
POLL_SECONDS = 0.2
USER = "bench"


@dataclass(frozen=True)
class Programs:
    """The launchers of a checkout, and the JDK they are to run on, if one was chosen."""

    checkout: Path
    java: Path | None

    @property
    def server(self) -> Path:
        return self.checkout / "bin" / "step-server"

    @property
    def shell(self) -> Path:
        return self.checkout / "bin" / "step-shell"

    def environment(self, options: str = "") -> dict:
        """The environment they run in, with options for the JVM."""
        chosen = {"JAVA_HOME": str(self.java)} if self.java else {}
        return {**os.environ, **chosen, "STEP_JAVA_OPTS": options, "STEP_PASSWORD": USER}

    def on(self, java: Path) -> "Programs":
        """The same on another JDK."""
        return Programs(self.checkout, java)

    def make_ready(self) -> None:
        """Builds what has to be built, and lets the shell's archive of classes be made, as the first start does."""
        processes.run([self.server, "--version"], self.environment())
        processes.run([self.shell, "--version"], self.environment())
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "step"
        time.sleep(POLL_SECONDS)
        deadline = time.monotonic() + ARCHIVE_SECONDS
        while any(cache.glob("step-shell-*.new")) and time.monotonic() < deadline:
            time.sleep(POLL_SECONDS)

    def java_home(self) -> Path:
        """The JDK that the launchers choose."""
        home = self.java or os.environ.get("JAVA_HOME")
        return Path(home) if home else Path(shutil.which("java") or "/none/bin/java").resolve().parents[1]

    def java_version(self) -> str:
        said = subprocess.run([self.java_home() / "bin" / "java", "-version"], capture_output=True, text=True,
                              check=False).stderr
        match = re.search(r'version "(.*?)"', said)
        return match.group(1) if match else "unknown"

    def commit(self) -> str:
        done = subprocess.run(["git", "-C", self.checkout, "describe", "--always", "--dirty"], capture_output=True,
                              text=True, check=False)
        return done.stdout.strip() or "unknown"


def newest_java() -> Path | None:
    """The home of the newest JDK that Debian's folder of them has."""
    versions = {}
    for release in Path("/usr/lib/jvm").glob("*/release"):
        match = re.search(r'JAVA_VERSION="(\d+)', release.read_text())
        if match:
            versions[int(match.group(1))] = release.parent
    return versions[max(versions)] if versions else None


class Server:
    """A running step-server with open login, on a store of its own; a context manager."""

    def __init__(self, programs: Programs, store: Path, host: str = "127.0.0.1", within: tuple = (),
                 arguments: tuple = (), options: str = ""):
        self.programs = programs
        self.background = Background(
            [*within, programs.server, "run", "--auth", "open", "--listen", f"{host}:0", "--store", store, *arguments],
            programs.environment(options))
        ready = self.background.wait_for_line(r"Server is ready on (\S+):(\d+)")
        self.host, self.port = ready.group(1), int(ready.group(2))

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_) -> None:
        self.background.stop()

    @property
    def address(self) -> str:
        return f"{self.host}:{self.port}"

    def shell(self, commands: str, arguments: tuple = (), within: tuple = (), folder: Path | None = None,
              options: str = "") -> tuple[Usage, list[dict]]:
        """Runs a shell on these commands; returns what the process took, and the answers, one object each."""
        usage, output = processes.measure(
            [*within, self.programs.shell, "--server", self.address, "--user", USER, "--json", *arguments,
             "-c", commands], self.programs.environment(options), folder)
        return usage, [json.loads(line) for line in output.splitlines() if line.startswith("{")]
