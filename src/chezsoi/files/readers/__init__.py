"""
Read the tables that services send, whatever is wrong with them.

A file gives a `Table` or raises `UnreadableFile` with one sentence; never part of a table, never a traceback.
"""

from chezsoi.files.readers.reading import read_table
from chezsoi.files.readers.refusals import Refusal, UnreadableFile
from chezsoi.files.readers.table import Row, RowProblem, Table

__all__ = ["Refusal", "Row", "RowProblem", "Table", "UnreadableFile", "read_table"]
