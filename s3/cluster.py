"""The cluster that ceph-lab.sh has started: CEPH_LAB names that script, LAB its folder."""

import json
import os
import pathlib
import signal
import subprocess

GATEWAY = "radosgw"
OBJECT_DAEMON = "ceph-osd"


def start_again(kind, number):
    """A gateway or an osd that was killed."""
    subprocess.run(["bash", os.environ["CEPH_LAB"], kind, str(number)], stdout=subprocess.DEVNULL, timeout=120)


def processes():
    """The command line of each of its processes, by their numbers."""
    found = {}
    for entry in pathlib.Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue  # has just ended
        if f"{os.environ['LAB']}/ceph.conf" in words:
            found[int(entry.parent.name)] = words
    return found


def kill(program, name):
    """Kills the process that runs as this one of its kind."""
    found = [pid for pid, words in processes().items() if words[0].endswith(program) and name in words]
    if len(found) != 1:
        raise OSError(f"{len(found)} processes are {program} {name}")
    os.kill(found[0], signal.SIGKILL)


def requests():
    """How many requests both gateways have got so far; and of them, those that read an object and those that write one."""
    counts = [0, 0, 0]
    for number in (0, 1):
        socket = f"{os.environ['LAB']}/client.rgw.{number}.asok"
        dump = subprocess.run(["ceph", "daemon", socket, "perf", "dump", "rgw"], capture_output=True, text=True, check=True)
        gateway = json.loads(dump.stdout)["rgw"]
        counts = [count + gateway[name] for count, name in zip(counts, ("req", "get", "put"))]
    return counts
