"""Addresses of the observatory."""

from datetime import date

from django.urls import path, register_converter
from django.urls.converters import IntConverter, StringConverter

from chezsoi.observatory import views


class YearConverter(IntConverter):
    """A year the calendar can hold; another is no page."""

    regex = "[0-9]{1,4}"

    def to_python(self, value: str) -> int:
        return date(int(value), 1, 1).year


class ReportConverter(StringConverter):
    """One of the two reports made from the same records."""

    regex = "syplo|sne"


class KindConverter(StringConverter):
    """A kind of file that a table is taken away as."""

    regex = "csv|xlsx"


register_converter(YearConverter, "year")
register_converter(ReportConverter, "report")
register_converter(KindConverter, "kind")

app_name = "observatory"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("public/", views.public_figures, name="public"),
    path("public/<slug:key>/<year:year>/", views.public_figures, name="public-territory"),
    path("public/<slug:key>/<year:year>.csv", views.public_csv, name="public-csv"),
    path("public/<slug:key>/<year:year>.pdf", views.public_synthesis, name="public-synthesis"),
    path("public/<slug:key>/<year:year>/communes.csv", views.public_communes, name="public-communes"),
    path("definitions/<str:code>/", views.definition, name="definition"),
    path("siao/<slug:siao>/<year:year>/", views.shared, name="shared"),
    path("<slug:key>/<year:year>/", views.territory, name="territory"),
    path("<slug:key>/<year:year>.pdf", views.synthesis, name="synthesis"),
    path("<slug:key>/<year:year>/communes.csv", views.communes, name="communes"),
    path("<slug:key>/<year:year>/total/", views.record_total, name="record-total"),
    path("<slug:key>/<year:year>/<report:report>.<kind:kind>", views.attributions, name="attributions"),
    path("<slug:key>/<year:year>/<str:code>/", views.rows, name="rows"),
]
