"""Repeats measurements so that what disturbs the machine for a while disturbs all of them alike."""

import dataclasses
import sys
from collections.abc import Callable

from stepbench.processors import Use
from stepbench.results import Row, Sample


def interleaved(rounds: int, contenders: dict[str, Callable[[], Sample]]) -> list[Row]:
    """Measures each contender once in every round, beginning with another one each time."""
    names = list(contenders)
    samples: dict[str, list[Sample]] = {name: [] for name in names}
    for number in range(rounds):
        first = number % len(names)
        for name in names[first:] + names[:first]:
            before = Use.now()
            sample = contenders[name]()
            others = before.others_percent()
            samples[name].append(dataclasses.replace(sample, others_percent=others))
            print(f"  {number + 1}/{rounds}  {name}: {sample.value:,.4g}  (others: {others} %)", file=sys.stderr,
                  flush=True)
    return [Row(name, samples[name]) for name in names]
