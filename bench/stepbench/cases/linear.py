"""Whether cost grows in proportion: ten times the bytes on a disk, a thousand times the blocks of a file."""

import json
import shutil
from pathlib import Path

from stepbench import native, processes, wire
from stepbench.packages import NotHere
from stepbench.plan import MIB, Plan
from stepbench.programs import USER, Server
from stepbench.results import Result, Row, Sample, Table, Target
from stepbench.workspace import Workspace

TIMES = 10
BLOCK_BYTES = 16
BLOCKS_OF_SMALL = 1000
WINDOW = 64
ONE_FILE = "one file"
MANY_FILES = f"files of {BLOCKS_OF_SMALL:,} blocks"


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    bytes_table = on_disk(plan, workspace)
    blocks_table = many_blocks(plan, workspace)
    small, large = (row.name for row in bytes_table.rows)
    return Result("linear", "Proportion", [bytes_table, blocks_table], [
        Target(f"{large} on the disk, × the time of {small}", bytes_table.row(large).median() /
               bytes_table.row(small).median(), 1.05 * TIMES, at_least=False),
        Target(f"{plan.linear_blocks:,} blocks in one file, × the time in files of {BLOCKS_OF_SMALL:,}",
               blocks_table.ratio(ONE_FILE, MANY_FILES), 1.1, at_least=False)])


def on_disk(plan: Plan, workspace: Workspace) -> Table:
    size = plan.disk_file
    needed = 2 * TIMES * size + 3 * size
    free = shutil.disk_usage(workspace.disk).free
    if free < needed:
        raise NotHere(f"{needed // MIB} MiB are needed on the disk, {free // MIB} are free: name another with --disk")
    small = workspace.file("small", size, workspace.disk)
    large = repeated(small, workspace.disk / "large")
    with Server(plan.programs, workspace.disk / "store") as server:
        rows = [Row(f"{path.stat().st_size // MIB:,} MiB", [put(server, path) for _ in range(rounds)])
                for path, rounds in ((small, 3), (large, 1))]
    return Table("put from and to a disk", "s", rows, higher_is_better=False)


def repeated(part: Path, whole: Path) -> Path:
    with whole.open("wb") as target:
        for _ in range(TIMES):
            with part.open("rb") as source:
                shutil.copyfileobj(source, target, MIB)
    return whole


def put(server: Server, source: Path) -> Sample:
    """How long a put takes, as the shell says; everything written earlier is on the disk before it begins."""
    processes.run(["sync"])
    usage, answers = server.shell(f"put {source} arriving")
    wire.discard(server.port, USER, "arriving")
    seconds = next(answer["seconds"] for answer in answers if "seconds" in answer)
    return Sample(seconds, usage.cpu_seconds, peak_bytes=usage.peak_bytes)


def many_blocks(plan: Plan, workspace: Workspace) -> Table:
    load = native.build("load", workspace.folder("programs"))
    blocks = plan.linear_blocks
    with Server(plan.programs, workspace.folder("store")) as server:

        def upload(blocks_of_file: int, files: int) -> Sample:
            before = server.background.cpu_seconds()
            output = processes.run([load, "put", server.port, 1, BLOCK_BYTES, blocks_of_file, WINDOW, 0, files])
            server_cpu = server.background.cpu_seconds() - before
            wire.discard(server.port, "load0", *(f"file-{number}" for number in range(files)))
            return Sample(json.loads(output)["clients"][0]["seconds"], server_cpu_seconds=server_cpu)

        upload(BLOCKS_OF_SMALL, blocks // BLOCKS_OF_SMALL)  # warms the server up
        one, many = [], []
        for _ in range(2):
            one.append(upload(blocks, 1))
            many.append(upload(BLOCKS_OF_SMALL, blocks // BLOCKS_OF_SMALL))
    return Table(f"{blocks:,} blocks of {BLOCK_BYTES} bytes, {WINDOW} under way", "s",
                 [Row(ONE_FILE, one), Row(MANY_FILES, many)], higher_is_better=False, references=[MANY_FILES])
