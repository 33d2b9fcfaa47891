"""What the territory's records say, by definition card, and the rows behind each figure."""

from chezsoi.observatory.queries.figures import CSV_HEADER, Figure, figure, figures, latest_total
from chezsoi.observatory.queries.rows import FigureRow, rows_of

__all__ = ["CSV_HEADER", "Figure", "FigureRow", "figure", "figures", "latest_total", "rows_of"]
