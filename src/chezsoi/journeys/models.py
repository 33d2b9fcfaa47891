"""What acts across apps must remember: why a file is kept longer, what was erased, when."""

from chezsoi.journeys.retention.models import ArchiveJustification, PurgeRun, Tombstone

__all__ = ["ArchiveJustification", "PurgeRun", "Tombstone"]
