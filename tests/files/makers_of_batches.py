"""A source of files, its organisation, and who imports."""

import io
from datetime import UTC, date, datetime

from chezsoi.files.choices import SourceKind
from chezsoi.files.models import ImportBatch, Source
from chezsoi.territories.access import Actor, Can, Scope
from chezsoi.territories.models import Organisation, Territory

CONTENT = b"nom;ville\r\nLEROY;Metz\r\n"


def organisation(key: str = "siao-57") -> Organisation:
    found, _ = Organisation.objects.get_or_create(key=key, defaults={"name": key, "kind": "siao"})
    return found


def source(key: str = "suivi", *, of: str = "siao-57") -> Source:
    territory = Territory.objects.get(key="metz")
    return Source.objects.create(
        territory=territory, organisation=organisation(of), key=key, name=key, kind=SourceKind.PEOPLE
    )


def batch(**values) -> ImportBatch:
    given = {
        "as_of_on": date(2026, 10, 1),
        "opened_at": datetime(2026, 10, 2, tzinfo=UTC),
        "size_bytes": 1,
        "sha256": "0",
    }
    return ImportBatch.objects.create(**{"source": values.get("source") or source(), **given, **values})


def officer(thing: Source, *rights: Can) -> Actor:
    """Build somebody at work in the organisation of a source."""
    return Actor(
        user_id=1,
        label="Officer",
        role="siao_officer",
        scope=Scope.TERRITORY,
        organisation_id=thing.organisation_id,
        territory_ids=frozenset({thing.territory_id}),
        permissions=frozenset(rights or (Can.IMPORT_PEOPLE,)),
    )


def sent(content: bytes = CONTENT) -> io.BytesIO:
    return io.BytesIO(content)
