"""rsync to its own daemon: whole files, nothing encrypted."""

from pathlib import Path

from stepbench import packages, processes
from stepbench.peers import Peer, megabytes
from stepbench.processes import Background
from stepbench.results import Sample


class Rsync(Peer):
    def __init__(self, store: Path, settings: Path):
        super().__init__(store)
        port = processes.free_port()
        (settings / "rsyncd.conf").write_text(
            f"port = {port}\naddress = 127.0.0.1\nuse chroot = no\n[store]\npath = {store}\nread only = no\n"
            "uid = root\ngid = root\n")
        self.server = self.enter_context(
            Background([packages.find("rsync"), "--daemon", "--no-detach", "--config", settings / "rsyncd.conf"]))
        self.server.wait_for_port(port)
        self.url = f"rsync://127.0.0.1:{port}/store/"

    def put(self, source: Path) -> Sample:
        return self.checked(lambda: self._rsync(megabytes(source), source, self.url + "arriving"),
                            self.store / "arriving", source.stat().st_size)

    def get(self, source: Path, target: Path) -> Sample:
        """Fetches a file by a link to it."""
        link = self.store / "source"
        link.unlink(missing_ok=True)
        link.hardlink_to(source)
        return self.checked(lambda: self._rsync(megabytes(source), self.url + "source", target), target,
                            source.stat().st_size)

    def put_tree(self, tree: Path, files: int) -> Sample:
        return self.checked_tree(lambda: self._rsync(files, "-r", tree, self.url), files)

    def _rsync(self, work: float, *words) -> Sample:
        return self.measured(self.server, work, [packages.find("rsync"), "--whole-file", *words])
