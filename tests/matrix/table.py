"""The reviewed table of the matrix, as it is kept."""

import csv
from pathlib import Path

from tests.matrix.proposal import Key
from tests.matrix.world import ACTORS

PATH = Path(__file__).with_name("expected.csv")
ROW = ("url_name", "method", "object_kind")


def read() -> dict[Key, dict[str, str]]:
    """Give what each actor should be told, row by row."""
    with PATH.open(encoding="utf-8", newline="") as file:
        return {(row["url_name"], row["method"], row["object_kind"]): row for row in csv.DictReader(file)}


def write(rows: dict[Key, dict[str, str]]) -> None:
    """Keep the table, one row an address, a method and a kind of thing."""
    with PATH.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((*ROW, *ACTORS))
        writer.writerows((*key, *(cells[actor] for actor in ACTORS)) for key, cells in rows.items())
