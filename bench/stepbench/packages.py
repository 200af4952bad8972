"""Which Debian package a program comes from."""

import os
import shutil

# sshd and vsftpd are where not everybody's PATH looks.
SEARCHED = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin", "/usr/lib/openssh"])

PACKAGES = {
    "curl": "curl",
    "gcc": "gcc libc6-dev libssl-dev",
    "ip": "iproute2",
    "iperf3": "iperf3",
    "lftp": "lftp",
    "md5sum": "coreutils",
    "nginx": "nginx",
    "openssl": "openssl",
    "rsync": "rsync",
    "scp": "openssh-client",
    "sftp": "openssh-client",
    "sftp-server": "openssh-sftp-server",
    "ssh-keygen": "openssh-client",
    "sshd": "openssh-server",
    "vsftpd": "vsftpd",
}


class NotHere(Exception):
    """This machine lacks what a case needs; says what, and what to do."""


def find(program: str) -> str:
    """The path of a program.

    Raises NotHere if it is not installed."""
    path = shutil.which(program, path=SEARCHED)
    if path is None:
        raise NotHere(f"{program} is needed: apt install {PACKAGES[program]}")
    return path
