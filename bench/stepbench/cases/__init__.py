"""What is measured: each case is a module with a function run(plan, workspace) that returns a Result."""

from stepbench.cases import clients, get, idle, legacy, linear, listing, memory, put, slow_line, small

ALL = {
    "put": put,
    "get": get,
    "small": small,
    "slow-line": slow_line,
    "clients": clients,
    "idle": idle,
    "legacy": legacy,
    "memory": memory,
    "listing": listing,
    "linear": linear,
}
