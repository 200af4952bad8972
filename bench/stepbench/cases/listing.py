"""A folder of 100,000 keys: its first page, all of it, and what the shell makes of it."""

import time
from collections.abc import Callable

from stepbench import native, processes, wire
from stepbench.peers.step import every_key
from stepbench.plan import Plan
from stepbench.programs import Server
from stepbench.results import Result, Row, Sample, Table, Target
from stepbench.workspace import Workspace

USER = "load0"  # the only client of native/load.c


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    load = native.build("load", workspace.folder("programs"))
    store = workspace.folder("store")
    keys = plan.listed_keys
    with Server(plan.programs, store) as server:
        processes.run([load, "put", server.port, 1, 1, 1, 1, 0, keys])
    with Server(plan.programs, store) as server:
        with wire.Connection(server.port).log_in(USER) as connection:
            after_start = Row("first page, the first after a start", [timed(lambda: connection.ask("FILE", "GET"))])
            first = Row("first page", repeated(plan, lambda: connection.ask("FILE", "GET")))
            every = Row("all pages", repeated(plan, lambda: complete(connection, keys)))
            detailed = Row("first page, with details",
                           repeated(plan, lambda: connection.ask("FILE", "GET", detail=True)))
        shell = Row("`ls` of a shell, whole process", [
            Sample(1000 * processes.measure(
                [plan.programs.shell, "--server", server.address, "--user", USER, "-c", "ls"],
                {**plan.programs.environment(), "STEP_PASSWORD": USER})[0].seconds) for _ in range(plan.rounds)])
    table = Table(f"{keys:,} keys of one user", "ms", [first, every, detailed, after_start, shell],
                  higher_is_better=False)
    targets = [Target("`ls`, first page", table.best(first.name), 50, at_least=False, unit=" ms"),
               Target("`ls`, whole list", table.best(every.name), 2000, at_least=False, unit=" ms")]
    return Result("listing", "A long list", [table], targets)


def repeated(plan: Plan, action: Callable) -> list[Sample]:
    return [timed(action) for _ in range(2 * plan.rounds)]


def timed(action: Callable) -> Sample:
    start = time.perf_counter()
    action()
    return Sample(1000 * (time.perf_counter() - start))


def complete(connection: wire.Connection, keys: int) -> None:
    found = len(every_key(connection))
    if found != keys:
        raise processes.CommandFailed(f"{found} of {keys} keys are listed")
