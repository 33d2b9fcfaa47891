"""Addresses of the acts that cross several apps."""

from django.urls import include, path, re_path

from chezsoi.files.choices import SourceKind
from chezsoi.journeys.views import (
    access_copy,
    caseloads,
    exchanges,
    held,
    impacts,
    imports,
    leases,
    lives,
    moves,
    needs,
    registers,
    retention,
    rounds,
    way_home,
)

app_name = "journeys"
PAGES = {
    "import": imports.one,
    "columns": imports.columns,
    "load": imports.load,
    "stop": imports.stop,
    "undo": imports.undo,
    "corrections": imports.corrections,
}
CHANGES = {
    "split": lives.split,
    "join": lives.join,
    "death": lives.death,
    "back": lives.back,
    "news": lives.news,
    "lead": lives.lead,
}

acts = [
    path("households/<int:pk>/needs/", needs.needs, name="needs"),
    path("households/<int:pk>/keep/", retention.keep, name="keep"),
    path("retention/", retention.desk, name="retention"),
    path("households/<int:pk>/changed/", lives.changed, name="changed"),
    *(path(f"households/<int:pk>/changed/{name}/", act, name=name) for name, act in CHANGES.items()),
    path("households/<int:pk>/changed/move/", moves.move, name="move"),
    path("moves/", moves.moves, name="moves"),
    path("households/<int:pk>/changed/<int:change_pk>/undo/", lives.undo, name="undo-change"),
    path("homes/<int:offer_id>/round/", rounds.open_round, name="open-round"),
    path("grids/drafts/<int:draft_id>/impact/", impacts.grid_impact, name="grid-impact"),
    path("homes/together/", rounds.open_joint_round, name="open-joint-round"),
    path("homes/exchanges/", exchanges.possible, name="exchanges"),
    path("homes/together/<int:joint_id>/support/", caseloads.joint_support, name="joint-support"),
    path("leases/<int:candidacy_pk>/sign/", leases.sign, name="sign-lease"),
    path("leases/<int:pk>/undo/", leases.undo, name="undo-lease"),
    path("from-the-street/", way_home.figures, name="way-home"),
    path("registers/<slug:key>/", registers.registers, name="registers"),
    re_path(
        r"^registers/(?P<key>[-\w]+)/(?P<register>syplo|sne)\.(?P<kind>csv|xlsx)$",
        registers.sheet,
        name="register-sheet",
    ),
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
copies = [
    path("", access_copy.access_copy, name="access-copy"),
    path("pdf/", access_copy.printed, name="access-copy-pdf"),
    path("json/", access_copy.data, name="access-copy-json"),
    path("hand/", access_copy.hand, name="hand-copy"),
]
urlpatterns = [
    path("people/copies/<int:pk>/", include(copies)),
    path("journeys/", include(acts)),
    path("imports/", include(files)),
]
