"""A large file from the server, beside every peer and the limit program."""

from contextlib import ExitStack

from stepbench.peers.limit import Limit
from stepbench.peers.nginx import Nginx
from stepbench.peers.rsync import Rsync
from stepbench.peers.ssh import Ssh
from stepbench.peers.step import Step
from stepbench.peers.vsftpd import Vsftpd
from stepbench.plan import MIB, Plan
from stepbench.results import Result, Table, Target
from stepbench.rounds import interleaved
from stepbench.workspace import Workspace

LIMIT = "limit"
SFTP = "sftp get"
SESSION = "get, in a session"
SESSION_MD5 = "get, in a session, md5"


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    source = workspace.file("source", plan.large_file)
    arriving = workspace.folder("arriving")
    target = arriving / "target"
    with ExitStack() as peers:
        step = peers.enter_context(Step(workspace.folder("step"), plan.programs))
        limit = peers.enter_context(Limit(workspace.folder("limit"), workspace.folder("programs")))
        ssh = peers.enter_context(Ssh(workspace.folder("ssh"), workspace.folder("ssh-settings")))
        rsync = peers.enter_context(Rsync(workspace.folder("rsync"), workspace.folder("rsync-settings")))
        nginx = peers.enter_context(Nginx(workspace.folder("nginx"), workspace.folder("nginx-settings")))
        vsftpd = peers.enter_context(Vsftpd(workspace.folder("vsftpd"), workspace.folder("vsftpd-settings")))
        step.keep(source)
        rows = interleaved(plan.rounds, {
            LIMIT: lambda: limit.put(source),
            "limit, only the receiver hashes": lambda: limit.get(source),
            SESSION: lambda: step.get_in_session(arriving),
            SESSION_MD5: lambda: step.get_in_session(arriving, "md5"),
            "get, whole process": lambda: step.get_process(source, arriving),
            SFTP: lambda: ssh.sftp_get(source, target),
            "scp": lambda: ssh.scp_get(source, target),
            "rsync daemon": lambda: rsync.get(source, target),
            "curl from nginx": lambda: nginx.get(source, target),
            "curl from vsftpd": lambda: vsftpd.get(source, target),
        })
    table = Table(f"get of {plan.large_file // MIB} MiB, store and files in memory", "MB/s", rows,
                  references=[LIMIT, SFTP])
    targets = [Target("get in a session, × limit", table.ratio(SESSION, LIMIT), 1.15)]
    return Result("get", "A large file from the server", [table], targets)
