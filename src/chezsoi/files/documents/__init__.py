"""Documents that people hand over: what they really are, whether they are safe to keep."""

from chezsoi.files.documents.kinds import EXTENSIONS, MAX_BYTES, Format, check
from chezsoi.files.documents.refusals import Unfit, UnfitDocument
from chezsoi.files.documents.scanning import Scan, scan

__all__ = ["EXTENSIONS", "MAX_BYTES", "Format", "Scan", "Unfit", "UnfitDocument", "check", "scan"]
