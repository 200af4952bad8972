"""What a case has found, and the files that keep it."""

import dataclasses
import json
import statistics
from dataclasses import dataclass, field
from pathlib import Path

from stepbench.machine import Machine


@dataclass(frozen=True)
class Sample:
    """One measurement: a value in its table's unit, and what it took where that is known.

    cpu_seconds and peak_bytes are the client's whole process's, server_cpu_seconds the server's meanwhile;
    others_percent is how much of the processors went to programs that have no part in it."""

    value: float
    cpu_seconds: float | None = None
    server_cpu_seconds: float | None = None
    peak_bytes: int | None = None
    others_percent: int | None = None


@dataclass(frozen=True)
class Row:
    name: str
    samples: list[Sample]
    note: str = ""

    def best(self, higher_is_better: bool) -> Sample:
        chosen = max if higher_is_better else min
        return chosen(self.samples, key=lambda sample: sample.value)

    def median(self) -> float:
        return statistics.median(sample.value for sample in self.samples)


@dataclass(frozen=True)
class Table:
    """Rows in one unit; ratios are shown to the rows that `references` names.

    chosen is the word for the sample that counts, the highest or the lowest of each row."""

    title: str
    unit: str
    rows: list[Row]
    higher_is_better: bool = True
    references: list[str] = field(default_factory=list)
    chosen: str = "best"

    def row(self, name: str) -> Row:
        return next(row for row in self.rows if row.name == name)

    def best(self, name: str) -> float:
        return self.row(name).best(self.higher_is_better).value

    def has(self, name: str) -> bool:
        return any(row.name == name for row in self.rows)

    def ratio(self, name: str, reference: str) -> float:
        return self.best(name) / self.best(reference)


@dataclass(frozen=True)
class Target:
    """What was to be reached: a value that is to be at least, or at most, so much."""

    text: str
    value: float
    bound: float
    at_least: bool = True
    unit: str = ""

    def reached(self) -> bool:
        return self.value >= self.bound if self.at_least else self.value <= self.bound


@dataclass(frozen=True)
class Result:
    case: str
    title: str
    tables: list[Table]
    targets: list[Target]
    notes: list[str] = field(default_factory=list)


def save(folder: Path, result: Result, machine: Machine) -> None:
    """Keeps all samples of a case, over those of an earlier run."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"machine": dataclasses.asdict(machine), "result": dataclasses.asdict(result)}
    (folder / f"{result.case}.json").write_text(json.dumps(content, indent=1) + "\n")


def load(folder: Path) -> dict[str, tuple[Result, Machine]]:
    """All that was kept, by the cases' names."""
    found = {}
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text())
        result = content["result"]
        tables = [Table(**{**table, "rows": [
            Row(row["name"], [Sample(**sample) for sample in row["samples"]], row["note"]) for row in table["rows"]
        ]}) for table in result["tables"]]
        targets = [Target(**target) for target in result["targets"]]
        found[path.stem] = (Result(**{**result, "tables": tables, "targets": targets}), Machine(**content["machine"]))
    return found
