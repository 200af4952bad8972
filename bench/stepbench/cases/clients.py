"""More and more clients at once: what they get together, and what the one that is served worst gets."""

import dataclasses
import json
from pathlib import Path

from stepbench import native, processes
from stepbench.peers import MEGABYTE
from stepbench.plan import MIB, Plan
from stepbench.programs import Server
from stepbench.results import Result, Row, Sample, Table, Target
from stepbench.rounds import interleaved
from stepbench.workspace import Workspace

COUNTS = (1, 2, 5, 16, 64)
FILE_BYTES = 8 * MIB
# What is done, with blocks of how many bytes, and how many requests under way.
KINDS = {
    "put as old clients do, blocks of 20,480 bytes, one request at a time": ("put", 20_480, 1),
    "put, blocks of 256 KiB, 8 requests under way": ("put", 262_144, 8),
    "get, blocks of 256 KiB, 8 requests under way": ("get", 262_144, 8),
}


@dataclasses.dataclass(frozen=True)
class Share:
    """How the worst served of the clients fared."""

    of_fair: float
    longest_wait_seconds: float


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    load = native.build("load", workspace.folder("programs"))
    tables, targets = [], []
    with Server(plan.programs, workspace.folder("store")) as server:
        for title, kind in KINDS.items():
            shares: dict[str, list[Share]] = {}
            contenders = {
                name(count): lambda count=count: measure(load, server, kind, count, plan.load_seconds, shares)
                for count in COUNTS}
            contenders[name(1)]()  # warms the server up
            shares.clear()
            rows = [noted(row, shares[row.name]) for row in interleaved(min(2, plan.rounds), contenders)]
            table = Table(title, "MB/s", rows, references=[name(1)])
            tables.append(table)
            way = title.partition(",")[0]
            targets += [
                Target(f"{way}: the least sum of {COUNTS} clients, × one client",
                       min(table.ratio(name(count), name(1)) for count in COUNTS), 0.95),
                Target(f"{way}: the worst client's part of its fair share",
                       min(best(found).of_fair for found in shares.values()), 0.5)]
    return Result("clients", "Many clients", tables, targets, [
        f"Clients in C on the server's machine. Each moves files of {FILE_BYTES // MIB} MiB, one after the other, for "
        f"{plan.load_seconds:g} s and until its last one is complete, with the right MD5; the sum is that of "
        "their rates."])


def name(count: int) -> str:
    return "1 client" if count == 1 else f"{count} clients"


def measure(load: Path, server: Server, kind: tuple, count: int, seconds: float,
            shares: dict[str, list[Share]]) -> Sample:
    way, block, window = kind
    before = server.background.cpu_seconds()
    usage, output = processes.measure(
        [load, way, server.port, count, block, FILE_BYTES // block, window, seconds])
    server_cpu = server.background.cpu_seconds() - before
    clients = json.loads(output)["clients"]
    rates = [client["bytes"] / MEGABYTE / client["seconds"] for client in clients]
    waited = max(client["longest_wait"] for client in clients)
    shares.setdefault(name(count), []).append(Share(min(rates) * count / sum(rates), waited))
    return Sample(sum(rates), usage.cpu_seconds, server_cpu)


def best(shares: list[Share]) -> Share:
    return max(shares, key=lambda share: share.of_fair)


def noted(row: Row, shares: list[Share]) -> Row:
    share = best(shares)
    return dataclasses.replace(row, note=f"worst: {share.of_fair:.2f} of its share; longest wait "
                                         f"{share.longest_wait_seconds * 1000:.0f} ms")
