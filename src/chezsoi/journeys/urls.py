"""Addresses of the acts that cross several apps."""

from django.urls import include, path

from chezsoi.files.choices import SourceKind
from chezsoi.journeys.views import held, imports, leases, needs, rounds

app_name = "journeys"
PAGES = {
    "import": imports.one,
    "columns": imports.columns,
    "load": imports.load,
    "stop": imports.stop,
    "undo": imports.undo,
    "corrections": imports.corrections,
}

acts = [
    path("households/<int:pk>/needs/", needs.needs, name="needs"),
    path("homes/<int:offer_id>/round/", rounds.open_round, name="open-round"),
    path("leases/<int:candidacy_pk>/sign/", leases.sign, name="sign-lease"),
    path("leases/<int:pk>/undo/", leases.undo, name="undo-lease"),
]
files = [
    path("", imports.desk(SourceKind.PEOPLE), name="imports"),
    path("homes/", imports.desk(SourceKind.HOMES), name="home-imports"),
    *(
        path(f"{kind}/<uuid:reference>/{'' if name == 'import' else f'{name}/'}", make(kind), name=f"{kind}-{name}")
        for kind in SourceKind
        for name, make in PAGES.items()
    ),
    path("people/<uuid:reference>/held/", held.rows, name="held"),
    path("people/<uuid:reference>/held/<int:pk>/", held.settle, name="settle-held"),
]
urlpatterns = [path("journeys/", include(acts)), path("imports/", include(files))]
