"""An old client, against an old server and against ours."""

import re
import sys
from pathlib import Path

from stepbench import processes, wire
from stepbench.packages import NotHere
from stepbench.peers import MEGABYTE
from stepbench.plan import MIB, Plan
from stepbench.processes import Background
from stepbench.programs import Server
from stepbench.results import Result, Sample, Table, Target
from stepbench.rounds import interleaved
from stepbench.workspace import Workspace, empty

PEERS = Path(__file__).resolve().parents[4] / "shared" / "conformance"
USER = "7"
OLD = "old server"
OURS = "step-server"
WARM = "step-server that has served for a while"
WARM_AFTER = 30  # files of the smaller size
AT_LEAST = (2, 3)  # times the old server's rate, for the smaller and the larger file


def run(plan: Plan, workspace: Workspace) -> Result:
    client, old_server = PEERS / "old_client.py", PEERS / "old_server.py"
    if not client.exists() or not old_server.exists():
        raise NotHere("the stand-ins for old peers are not here: "
                      "old_client.py and old_server.py belong into ../shared/conformance")
    plan.programs.make_ready()
    tables, targets = [], []
    old_store = workspace.folder("old-store")
    port = processes.free_port()
    with Background([sys.executable, old_server, "--port", port, "--dir", old_store]) as old, \
            Server(plan.programs, workspace.folder("store")) as server, \
            Server(plan.programs, workspace.folder("warm-store")) as warm:
        old.wait_for_port(port)
        warming = workspace.file("warming", plan.legacy_files[0])
        for _ in range(WARM_AFTER):
            put_and_discard(client, warming, warm)
        for size, bound in zip(plan.legacy_files, AT_LEAST):
            source = workspace.file(f"source-{size}", size)

            def put_to_old() -> Sample:
                empty(old_store / "file")
                return put(client, source, port)

            put_and_discard(client, source, server)  # it has served, but not much
            rows = interleaved(plan.rounds, {OLD: put_to_old, OURS: lambda: put_and_discard(client, source, server),
                                             WARM: lambda: put_and_discard(client, source, warm)})
            table = Table(f"{size // MIB} MiB, blocks of 20,480 bytes, one request at a time", "MB/s", rows,
                          references=[OLD])
            tables.append(table)
            targets.append(Target(f"an old client's put of {size // MIB} MiB, × the old server",
                                  table.ratio(OURS, OLD), bound))
    targets.append(Target("an old client's put of the larger file, × its rate with the smaller one",
                          tables[1].best(OURS) / tables[0].best(OURS), 0.95))
    return Result("legacy", "Old clients", tables, targets,
                  ["The same Python client in all rows; its own CPU is a part of what is measured."])


def put_and_discard(client: Path, source: Path, server: Server) -> Sample:
    sample = put(client, source, server.port)
    wire.discard(server.port, USER, source.name)
    return sample


def put(client: Path, source: Path, port: int) -> Sample:
    usage, output = processes.measure([sys.executable, client, source, "--port", port, "--user", USER])
    mebibytes_a_second = float(re.search(r", ([\d.]+) MB/s", output).group(1))  # its seconds have two decimals only
    return Sample(mebibytes_a_second * MIB / MEGABYTE, usage.cpu_seconds)
