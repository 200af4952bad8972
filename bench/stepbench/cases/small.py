"""Many small files to the server, beside the peers."""

from contextlib import ExitStack

from stepbench.peers.nginx import Nginx
from stepbench.peers.rsync import Rsync
from stepbench.peers.ssh import Ssh
from stepbench.peers.step import Step
from stepbench.peers.vsftpd import Vsftpd
from stepbench.plan import Plan
from stepbench.results import Result, Table, Target
from stepbench.rounds import interleaved
from stepbench.workspace import Workspace

SIZE = 4096
STEP = "put -r"
SFTP = "sftp put -r"
RSYNC = "rsync daemon"


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    files = plan.small_files
    tree = workspace.tree("tree", files, SIZE)
    with ExitStack() as peers:
        step = peers.enter_context(Step(workspace.folder("step"), plan.programs))
        ssh = peers.enter_context(Ssh(workspace.folder("ssh"), workspace.folder("ssh-settings")))
        rsync = peers.enter_context(Rsync(workspace.folder("rsync"), workspace.folder("rsync-settings")))
        nginx = peers.enter_context(Nginx(workspace.folder("nginx"), workspace.folder("nginx-settings")))
        vsftpd = peers.enter_context(Vsftpd(workspace.folder("vsftpd"), workspace.folder("vsftpd-settings")))
        rows = interleaved(plan.rounds, {
            STEP: lambda: step.put_tree(tree, files),
            SFTP: lambda: ssh.put_tree(tree, files),
            "lftp to vsftpd, 8 connections": lambda: vsftpd.put_tree(tree, files),
            "curl PUT to nginx": lambda: nginx.put_tree(tree, files),
            RSYNC: lambda: rsync.put_tree(tree, files),
        })
    table = Table(f"{files:,} files of 4 KiB, whole processes, store and files in memory", "files/s", rows,
                  references=[SFTP, RSYNC])
    targets = [Target("put -r of small files, × sftp put -r", table.ratio(STEP, SFTP), 3),
               Target("put -r of small files, × rsync (an aim)", table.ratio(STEP, RSYNC), 1)]
    return Result("small", "Many small files", [table], targets)
