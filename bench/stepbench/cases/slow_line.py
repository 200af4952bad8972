"""A large file over a slow line, with and without losses, beside iperf3 with as many streams."""

import dataclasses
import json
from dataclasses import dataclass
from pathlib import Path

from stepbench import packages, processes
from stepbench.line import DELAY_MILLIS, RATE_MEGABITS, SlowLine
from stepbench.peers import MEGABYTE
from stepbench.plan import MIB, Plan
from stepbench.processes import Background
from stepbench.programs import Server
from stepbench.results import Result, Row, Sample, Table, Target
from stepbench.rounds import interleaved
from stepbench.workspace import Workspace

LOSSES_PERCENT = (0, 0.1)
IPERF_PORT = 5201


@dataclass(frozen=True)
class Way:
    """One way over the line, on as many connections as the options say, or as the shell chooses."""

    direction: str
    options: str = ""

    def __str__(self) -> str:
        return f"{self.direction} {self.options}".strip()

    @property
    def peer(self) -> str:
        return f"iperf3, as {self}"


WAYS = [Way("put"), Way("put", "--connections 1"), Way("get"), Way("get", "--connections 1")]


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    source = workspace.file("source", plan.slow_line_file)
    tables, targets = [], []
    for loss in LOSSES_PERCENT:
        with SlowLine(workspace.folder("programs"), loss) as line:
            table, streams = measure(plan, workspace, line, source, loss)
        tables.append(table)
        targets += [Target(f"{way} over the slow line, {loss} % lost, × iperf3 with {count} "
                           f"{'stream' if count == 1 else 'streams'}", table.ratio(str(way), way.peer), 0.9)
                    for way, count in streams.items()]
    return Result("slow-line", "A slow line", tables, targets, [
        f"{DELAY_MILLIS} ms and {RATE_MEGABITS} Mbit/s each way. `put` and `get` are the first of their shell and say "
        "themselves how long they took, as iperf3 does, and on how many connections. The line is a program on the same "
        "processors: what it took of them is in the last column."])


def measure(plan: Plan, workspace: Workspace, line: SlowLine, source: Path, loss: float) -> tuple[Table, dict]:
    store = workspace.folder(f"store-{loss}")
    iperf_server = [*line.far, packages.find("iperf3"), "-s", "-B", line.FAR, "-p", IPERF_PORT, "--forceflush"]
    with Server(plan.programs, store, line.FAR, line.far, ("--plaintext", "allow")) as server, \
            Background(iperf_server) as iperf:
        iperf.wait_for_line("listening")
        transfer = Transfers(workspace, line, server, iperf, source)
        streams = {way: transfer.streams(way) for way in WAYS}
        contenders = {}
        for way, count in streams.items():
            contenders[str(way)] = lambda way=way: transfer.step(way)
            contenders[way.peer] = lambda way=way, count=count: transfer.iperf(way, count)
        rows = interleaved(plan.rounds, contenders)
        noted = [dataclasses.replace(row, note=transfer.note(row)) for row in rows]
    return Table(f"{plan.slow_line_file // MIB} MiB, {loss} % of the packets lost", "MB/s", noted), streams


class Transfers:
    """Moves the file one way or the other, over the same line with either program."""

    def __init__(self, workspace: Workspace, line: SlowLine, server: Server, iperf: Background, source: Path):
        self._arriving = workspace.folder("arriving")
        self._line = line
        self._server = server
        self._iperf = iperf
        self._source = source
        self._line_seconds: dict[str, float] = {}
        self._streams: dict[str, set[int]] = {}
        self._shell(f"put {source} source")

    def streams(self, way: Way) -> int:
        """How many connections the shell chooses for this, as it says itself."""
        self.step(way)
        return max(self._streams[str(way)])

    def step(self, way: Way) -> Sample:
        target = self._arriving / "target"
        commands = {"put": f"put {way.options} {self._source} arriving; rm arriving",
                    "get": f"get {way.options} source {target}"}[way.direction]
        carried = self._line.carrier.cpu_seconds()
        before = self._server.background.cpu_seconds()
        usage, answers = self._shell(commands)
        server_cpu = self._server.background.cpu_seconds() - before
        target.unlink(missing_ok=True)
        done = next(answer for answer in answers if "seconds" in answer)
        self._note(str(way), done["connections"], carried)
        return Sample(done["size"] / MEGABYTE / done["seconds"], usage.cpu_seconds, server_cpu, usage.peak_bytes)

    def iperf(self, way: Way, streams: int) -> Sample:
        backwards = ["-R"] if way.direction == "get" else []
        carried = self._line.carrier.cpu_seconds()
        before = self._iperf.cpu_seconds()
        usage, output = processes.measure([
            *self._line.near, packages.find("iperf3"), "-c", self._line.FAR, "-p", IPERF_PORT, "-J",
            "-n", self._source.stat().st_size, "-P", streams, *backwards])
        server_cpu = self._iperf.cpu_seconds() - before
        self._note(way.peer, streams, carried)
        received = json.loads(output)["end"]["sum_received"]
        return Sample(received["bytes"] / MEGABYTE / received["seconds"], usage.cpu_seconds, server_cpu)

    def _note(self, name: str, streams: int, carried: float) -> None:
        self._streams.setdefault(name, set()).add(streams)
        self._line_seconds[name] = self._line.carrier.cpu_seconds() - carried

    def note(self, row: Row) -> str:
        streams = " or ".join(map(str, sorted(self._streams[row.name])))
        return f"streams: {streams}; CPU of the line: {self._line_seconds[row.name]:.2f} s"

    def _shell(self, commands: str) -> tuple:
        return self._server.shell(commands, ("--plaintext",), self._line.near)
