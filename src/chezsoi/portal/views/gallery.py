"""Every component in every state: the visual test, open to whoever builds with them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from chezsoi.territories.access import Request, public
from chezsoi.territories.contours import borders_of, communes_drawn
from chezsoi.ui import gallery as components
from chezsoi.ui.maps import Map, Place
from chezsoi.ui.responses import page

METZ = (("57463", "Metz", 52), ("57447", "Marly", 9), ("57751", "Woippy", 13), ("57480", "Montigny-lès-Metz", 24),
        ("57616", "Saint-Julien-lès-Metz", None), ("57412", "Longeville-lès-Metz", None),
        ("57032", "Ars-sur-Moselle", 1))  # fmt: skip
PAS_DE_CALAIS = (("62041", "Arras", 212), ("62193", "Calais", 164), ("62160", "Boulogne-sur-Mer", 97),
                 ("62498", "Lens", 121), ("62510", "Liévin", 48), ("62119", "Béthune", 55), ("62765", "Saint-Omer", 31),
                 ("62427", "Hénin-Beaumont", 40), ("62108", "Berck", 7), ("62588", "Montreuil-sur-Mer", 2),
                 ("62767", "Saint-Pol-sur-Ternoise", 5), ("62080", "Bapaume", 3))  # fmt: skip


@public("components hold no data")
@require_safe
def gallery(request: Request) -> HttpResponse:
    return page(request, "ui/gallery.html", components.context(maps()))


def maps() -> Iterator[Map]:
    """Give a map without value, of one commune, with hidden values, and of the territory with the most communes."""
    moselle = communes_drawn("57")
    unknown = [(code, name, 0) for code, name, _count in METZ]
    yield _map("map-empty", "Aucun logement dans ces communes.", unknown, moselle, elsewhere="aucun logement")
    yield _map("map-one", "Amiens\u202f: 18 logements.", [("80021", "Amiens", 18)], {"80021"})
    yield _map(
        "map-hidden",
        "Metz\u202f: 52 logements, Montigny-lès-Metz\u202f: 24.",
        METZ,
        moselle,
        elsewhere="aucun logement",
    )
    largest = communes_drawn("62")
    yield _map(
        "map-large",
        "Arras\u202f: 212 logements, Calais\u202f: 164.",
        PAS_DE_CALAIS,
        largest,
        elsewhere="aucun logement",
    )


def _map(
    key: str, finding: str, values: Sequence[tuple[str, str, int | None]], codes: Collection[str], elsewhere: str = ""
) -> Map:
    return Map(
        key=key,
        finding=finding,
        unit="logements",
        axis="Commune",
        places=[
            Place(
                key=code,
                label=name,
                value=count,
                said="moins de 5" if count is None else "",
                url=f"#{key}-{code}",
                population=len(values) - rank,
            )
            for rank, (code, name, count) in enumerate(values)
        ],
        borders=borders_of(codes),
        elsewhere=elsewhere,
        hidden="moins de 5 logements",
        csv_url="#csv",
        csv_label="Ces valeurs en CSV",
    )
