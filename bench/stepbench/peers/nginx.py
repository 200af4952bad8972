"""curl to nginx, which takes PUT (WebDAV): nothing is verified, nothing encrypted."""

import getpass
from pathlib import Path

from stepbench import packages, processes
from stepbench.peers import Peer, megabytes
from stepbench.processes import Background
from stepbench.results import Sample


class Nginx(Peer):
    def __init__(self, store: Path, settings: Path):
        super().__init__(store)
        port = processes.free_port()
        bodies = store.parent / (store.name + "-bodies")  # beside the store, so that a body is only renamed
        bodies.mkdir(exist_ok=True)
        places = "".join(f"{kind}_temp_path {settings}/{kind};\n" for kind in ("proxy", "fastcgi", "uwsgi", "scgi"))
        (settings / "nginx.conf").write_text(
            f"user {getpass.getuser()};\ndaemon off;\nworker_processes auto;\npid {settings}/pid;\n"
            "events { worker_connections 64; }\n"
            "http {\naccess_log off;\nsendfile on;\ntcp_nopush on;\nkeepalive_requests 1000000;\n"
            f"client_max_body_size 0;\nclient_body_temp_path {bodies};\n{places}"
            f"server {{\nlisten 127.0.0.1:{port};\n"
            f"location / {{ root {store}; dav_methods PUT DELETE; create_full_put_path on; }}\n}}\n}}\n")
        self.settings = settings
        self.server = self.enter_context(Background(
            [packages.find("nginx"), "-c", settings / "nginx.conf", "-p", settings, "-e", settings / "errors"]))
        self.server.wait_for_port(port)
        self.url = f"http://127.0.0.1:{port}/"

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
        """One curl, one connection, a request for each file."""
        requests = self.settings / "requests"
        requests.write_text("".join(
            f'upload-file = "{path}"\nurl = "{self.url}{path.relative_to(tree.parent)}"\n'
            for path in sorted(tree.rglob("*")) if path.is_file()))
        return self.checked_tree(lambda: self._curl(files, "-K", requests), files)

    def _curl(self, work: float, *words) -> Sample:
        return self.measured(self.server, work, [packages.find("curl"), "-sS", "-f", "-H", "Expect:", *words])
