"""
Open a workbook and print its table, one JSON message a line, under limits that the system enforces.

Run as `python -m chezsoi.files.readers.workbook_child FILE [EXPECTED NAME …]`. The last line is `["end"]`, or
`["refused", reason]`; anything else means that the process was stopped.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from chezsoi.files.readers import limits
from chezsoi.files.readers.archive import inspect_archive
from chezsoi.files.readers.refusals import Refusal, UnreadableFile

_DONE_WITHOUT: dict[str, Any] = dict.fromkeys(("numpy", "PIL", "lxml"))


def main(arguments: list[str], write: Callable[[str], Any]) -> None:
    """Print the table of a workbook, or why there is none."""
    limit_itself()
    sys.modules.update(_DONE_WITHOUT)  # the library would load them for nothing
    path, expected = Path(arguments[0]), frozenset(arguments[1:])
    try:
        inspect_archive(path)
        from chezsoi.files.readers.books import messages  # only now, and only in this process

        for message in messages(path, expected):
            write(json.dumps(message) + "\n")
    except UnreadableFile as unreadable:
        write(json.dumps(["refused", unreadable.refusal]) + "\n")
    except (MemoryError, RecursionError):
        write(json.dumps(["refused", Refusal.TOO_DEMANDING]) + "\n")
    except Exception:  # a damaged workbook makes the library raise anything at all
        write(json.dumps(["refused", Refusal.DAMAGED]) + "\n")


def limit_itself() -> None:
    """Take little memory and little time from now on, and leave no core file."""
    for name, most in (
        ("RLIMIT_AS", limits.CHILD_MEMORY_BYTES),
        ("RLIMIT_CPU", limits.CHILD_CPU_SECONDS),
        ("RLIMIT_CORE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (ValueError, OSError):  # macOS refuses a limit on address space; the wall clock remains
            continue


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdout.write)
