"""A large file to the server, beside every peer and the limit program."""

from contextlib import ExitStack

from stepbench import packages, processes
from stepbench.peers import megabytes
from stepbench.peers.limit import Limit
from stepbench.peers.nginx import Nginx
from stepbench.peers.rsync import Rsync
from stepbench.peers.ssh import Ssh
from stepbench.peers.step import Step
from stepbench.peers.vsftpd import Vsftpd
from stepbench.plan import MIB, Plan
from stepbench.results import Result, Sample, Table, Target
from stepbench.rounds import interleaved
from stepbench.workspace import Workspace

LIMIT = "limit"
SFTP = "sftp put"
# By the fourth put of a shell its compilers, and by and by those of the server, have done what they will do.
WARM = 4


def run(plan: Plan, workspace: Workspace) -> Result:
    plan.programs.make_ready()
    source = workspace.file("source", plan.large_file)
    with ExitStack() as peers:
        step = peers.enter_context(Step(workspace.folder("step"), plan.programs))
        limit = peers.enter_context(Limit(workspace.folder("limit"), workspace.folder("programs")))
        ssh = peers.enter_context(Ssh(workspace.folder("ssh"), workspace.folder("ssh-settings")))
        rsync = peers.enter_context(Rsync(workspace.folder("rsync"), workspace.folder("rsync-settings")))
        nginx = peers.enter_context(Nginx(workspace.folder("nginx"), workspace.folder("nginx-settings")))
        vsftpd = peers.enter_context(Vsftpd(workspace.folder("vsftpd"), workspace.folder("vsftpd-settings")))
        digests = step.digests()
        contenders = {LIMIT: lambda: limit.put(source)}
        for digest in digests or [None]:
            contenders[in_session(digest)] = lambda digest=digest: step.put_in_session(source, digest)
            contenders[in_session(digest, WARM)] = lambda digest=digest: step.put_in_session(source, digest, WARM)
        contenders |= {
            "put, whole process": lambda: step.put_process(source),
            SFTP: lambda: ssh.sftp_put(source),
            "scp": lambda: ssh.scp_put(source),
            "rsync daemon": lambda: rsync.put(source),
            "curl PUT to nginx": lambda: nginx.put(source),
            "curl to vsftpd": lambda: vsftpd.put(source),
            "MD5 alone": lambda: hashed(["md5sum", source], source),
            "SHA-256 alone": lambda: hashed(["openssl", "dgst", "-sha256", source], source),
        }
        rows = interleaved(plan.rounds, contenders)
    table = Table(f"put of {plan.large_file // MIB} MiB, store and files in memory", "MB/s", rows,
                  references=[LIMIT, SFTP])
    targets = [Target("put in a session with MD5, × limit", table.ratio(in_session(digest), LIMIT), 0.95)
               for digest in digests[:1] or [None]]
    targets += [Target("put in a session with SHA-256, × limit", table.ratio(in_session(digest), LIMIT), 1.3)
                for digest in digests[1:]]
    whole = "put, whole process"
    targets += [Target("put as a whole process, × limit", table.ratio(whole, LIMIT), 0.85),
                Target("put as a whole process, × sftp put", table.ratio(whole, SFTP), 1.6)]
    return Result("put", "A large file to the server", [table], targets)


def in_session(digest: str | None, puts: int = 2) -> str:
    return "put, in a session" + (f", {digest}" if digest else "") + (f", the {puts}th" if puts > 2 else "")


def hashed(command: list, source) -> Sample:
    usage, _ = processes.measure([packages.find(command[0]), *command[1:]])
    return Sample(megabytes(source) / usage.seconds, usage.cpu_seconds)
