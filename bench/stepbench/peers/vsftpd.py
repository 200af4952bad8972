"""curl and lftp to vsftpd: nothing is verified, nothing encrypted."""

import os
import pwd
from pathlib import Path

from stepbench import packages, processes
from stepbench.peers import Peer, megabytes
from stepbench.processes import Background
from stepbench.results import Sample


class Vsftpd(Peer):
    """Serves anybody, as the user ftp, who owns the store; root only."""

    def __init__(self, store: Path, settings: Path):
        super().__init__(store)
        if os.geteuid() != 0:
            raise packages.NotHere("vsftpd serves anybody only when root starts it: run bench/run as root")
        program = packages.find("vsftpd")
        self.owner = pwd.getpwnam("ftp")
        os.chown(store, self.owner.pw_uid, self.owner.pw_gid)
        port = processes.free_port()
        (settings / "empty").mkdir()
        (settings / "vsftpd.conf").write_text(
            f"listen=YES\nlisten_address=127.0.0.1\nlisten_port={port}\nbackground=NO\nanonymous_enable=YES\n"
            f"no_anon_password=YES\nanon_root={store.parent}\nanon_upload_enable=YES\nanon_mkdir_write_enable=YES\n"
            "anon_other_write_enable=YES\nanon_umask=022\nwrite_enable=YES\nxferlog_enable=NO\n"
            f"seccomp_sandbox=NO\nsecure_chroot_dir={settings}/empty\n")
        self.server = self.enter_context(Background([program, settings / "vsftpd.conf"]))
        self.server.wait_for_port(port)
        self.port = port
        self.url = f"ftp://127.0.0.1:{port}/{store.name}/"

    def put(self, source: Path) -> Sample:
        return self.checked(lambda: self._curl(megabytes(source), "-T", source, self.url + "arriving"),
                            self.store / "arriving", source.stat().st_size)

    def get(self, source: Path, target: Path) -> Sample:
        link = self.store / "source"
        link.unlink(missing_ok=True)
        link.hardlink_to(source)
        return self.checked(lambda: self._curl(megabytes(source), "-o", target, self.url + "source"), target,
                            source.stat().st_size)

    def put_tree(self, tree: Path, files: int) -> Sample:
        """lftp on eight connections."""
        script = (f"open -p {self.port} 127.0.0.1; "
                  f"mirror -R -P 8 --no-perms {tree} {self.store.name}/{tree.name}; bye")
        return self.checked_tree(
            lambda: self.measured(self.server, files, [packages.find("lftp"), "--norc", "-c", script]), files)

    def _curl(self, work: float, *words) -> Sample:
        return self.measured(self.server, work, [packages.find("curl"), "-sS", *words])
