"""Results as Markdown, and the part of the document that is generated."""

from pathlib import Path

from stepbench import cases
from stepbench.machine import Machine
from stepbench.results import Result, Table, Target

BEGIN = "<!-- measured by bench/run: what stands between these two lines is generated -->"
END = "<!-- end of what bench/run generates -->"
MIB = 1 << 20
DISTURBED_PERCENT = 5


def update(document: Path, found: dict[str, tuple[Result, Machine]]) -> None:
    """Replaces the generated part of the document.

    Raises OSError if the document does not have its two marks."""
    text = document.read_text()
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise OSError(f"{document} has lost its marks: add the lines\n{BEGIN}\n{END}")
    document.write_text(before + BEGIN + "\n\n" + generated(found) + "\n" + END + after)


def generated(found: dict[str, tuple[Result, Machine]]) -> str:
    ordered = [found[name] for name in cases.ALL if name in found]
    targets = [target for result, _ in ordered for target in result.targets]
    sections = [machine_lines(ordered[0][1]), targets_table(targets)]
    sections += [case_section(result, machine, title_level=3) for result, machine in ordered]
    return "\n".join(sections)


def machine_lines(machine: Machine) -> str:
    versions = " · ".join(f"{name} {version}" for name, version in machine.versions.items())
    return (f"{machine.cores} cores of {machine.processor}, {machine.memory_gib} GiB · {machine.system}, Linux "
            f"{machine.kernel}, TCP {machine.congestion_control} · {versions}\n")


def targets_table(targets: list[Target]) -> str:
    lines = ["| what is to be reached | | measured | |", "|---|---|---|---|"]
    for target in targets:
        sign = "≥" if target.at_least else "≤"
        lines.append(f"| {target.text} | {sign} {number(target.bound)}{target.unit} | "
                     f"{number(target.value)}{target.unit} | {'reached' if target.reached() else '**missed**'} |")
    return "\n".join(lines) + "\n"


def case_section(result: Result, machine: Machine, title_level: int) -> str:
    lines = [f"{'#' * title_level} {result.title}", "",
             f"`bench/run {result.case}`, {machine.date}, commit {machine.commit}, JDK {machine.java}; other "
             f"programs took {machine.busy_percent} % of the processors at its beginning.", ""]
    for table in result.tables:
        lines += [f"**{table.title}**", "", *table_lines(table), ""]
    lines += [note + "\n" for note in result.notes]
    if title_level == 2 and result.targets:  # a case on its own; the document has one table of all targets
        lines += [targets_table(result.targets)]
    return "\n".join(lines)


def table_lines(table: Table) -> list[str]:
    """Best, median and ratios of each row; what it took, where any row knows."""
    optional = {
        "CPU client": lambda sample: seconds(sample.cpu_seconds),
        "CPU server": lambda sample: seconds(sample.server_cpu_seconds),
        "memory client": lambda sample: mebibytes(sample.peak_bytes),
        "CPU others": lambda sample: percent(sample.others_percent),
    }
    bests = {row.name: row.best(table.higher_is_better) for row in table.rows}
    shown = {name: text for name, text in optional.items() if any(text(best) for best in bests.values())}
    references = [name for name in table.references if table.has(name)]
    heads = ["", f"{table.chosen}, {table.unit}", "median", *(f"× {name}" for name in references), *shown]
    notes = any(row.note for row in table.rows)
    heads += [""] if notes else []
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for row in table.rows:
        best = bests[row.name]
        cells = [row.name, number(best.value), number(row.median()),
                 *(f"{table.ratio(row.name, name):.2f}" for name in references),
                 *(text(best) for text in shown.values()), *([row.note] if notes else [])]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def number(value: float) -> str:
    """Three significant digits, and none beyond the point from 100 on."""
    if abs(value) >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.3g}"


def seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f} s"


def percent(value: int | None) -> str:
    """Nothing for what is not worth a word."""
    return f"{value} %" if value and value > DISTURBED_PERCENT else ""


def mebibytes(value: int | None) -> str:
    return "" if value is None else f"{value / MIB:.0f} MiB"
