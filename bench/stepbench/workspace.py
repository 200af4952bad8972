"""Where files, stores and the compiled programs lie while a case runs."""

import os
import random
import shutil
import tempfile
from pathlib import Path

PIECE = 1 << 20
SEED = 5
FILES_IN_FOLDER = 1000


class Workspace:
    """Folders in memory and on the disk, removed at the end; a context manager."""

    def __init__(self, memory: Path, disk: Path):
        self._roots = {"memory": memory, "disk": disk}
        self._folders: dict[str, Path] = {}

    def __enter__(self) -> "Workspace":
        return self

    def __exit__(self, *_) -> None:
        for folder in self._folders.values():
            shutil.rmtree(folder, ignore_errors=True)

    @property
    def memory(self) -> Path:
        return self._root("memory")

    @property
    def disk(self) -> Path:
        return self._root("disk")

    def folder(self, name: str) -> Path:
        """A folder in memory, made if need be, which everybody may enter."""
        folder = self.memory / name
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def file(self, name: str, size: int, folder: Path | None = None) -> Path:
        """A file of random bytes, the same in every run; in memory unless a folder is given."""
        path = (folder or self.memory) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        chance = random.Random(f"{SEED} {name}")
        with path.open("wb") as file:
            for start in range(0, size, PIECE):
                file.write(chance.randbytes(min(PIECE, size - start)))
        return path

    def tree(self, name: str, files: int, size: int) -> Path:
        """A folder of many files of random bytes, a thousand in each of its folders."""
        top = self.folder(name)
        chance = random.Random(f"{SEED} {name}")
        for number in range(files):
            folder = top / f"{number // FILES_IN_FOLDER:03}"
            folder.mkdir(exist_ok=True)
            (folder / f"{number % FILES_IN_FOLDER:03}.bin").write_bytes(chance.randbytes(size))
        return top

    def _root(self, kind: str) -> Path:
        if kind not in self._folders:
            folder = Path(tempfile.mkdtemp(prefix="step-bench-", dir=self._roots[kind]))
            os.chmod(folder, 0o755)
            self._folders[kind] = folder
        return self._folders[kind]


def empty(folder: Path) -> None:
    """Removes what is in a folder."""
    for entry in folder.iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
