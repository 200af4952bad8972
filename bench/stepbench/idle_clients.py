"""Many connections that say one thing and then nothing: python3 -m stepbench.idle_clients PORT COUNT USER.

Prints how many were served, how many were refused with an answer and how many were lost; holds the served ones until it
is ended."""

import json
import resource
import signal
import sys

from stepbench.wire import Connection, RequestRefused

KEY = "small"
BATCH = 100  # at once, so that not every single answer is waited for


def main() -> int:
    port, count, user = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    held = [Connection(port).log_in(user)]
    held[0].ask("DATA", "SAVE", key=KEY)
    refused = lost = 0
    for start in range(1, count, BATCH):
        batch = [Connection(port, held[0].token) for _ in range(start, min(start + BATCH, count))]
        for connection in batch:
            try:
                connection.send("DATA", "GET", key=KEY)
            except OSError:
                pass  # refused already, perhaps: what has arrived can still be read
        for connection in batch:
            try:
                connection.answer()
                held.append(connection)
            except RequestRefused:
                refused += 1
            except OSError:
                lost += 1
    print(json.dumps({"served": len(held), "refused": refused, "lost": lost}), flush=True)
    signal.pause()
    return 0


if __name__ == "__main__":
    sys.exit(main())
