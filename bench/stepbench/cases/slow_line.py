"""A large file over a slow line, with and without losses, beside iperf3 with as many streams."""

import dataclasses
import json
import threading
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
GLANCE_SECONDS = 0.2
TCP_ESTABLISHED = "01"


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    source = workspace.file("source", plan.slow_line_file)
    tables, targets = [], []
    for loss in LOSSES_PERCENT:
        with SlowLine(workspace.folder("programs"), loss) as line:
            table, streams = measure(plan, workspace, line, source, loss)
        tables.append(table)
        targets += [Target(f"{way} over the slow line, {loss} % lost, × iperf3 with {count} "
                           f"{'stream' if count == 1 else 'streams'}", table.ratio(way, f"iperf3, as {way}"), 0.9)
                    for way, count in streams.items()]
    return Result("slow-line", "A slow line", tables, targets, [
        f"{DELAY_MILLIS} ms and {RATE_MEGABITS} Mbit/s each way. `put` and `get` are the first of their shell and say "
        "themselves how long they took, as iperf3 does. The line is a program on the same processors: what it took of "
        "them is in the last column."])


def measure(plan: Plan, workspace: Workspace, line: SlowLine, source: Path, loss: float) -> tuple[Table, dict]:
    store = workspace.folder(f"store-{loss}")
    iperf_server = [*line.far, packages.find("iperf3"), "-s", "-B", line.FAR, "-p", IPERF_PORT, "--forceflush"]
    with Server(plan.programs, store, line.FAR, line.far, ("--plaintext", "allow")) as server, \
            Background(iperf_server) as iperf:
        iperf.wait_for_line("listening")
        transfer = Transfers(workspace, line, server, iperf, source)
        streams = {"put": transfer.streams("put"), "get": transfer.streams("get")}
        contenders = {}
        for way, count in streams.items():
            contenders[way] = lambda way=way: transfer.step(way)
            contenders[f"iperf3, as {way}"] = lambda way=way, count=count: transfer.iperf(way, count)
        rows = interleaved(plan.rounds, contenders)
    noted = [dataclasses.replace(row, note=transfer.note(row, streams)) for row in rows]
    return Table(f"{plan.slow_line_file // MIB} MiB, {loss} % of the packets lost", "MB/s", noted,
                 references=["iperf3, as put", "iperf3, as get"]), streams


class Transfers:
    """Moves the file one way or the other, over the same line with either program."""

    def __init__(self, workspace: Workspace, line: SlowLine, server: Server, iperf: Background, source: Path):
        self._arriving = workspace.folder("arriving")
        self._line = line
        self._server = server
        self._iperf = iperf
        self._source = source
        self._line_seconds: dict[str, float] = {}
        self._shell(f"put {source} source")

    def streams(self, way: str) -> int:
        """How many connections the shell chooses for this: as many as there are at once during one transfer."""
        seen = [1]
        ended = threading.Event()
        watcher = threading.Thread(target=lambda: self._count_connections(ended, seen))
        watcher.start()
        try:
            self.step(way)
        finally:
            ended.set()
            watcher.join()
        return max(seen)

    def step(self, way: str) -> Sample:
        target = self._arriving / "target"
        commands = {"put": f"put {self._source} arriving; rm arriving", "get": f"get source {target}"}[way]
        carried = self._line.carrier.cpu_seconds()
        before = self._server.background.cpu_seconds()
        usage, answers = self._shell(commands)
        server_cpu = self._server.background.cpu_seconds() - before
        self._line_seconds[way] = self._line.carrier.cpu_seconds() - carried
        target.unlink(missing_ok=True)
        done = next(answer for answer in answers if "seconds" in answer)
        return Sample(done["size"] / MEGABYTE / done["seconds"], usage.cpu_seconds, server_cpu, usage.peak_bytes)

    def iperf(self, way: str, streams: int) -> Sample:
        backwards = ["-R"] if way == "get" else []
        carried = self._line.carrier.cpu_seconds()
        before = self._iperf.cpu_seconds()
        usage, output = processes.measure([
            *self._line.near, packages.find("iperf3"), "-c", self._line.FAR, "-p", IPERF_PORT, "-J",
            "-n", self._source.stat().st_size, "-P", streams, *backwards])
        server_cpu = self._iperf.cpu_seconds() - before
        self._line_seconds[f"iperf3, as {way}"] = self._line.carrier.cpu_seconds() - carried
        received = json.loads(output)["end"]["sum_received"]
        return Sample(received["bytes"] / MEGABYTE / received["seconds"], usage.cpu_seconds, server_cpu)

    def note(self, row: Row, streams: dict[str, int]) -> str:
        count = streams[row.name.removeprefix("iperf3, as ")]
        return f"streams: {count}; CPU of the line: {self._line_seconds[row.name]:.2f} s"

    def _shell(self, commands: str) -> tuple:
        return self._server.shell(commands, ("--plaintext",), self._line.near)

    def _count_connections(self, ended: threading.Event, seen: list[int]) -> None:
        while not ended.wait(GLANCE_SECONDS):
            table = processes.run([*self._line.near, "cat", "/proc/net/tcp", "/proc/net/tcp6"])
            rows = [line.split() for line in table.splitlines()]
            seen.append(sum(1 for row in rows if row[2].endswith(f":{self._server.port:04X}")
                            and row[3] == TCP_ESTABLISHED))
