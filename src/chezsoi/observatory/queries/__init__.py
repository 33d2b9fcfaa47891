"""What the territory's records say, by definition card, and the rows behind each figure."""

from chezsoi.observatory.queries.figures import (
    CSV_HEADER,
    Figure,
    contribution,
    figure,
    figures,
    latest_total,
    over_years,
)
from chezsoi.observatory.queries.rows import FigureRow, rows_of

__all__ = [
    "CSV_HEADER",
    "Figure",
    "FigureRow",
    "contribution",
    "figure",
    "figures",
    "latest_total",
    "over_years",
    "rows_of",
]
