"""How much is measured, and of which programs."""

import argparse
from dataclasses import dataclass
from pathlib import Path

from stepbench.programs import Programs

MIB = 1 << 20


@dataclass(frozen=True)
class Plan:
    """Sizes are in bytes, times in seconds."""

    programs: Programs
    rounds: int
    large_file: int
    small_files: int
    slow_line_file: int
    load_seconds: float
    idle_connections: int
    idle_connections_on_17: int
    legacy_files: tuple[int, ...]
    listed_keys: int
    disk_file: int
    linear_blocks: int
    heap_samples: int

    @staticmethod
    def full(arguments: argparse.Namespace) -> "Plan":
        return Plan(
            programs=Programs(arguments.programs, arguments.java),
            rounds=arguments.rounds or 3,
            large_file=1024 * MIB,
            small_files=20_000,
            slow_line_file=256 * MIB,
            load_seconds=5,
            idle_connections=10_000,
            idle_connections_on_17=2_000,
            legacy_files=(10 * MIB, 100 * MIB),
            listed_keys=100_000,
            disk_file=1024 * MIB,
            linear_blocks=1_000_000,
            heap_samples=4,
        )

    @staticmethod
    def quick(arguments: argparse.Namespace) -> "Plan":
        return Plan(
            programs=Programs(arguments.programs, arguments.java),
            rounds=arguments.rounds or 2,
            large_file=128 * MIB,
            small_files=1_000,
            slow_line_file=64 * MIB,
            load_seconds=1,
            idle_connections=500,
            idle_connections_on_17=200,
            legacy_files=(2 * MIB, 10 * MIB),
            listed_keys=5_000,
            disk_file=64 * MIB,
            linear_blocks=40_000,
            heap_samples=2,
        )
