"""Addresses of support."""

from django.urls import URLPattern, path, re_path

from chezsoi.support.views import commitments, file, measures, meetings, places

app_name = "support"
urlpatterns: list[URLPattern] = [
    path("", measures.support, name="support"),
    path("places/", places.places, name="places"),
    re_path(r"^measures\.(?P<kind>csv|xlsx)$", measures.export, name="export"),
    path("tasks/<int:pk>/done/", measures.complete_task, name="complete-task"),
    path("tasks/<int:pk>/reopen/", measures.reopen_task, name="reopen-task"),
    path("households/<int:pk>/", file.file, name="file"),
    path("households/<int:pk>/contact/", file.note_contact, name="note-contact"),
    path("households/<int:pk>/hand-over/", file.hand_over, name="hand-over"),
    path("households/<int:pk>/hand-overs/<int:handover_pk>/take-up/", file.take_up, name="take-up"),
    path("households/<int:pk>/measure/", file.open_measure, name="open-measure"),
    path("households/<int:pk>/measures/<int:measure_pk>/intensity/", file.change_intensity, name="change-intensity"),
    path("households/<int:pk>/measures/<int:measure_pk>/end/", file.end_measure, name="end-measure"),
    re_path(
        r"^households/(?P<pk>\d+)/(?P<kind>contact|handover|change|end)/(?P<row_pk>\d+)/back/$",
        file.take_back,
        name="take-back",
    ),
    path("meetings/", meetings.meetings, name="meetings"),
    path("households/<int:pk>/meetings/new/", meetings.call, name="call-meeting"),
    path("households/<int:pk>/meetings/<int:meeting_pk>/", meetings.meeting, name="meeting"),
    path("households/<int:pk>/meetings/<int:meeting_pk>/invite/", meetings.invite, name="invite"),
    path("households/<int:pk>/meetings/<int:meeting_pk>/held/", meetings.hold, name="hold-meeting"),
    path("households/<int:pk>/meetings/<int:meeting_pk>/minutes/", meetings.minutes, name="minutes"),
    re_path(
        r"^households/(?P<pk>\d+)/meetings/(?P<meeting_pk>\d+)/(?P<act>call-off|withdraw)/$",
        meetings.end,
        name="end-meeting",
    ),
    path("households/<int:pk>/meetings/<int:meeting_pk>/commit/", commitments.commit, name="commit"),
    path(
        "households/<int:pk>/meetings/<int:meeting_pk>/commitments/<int:row_pk>/settle/",
        commitments.settle,
        name="settle",
    ),
    re_path(
        r"^households/(?P<pk>\d+)/meetings/(?P<meeting_pk>\d+)/(?P<kind>participant|commitment|settlement)/"
        r"(?P<row_pk>\d+)/back/$",
        commitments.take_back,
        name="take-meeting-back",
    ),
]
