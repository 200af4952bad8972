"""The command line of bench/run."""

import argparse
import os
import signal
import sys
from pathlib import Path

from stepbench import cases, report, results
from stepbench.kept_memory import KeptMemory
from stepbench.machine import Machine
from stepbench.packages import NotHere
from stepbench.plan import Plan
from stepbench.processes import CommandFailed
from stepbench.processors import busy_percent
from stepbench.workspace import Workspace

PROJECT = Path(__file__).resolve().parents[2]


def main() -> int:
    arguments = parse()
    if arguments.list:
        for name, case in cases.ALL.items():
            print(f"{name:12}{case.__doc__.strip().splitlines()[0]}")
        return 0
    chosen = arguments.cases or list(cases.ALL)
    folder = arguments.results
    keeps = not arguments.quick or arguments.keep
    plan = Plan.quick(arguments) if arguments.quick else Plan.full(arguments)
    failed = False
    with KeptMemory():
        for name in chosen:
            busy = busy_percent()
            progress(f"=== {name} (others take {busy} % of the processors)")
            try:
                with Workspace(arguments.memory, arguments.disk) as workspace:
                    result = cases.ALL[name].run(plan, workspace)
            except (NotHere, CommandFailed, OSError) as problem:
                print(f"bench/run: {name}: {problem}", file=sys.stderr)
                failed = True
                continue
            machine = Machine.here(plan.programs, busy)
            print(report.case_section(result, machine, title_level=2), flush=True)
            if keeps:
                results.save(folder, result, machine)
    if keeps and folder == PROJECT / "docs" / "performance":
        report.update(PROJECT / "docs" / "PERFORMANCE.md", results.load(folder))
    return 1 if failed else 0


def parse() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bench/run", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help="what to measure (default: everything; see --list)")
    parser.add_argument("--list", action="store_true", help="show the cases")
    parser.add_argument("--quick", action="store_true", help="small sizes, two rounds; shows the results only")
    parser.add_argument("--keep", action="store_true", help="keep the results of --quick, too")
    parser.add_argument("--rounds", type=int, metavar="N", help="how often everything is repeated")
    parser.add_argument("--programs", type=Path, default=PROJECT, metavar="CHECKOUT",
                        help="measure the step-shell and step-server of another checkout of the project")
    parser.add_argument("--java", type=Path, metavar="HOME", help="the JDK they run on (default: as they choose)")
    parser.add_argument("--memory", type=Path, default=Path("/dev/shm"), metavar="DIR",
                        help="where files and stores lie: a tmpfs, with 5 GiB free (default: /dev/shm)")
    parser.add_argument("--disk", type=Path, default=Path("/var/tmp"), metavar="DIR",
                        help="where the files of the case \"linear\" lie: a disk, with 25 GiB free (default: /var/tmp)")
    parser.add_argument("--results", type=Path, default=PROJECT / "docs" / "performance", metavar="DIR",
                        help="where the raw numbers go; any other place than the default leaves the document alone")
    arguments = parser.parse_args()
    unknown = [name for name in arguments.cases if name not in cases.ALL]
    if unknown:
        parser.error(f"there is no case {unknown[0]}; --list shows them")
    return arguments


def progress(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def end(signal_number: int, _) -> None:
    sys.exit(128 + signal_number)  # leaves all contexts, which stop what they have started


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, end)
    os.umask(0o022)  # the peers' users read what is made here
    sys.exit(main())
