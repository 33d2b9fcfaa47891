"""
A faithful enough clamd: its socket, `zINSTREAM`, its answers and its limit, as `man clamd` describes them.

It finds the EICAR test file and nothing else.
"""

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.factories.documents import EICAR

STREAM_LIMIT = 26_214_400


@contextmanager
def running(folder: Path, *, answer: bytes | None = None, is_silent: bool = False) -> Iterator[str]:
    """
    Give the address of a scanner listening on a socket of a folder; `answer` replaces what it would say.

    One that `is_silent` accepts whoever comes and never answers.
    """
    path = folder / "clamd.ctl"
    server = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    server.bind(str(path))
    server.listen()
    thread = threading.Thread(target=_keep_silent if is_silent else _serve, args=(server, answer), daemon=True)
    thread.start()
    try:
        yield f"unix:{path}"
    finally:
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(5)


def _serve(server: socket.socket, answer: bytes | None) -> None:
    while True:
        try:
            channel, _address = server.accept()
        except OSError:
            return
        with channel:
            said = _examine(channel)
            channel.sendall(said if answer is None else answer)


def _keep_silent(server: socket.socket, _answer: bytes | None) -> None:
    channels = []
    with contextlib.suppress(OSError):
        while True:
            channels.append(server.accept()[0])
    for channel in channels:
        channel.close()


def _examine(channel: socket.socket) -> bytes:
    if _exactly(channel, 10) != b"zINSTREAM\0":
        return b"UNKNOWN COMMAND\0"
    content = b""
    while (length := struct.unpack(">I", _exactly(channel, 4))[0]) > 0:
        content += _exactly(channel, length)
        if len(content) > STREAM_LIMIT:
            return b"INSTREAM size limit exceeded. ERROR\0"
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


def _exactly(channel: socket.socket, count: int) -> bytes:
    found = b""
    while len(found) < count:
        piece = channel.recv(count - len(found))
        if not piece:
            break
        found += piece
    return found
