"""step-shell to step-server."""

from pathlib import Path

from stepbench import wire
from stepbench.peers import MEGABYTE, Peer, megabytes
from stepbench.processes import CommandFailed
from stepbench.programs import USER, Programs, Server
from stepbench.results import Sample


class Step(Peer):
    def __init__(self, store: Path, programs: Programs):
        super().__init__(store)
        self.server = self.enter_context(Server(programs, store))

    def digests(self) -> list[str]:
        """The digests that a user can choose from; none as long as there is no setting for it."""
        _, answers = self.server.shell("set")
        settings = [answer for answer in answers if answer.get("setting") == "digest"]
        return ["md5", "sha-256"] if settings else []

    def put_in_session(self, source: Path, digest: str | None = None, puts: int = 2) -> Sample:
        """The last of a shell's first puts, as it says itself how long that took; those before warm it up."""
        return self._last(chosen(digest) + "; rm arriving; ".join([f"put {source} arriving"] * puts), "arriving")

    def put_process(self, source: Path) -> Sample:
        return self._process(megabytes(source), f"put {source} arriving", "arriving")

    def keep(self, source: Path) -> None:
        """Stores a file for the gets to come."""
        self.server.shell(f"put {source} source")

    def get_in_session(self, folder: Path, digest: str | None = None) -> Sample:
        try:
            return self._last(f"{chosen(digest)}get source {folder}/first; get source {folder}/second")
        finally:
            remove(folder / "first", folder / "second")

    def get_process(self, source: Path, folder: Path) -> Sample:
        try:
            return self._process(megabytes(source), f"get source {folder}/first")
        finally:
            remove(folder / "first")

    def put_tree(self, tree: Path, files: int) -> Sample:
        """Its own digest of each file is compared with the server's."""
        sample = self._process(files, f"put -r {tree} tree/")
        with wire.Connection(self.server.port).log_in(USER) as connection:
            keys = every_key(connection)
            if len(keys) != files:
                raise CommandFailed(f"{len(keys)} of {files} files have arrived")
            for key in keys:
                connection.discard(key)
        return sample

    def _last(self, commands: str, *keys: str) -> Sample:
        usage, answers = self.server.shell(commands)
        last = [answer for answer in answers if "seconds" in answer][-1]
        wire.discard(self.server.port, USER, *keys)
        return Sample(last["size"] / MEGABYTE / last["seconds"], peak_bytes=usage.peak_bytes)

    def _process(self, work: float, commands: str, *keys: str) -> Sample:
        before = self.server.background.cpu_seconds()
        usage, _ = self.server.shell(commands)
        after = self.server.background.cpu_seconds()
        wire.discard(self.server.port, USER, *keys)
        return Sample(work / usage.seconds, usage.cpu_seconds, after - before, usage.peak_bytes)


def chosen(digest: str | None) -> str:
    return f"set digest {digest}; " if digest else ""


def remove(*paths: Path) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def every_key(connection: wire.Connection) -> list[str]:
    keys: list[str] = []
    page = connection.ask("FILE", "GET")
    keys += page["file_list"]
    while "after" in page:
        page = connection.ask("FILE", "GET", after=page["after"])
        keys += page["file_list"]
    return keys
