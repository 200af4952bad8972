"""OpenSSH's sftp and scp, to an sshd with a key made for the occasion."""

import getpass
import os
from pathlib import Path

from stepbench import packages, processes
from stepbench.peers import Peer, megabytes
from stepbench.processes import Background
from stepbench.results import Sample


class Ssh(Peer):
    def __init__(self, store: Path, settings: Path):
        super().__init__(store)
        # sshd asks for safe folders all the way up; nobody else may read the keys.
        self.settings = settings
        settings.chmod(0o700)
        for key in ("host", "client"):
            processes.run([packages.find("ssh-keygen"), "-q", "-t", "ed25519", "-N", "", "-f", settings / key])
        self.port = processes.free_port()
        (settings / "sshd_config").write_text(
            f"ListenAddress 127.0.0.1\nPort {self.port}\nPidFile none\nUsePAM no\nStrictModes no\n"
            f"PasswordAuthentication no\nHostKey {settings}/host\nAuthorizedKeysFile {settings}/client.pub\n"
            f"Subsystem sftp {packages.find('sftp-server')}\n")
        if os.geteuid() == 0:
            Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where it shuts itself in; it refuses without
        self.server = self.enter_context(
            Background([packages.find("sshd"), "-D", "-e", "-f", settings / "sshd_config"]))
        self.server.wait_for_port(self.port)
        self.options = ["-q", "-F", "none", "-i", settings / "client", "-P", self.port,
                        "-o", "StrictHostKeyChecking=no", "-o", f"UserKnownHostsFile={settings}/known"]
        self.host = f"{getpass.getuser()}@127.0.0.1"

    def sftp_put(self, source: Path) -> Sample:
        return self.checked(lambda: self._sftp(megabytes(source), f"put {source} {self.store}/arriving"),
                            self.store / "arriving", source.stat().st_size)

    def sftp_get(self, source: Path, target: Path) -> Sample:
        """Fetches a file that the server can read where it lies."""
        return self.checked(lambda: self._sftp(megabytes(source), f"get {source} {target}"), target,
                            source.stat().st_size)

    def scp_put(self, source: Path) -> Sample:
        command = [packages.find("scp"), *self.options, source, f"{self.host}:{self.store}/arriving"]
        return self.checked(lambda: self.measured(self.server, megabytes(source), command), self.store / "arriving",
                            source.stat().st_size)

    def scp_get(self, source: Path, target: Path) -> Sample:
        command = [packages.find("scp"), *self.options, f"{self.host}:{source}", target]
        return self.checked(lambda: self.measured(self.server, megabytes(source), command), target,
                            source.stat().st_size)

    def put_tree(self, tree: Path, files: int) -> Sample:
        return self.checked_tree(lambda: self._sftp(files, f"put -r {tree} {self.store}/"), files)

    def _sftp(self, work: float, commands: str) -> Sample:
        batch = self.settings / "batch"
        batch.write_text(commands + "\n")
        return self.measured(self.server, work, [packages.find("sftp"), *self.options, "-b", batch, self.host])
