"""
A child that is warm: Python and the library of workbooks are loaded in it once, and each file gets a fork of it.

The fork is a process of its own, with the command line, the environment, the limits and the end that the reader of
workbooks gives to a child; only starting Python is not done again. The tests that do start it say so.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

CHILD = "chezsoi.files.readers.workbook_child"
_MOST_BYTES = 1 << 20


class WarmChild:
    """Answers as `subprocess` does to the reader of workbooks."""

    PIPE = subprocess.PIPE
    DEVNULL = subprocess.DEVNULL

    def __init__(self) -> None:
        self._options: dict[str, object] = {}
        self._door: socket.socket | None = None
        self._server: subprocess.Popen | None = None

    @contextmanager
    def Popen(self, command, *, stdout, **options):  # noqa: N802  as in `subprocess`
        assert command[:3] == [sys.executable, "-m", CHILD]
        assert stdout == self.PIPE
        door = self._door or self._start(options)
        assert options == self._options
        reading, writing = os.pipe()
        socket.send_fds(door, [_line(command[3:])], [writing])
        os.close(writing)
        reader = int(door.recv(100))
        with os.fdopen(reading, "rb") as output:
            try:
                yield SimpleNamespace(stdout=output, kill=lambda: os.kill(reader, signal.SIGKILL))
            finally:
                door.sendall(_line(reader))
                door.recv(100)

    def _start(self, options) -> socket.socket:
        self._options = options
        self._door, theirs = socket.socketpair()
        with theirs:
            self._server = subprocess.Popen(
                [sys.executable, __file__, str(theirs.fileno())], pass_fds=[theirs.fileno()], **options
            )
        return self._door

    def close(self) -> None:
        if self._door and self._server:
            self._door.close()
            self._server.wait()


def _line(said: object) -> bytes:
    return json.dumps(said).encode() + b"\n"


def serve(door: socket.socket) -> None:
    """Fork a reader for each list of arguments, and wait for the end of each reader that is named."""
    from chezsoi.files.readers import workbook_child

    sys.modules.update(workbook_child._DONE_WITHOUT)
    from chezsoi.files.readers import books  # noqa: F401  what the child loads once its file was inspected

    while True:
        said, outputs, *_ = socket.recv_fds(door, _MOST_BYTES, 1)
        if not said:
            return
        while not said.endswith(b"\n"):
            said += door.recv(_MOST_BYTES)
        asked = json.loads(said)
        if isinstance(asked, int):
            os.waitpid(asked, 0)
            door.sendall(b"gone\n")
        elif reader := os.fork():
            os.close(outputs[0])
            door.sendall(_line(reader))
        else:
            _read(workbook_child, asked, outputs[0])


def _read(workbook_child, arguments: list[str], output: int) -> None:
    try:
        with os.fdopen(output, "w", encoding="utf-8") as stdout:
            workbook_child.main(arguments, stdout.write)
    finally:
        os._exit(0)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
