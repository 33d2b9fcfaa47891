"""What the territory's records say, by definition card, and the rows behind each figure."""

from chezsoi.observatory.queries.attributions import Attribution, attributions, days_of_allocation
from chezsoi.observatory.queries.communes import BY_COMMUNE, COMMUNES_HEADER, ByCommune, CommuneValue, by_commune
from chezsoi.observatory.queries.figures import (
    CSV_HEADER,
    Figure,
    contribution,
    figure,
    figures,
    latest_total,
    over_years,
    situations_before,
)
from chezsoi.observatory.queries.rows import FigureRow, rows_of
from chezsoi.observatory.queries.union import NoCommonSiao, Shared, shared

__all__ = [
    "BY_COMMUNE",
    "COMMUNES_HEADER",
    "CSV_HEADER",
    "Attribution",
    "ByCommune",
    "CommuneValue",
    "Figure",
    "FigureRow",
    "NoCommonSiao",
    "Shared",
    "attributions",
    "by_commune",
    "contribution",
    "days_of_allocation",
    "figure",
    "figures",
    "latest_total",
    "over_years",
    "rows_of",
    "shared",
    "situations_before",
]
