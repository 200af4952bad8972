"""STEP as bytes: just enough of a client to prepare and to clean up, and to be many at once."""

import hashlib
import json
import socket
import struct


class RequestRefused(Exception):
    """The server answered with another status than 200."""


class Connection:
    """One connection to a server, logged in or with a token from elsewhere; a context manager."""

    def __init__(self, port: int, token: str | None = None, source: str = "127.0.0.1"):
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60, source_address=(source, 0))
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.token = token

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def log_in(self, user: str) -> "Connection":
        answer = self.ask("AUTH", "LOGIN", username=user, password=hashlib.md5(user.encode()).hexdigest(), features=[])
        self.token = answer["token"]
        return self

    def ask(self, resource: str, operation: str, binary: bytes = b"", **fields) -> dict:
        """One request; returns its answer. Raises RequestRefused if its status is not 200."""
        self.send(resource, operation, binary, **fields)
        return self.answer()

    def send(self, resource: str, operation: str, binary: bytes = b"", **fields) -> None:
        named = {"token": self.token} if self.token else {}
        head = {"type": resource, "operation": operation, "direction": "REQUEST"}
        text = json.dumps({**head, **named, **fields}).encode()
        self._socket.sendall(struct.pack("!II", len(text), len(binary)) + text + binary)

    def answer(self) -> dict:
        text_length, binary_length = struct.unpack("!II", self._read(8))
        answer = json.loads(self._read(text_length))
        self._read(binary_length)
        if answer["status"] != 200:
            raise RequestRefused(answer)
        return answer

    def discard(self, key: str) -> None:
        """Removes a file or an unfinished upload, if there is one."""
        try:
            self.ask("FILE", "DELETE", key=key)
        except RequestRefused:
            pass  # which is also how the end of an unfinished upload is confirmed

    def _read(self, count: int) -> bytes:
        data = bytearray()
        while len(data) < count:
            piece = self._socket.recv(count - len(data))
            if not piece:
                raise ConnectionError("the server closed the connection")
            data += piece
        return bytes(data)


def discard(port: int, user: str, *keys: str) -> None:
    """Removes files, on a connection of its own."""
    with Connection(port).log_in(user) as connection:
        for key in keys:
            connection.discard(key)
