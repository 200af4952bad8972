"""Thousands of connections that are logged in and idle: the server's memory, and how it serves one more client."""

import json
import os
import resource
import sys
import time
from pathlib import Path

from stepbench.packages import NotHere
from stepbench.plan import MIB, Plan
from stepbench.processes import Background
from stepbench.programs import Programs, Server, newest_java
from stepbench.results import Result, Row, Sample, Table, Target
from stepbench.wire import Connection
from stepbench.workspace import Workspace

FIRST_WITH_VIRTUAL_THREADS = 21
REQUESTS = 200
SETTLE_SECONDS = 2
SPARE_DESCRIPTORS = 500


def run(plan: Plan, workspace: Workspace) -> Result:
    _, descriptors = resource.getrlimit(resource.RLIMIT_NOFILE)
    if descriptors < plan.idle_connections + SPARE_DESCRIPTORS:
        raise NotHere(f"{plan.idle_connections} connections need more file descriptors than the {descriptors} "
                      "allowed: raise the hard limit (ulimit -Hn)")
    resource.setrlimit(resource.RLIMIT_NOFILE, (descriptors, descriptors))
    plan.programs.make_ready()
    memory, latency, targets = [], [], []
    for programs in jdks(plan.programs):
        feature = int(programs.java_version().partition(".")[0])
        virtual = feature >= FIRST_WITH_VIRTUAL_THREADS
        count = plan.idle_connections if virtual else plan.idle_connections_on_17
        name = f"JDK {feature}, {count:,} connections"
        with Server(programs, workspace.folder(f"store-{feature}"), arguments=limits(count + 1)) as server, \
                Connection(server.port).log_in("live") as live:
            empty = server.background.resident_bytes() / MIB
            with idle_clients(server, plan.idle_connections) as clients:
                outcome = json.loads(clients.wait_for_line(r"{.*}").group())
                time.sleep(SETTLE_SECONDS)
                resident = server.background.resident_bytes() / MIB
                waits = latencies(live)
        memory.append(Row(name, [Sample(resident)], f"{empty:.0f} MiB without any; {words(outcome)}"))
        latency.append(Row(name, [Sample(wait) for wait in waits], f"worst: {max(waits):.1f} ms"))
        targets += [Target(f"{name}: resident", resident, 400, at_least=False, unit=" MiB"),
                    Target(f"{name}: connections served", outcome["served"], count),
                    Target(f"{name}: others that got no answer", outcome["lost"], 0, at_least=False),
                    Target(f"{name}: a live client's request, 99 of 100", percentile(waits, 0.99), 10,
                           at_least=False, unit=" ms")]
    tables = [Table("The server's memory with idle connections", "MiB resident", memory, higher_is_better=False),
              Table("A live client's request meanwhile (DATA GET)", "ms", latency, higher_is_better=False)]
    return Result("idle", "Idle connections", tables, targets, [
        "Plain text, one token on all connections, each of which has made one request; the clients are another process."
        f" {plan.idle_connections:,} try to connect; the server is told to take as many as the table says and one "
        "more for the live client (--max-connections, -per-address and -per-user)."])


def jdks(programs: Programs) -> list[Programs]:
    """The JDK that was chosen or is found first, and the newest one."""
    newest = newest_java()
    if newest is None or programs.on(newest).java_version() == programs.java_version():
        return [programs]
    return [programs, programs.on(newest)]


def limits(connections: int) -> tuple:
    allowed = str(connections)
    return ("--max-connections", allowed, "--max-connections-per-address", allowed,
            "--max-connections-per-user", allowed)


def idle_clients(server: Server, count: int) -> Background:
    package = str(Path(__file__).resolve().parents[2])
    return Background([sys.executable, "-m", "stepbench.idle_clients", server.port, count, "idle"],
                      {**os.environ, "PYTHONPATH": package})


def latencies(connection: Connection) -> list[float]:
    """Milliseconds that small requests of one connection take."""
    waits = []
    connection.ask("DATA", "SAVE", key="small")
    for _ in range(REQUESTS):
        start = time.perf_counter()
        connection.ask("DATA", "GET", key="small")
        waits.append((time.perf_counter() - start) * 1000)
    return waits


def percentile(values: list[float], part: float) -> float:
    return sorted(values)[int(part * (len(values) - 1))]


def words(outcome: dict) -> str:
    return f"{outcome['served']:,} served, {outcome['refused']:,} refused, {outcome['lost']:,} lost"
