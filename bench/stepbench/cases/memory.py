"""The live heap of both sides while a large file moves."""

import re
from pathlib import Path

from stepbench import processes, wire
from stepbench.plan import MIB, Plan
from stepbench.processes import Background
from stepbench.programs import USER, Server
from stepbench.results import Result, Row, Sample, Table, Target
from stepbench.workspace import Workspace

SMALL_HEAP = "-Xmx32m"
MOVED_PART = 0.1


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    source = workspace.file("source", plan.large_file)
    arriving = workspace.folder("arriving")
    store = workspace.folder("store")
    jcmd = plan.programs.java_home() / "bin" / "jcmd"
    heap, resident = [], []
    with Server(plan.programs, store) as server:
        server.shell(f"put {source} source")
        ways = {"put": (f"put {source} arriving", store), "get": (f"get source {arriving}/target", arriving)}
        for way, (command, grows) in ways.items():
            shell = Background([plan.programs.shell, "--server", server.address, "--user", USER, "-c", command],
                               plan.programs.environment())
            live = watch(jcmd, shell, server.background, grows, plan)
            for side, samples in live.items():
                heap.append(Row(f"{way}, {side}", [Sample(value / MIB) for value, _ in samples]))
                resident.append(Row(f"{way}, {side}", [Sample(value / MIB) for _, value in samples]))
        wire.discard(server.port, USER, "arriving")
        (arriving / "target").unlink()
    moved = moves_with_little_heap(plan, workspace, source)
    size = plan.large_file // MIB
    targets = [Target(f"live heap while {size} MiB move, {row.name}", max(s.value for s in row.samples), 32,
                      at_least=False, unit=" MiB") for row in heap]
    return Result("memory", "Memory", [
        Table(f"Live heap while {size} MiB move, each time after a full collection", "MiB", heap, chosen="most"),
        Table("Resident memory at the same times", "MiB", resident, chosen="most")], targets,
        [f"With `STEP_JAVA_OPTS={SMALL_HEAP}` on both sides, put and get of the same file {moved}."])


def watch(jcmd: Path, shell: Background, server: Background, grows: Path, plan: Plan) -> dict[str, list]:
    """Live heap and resident memory of both sides, as often as there is time, but `heap_samples` times at most."""
    shell.wait_until(lambda: disk_use(grows) >= MOVED_PART * plan.large_file, "nothing has moved")
    samples: dict[str, list] = {"shell": [], "server": []}
    while shell.running() and len(samples["server"]) < plan.heap_samples:
        for side, process in (("shell", shell), ("server", server)):
            try:
                samples[side].append((live_heap(jcmd, process), process.resident_bytes()))
            except (processes.CommandFailed, OSError):
                break  # the shell has ended meanwhile
    shell.wait_for_end()
    return samples


def live_heap(jcmd: Path, process: Background) -> int:
    histogram = processes.run([jcmd, process.pid, "GC.class_histogram"])
    return int(re.search(r"^Total\s+\d+\s+(\d+)", histogram, re.MULTILINE).group(1))


def disk_use(folder: Path) -> int:
    """Bytes that its files take; those that vanish meanwhile count nothing."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_blocks * 512
        except FileNotFoundError:
            pass
    return total


def moves_with_little_heap(plan: Plan, workspace: Workspace, source: Path) -> str:
    target = workspace.folder("arriving") / "target"
    try:
        with Server(plan.programs, workspace.folder("small-store"), options=SMALL_HEAP) as server:
            server.shell(f"put {source} source; get source {target}", options=SMALL_HEAP)
        return "work"
    except processes.CommandFailed as failure:
        return f"fail: {str(failure).splitlines()[-1]}"
