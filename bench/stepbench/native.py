"""The C programs, compiled when they are needed."""

from pathlib import Path

from stepbench import packages, processes

SOURCES = Path(__file__).resolve().parents[1] / "native"
LIBRARIES = {"limit": ["-lcrypto"], "load": ["-lcrypto", "-lpthread"], "slow_line": []}


def build(name: str, folder: Path) -> Path:
    """Compiles one of the programs into a folder.

    Raises NotHere without a compiler, CommandFailed without OpenSSL's headers."""
    program = folder / name
    if not program.exists():
        processes.run([packages.find("gcc"), "-O2", "-o", program, SOURCES / f"{name}.c", *LIBRARIES[name]])
    return program
