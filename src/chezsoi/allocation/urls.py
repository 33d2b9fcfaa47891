"""Addresses of the allocation app."""

from django.urls import URLPattern, path, re_path

from chezsoi.allocation.views import commissions, drafts, grids, offers, priorities, rounds, sittings

app_name = "allocation"
_PRIORITY = r"households/(?P<pk>\d+)/priority/(?P<kind>ground|label)/(?P<row_pk>\d+)"
urlpatterns: list[URLPattern] = [
    path("", rounds.rounds, name="rounds"),
    re_path(r"^rounds\.(?P<kind>csv|xlsx)$", rounds.export, name="export-rounds"),
    re_path(r"^sittings\.(?P<kind>csv|xlsx)$", sittings.export, name="export-sittings"),
    path("rounds/<int:round_id>/", rounds.round_, name="round"),
    path("rounds/<int:round_id>/draw/", rounds.draw, name="draw"),
    path("rounds/<int:round_id>/proof/", rounds.proof, name="proof"),
    path("rounds/<int:round_id>/table/", rounds.table, name="table"),
    path("rounds/<int:round_id>/cancel/", rounds.cancel, name="cancel"),
    path("grids/", grids.grids, name="grids"),
    path("grids/<int:grid_id>/", grids.grid, name="grid"),
    path("grids/<int:grid_id>/draft/", grids.begin, name="begin-grid"),
    path("grids/<int:grid_id>/compared-with/<int:other_id>/", grids.compare, name="compare-grids"),
    path("grids/drafts/<int:draft_id>/", drafts.draft, name="grid-draft"),
    path("grids/drafts/<int:draft_id>/criteria/", drafts.criterion, name="new-grid-criterion"),
    path("grids/drafts/<int:draft_id>/criteria/<str:code>/", drafts.criterion, name="grid-criterion"),
    path("grids/drafts/<int:draft_id>/criteria/<str:code>/remove/", drafts.remove, name="remove-grid-criterion"),
    path("grids/drafts/<int:draft_id>/compared/", drafts.compare, name="compare-draft"),
    path("grids/drafts/<int:draft_id>/discard/", drafts.discard, name="discard-grid"),
    path("grids/drafts/<int:draft_id>/publish/", drafts.publish, name="publish-grid"),
    path("commissions/", commissions.commissions, name="commissions"),
    path("commissions/new/", commissions.new, name="new-commission"),
    path("commissions/<int:commission_id>/members/", commissions.members, name="members"),
    path("commissions/<int:commission_id>/members/end/", commissions.end, name="end-member"),
    path("sittings/", sittings.sittings, name="sittings"),
    path("sittings/call/", sittings.call, name="call"),
    path("sittings/<int:sitting_id>/", sittings.sitting, name="sitting"),
    path("sittings/<int:sitting_id>/attendance/", sittings.attendance, name="attendance"),
    path("sittings/<int:sitting_id>/close/", sittings.close, name="close"),
    path("sittings/<int:sitting_id>/minutes/", sittings.minutes, name="minutes"),
    path("items/<int:item_id>/recuse/", sittings.recuse, name="recuse"),
    path("items/<int:item_id>/candidates/<int:candidacy_id>/", sittings.decide, name="decide"),
    path("candidates/<int:candidacy_id>/offer/", offers.send, name="send"),
    path("letters/<int:letter_id>/", offers.letter, name="letter"),
    path("letters/<int:letter_id>/answer/", offers.answer, name="answer"),
    path("letters/lapse/", offers.lapse, name="lapse"),
    path("households/<int:pk>/priority/", priorities.priority, name="priority"),
    path("households/<int:pk>/priority/ground/", priorities.ground, name="prove"),
    path("households/<int:pk>/priority/label/", priorities.label, name="label"),
    re_path(rf"^{_PRIORITY}/end/$", priorities.end_priority, name="end-priority"),
    re_path(rf"^{_PRIORITY}/back/$", priorities.restore_priority, name="restore-priority"),
]
