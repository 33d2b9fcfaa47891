"""Addresses of the people app."""

from django.urls import URLPattern, path, re_path

from chezsoi.people.views import acts, attachments, duplicates, facts, household, intake, lists, rights, together

app_name = "people"
urlpatterns: list[URLPattern] = [
    path("", lists.households, name="list"),
    re_path(r"^people\.(?P<kind>csv|xlsx)$", lists.export, name="export"),
    re_path(r"^chosen\.(?P<kind>csv|xlsx)$", lists.export_chosen, name="export-chosen"),
    path("together/hand-over/", together.hand_over, name="hand-over"),
    path("together/meeting/", together.meeting, name="meeting"),
    path("together/<uuid:reference>/", together.done, name="together-done"),
    path("together/<uuid:reference>/take-hand-over-back/", together.take_hand_over_back, name="take-hand-over-back"),
    path("together/<uuid:reference>/take-meeting-back/", together.take_meeting_back, name="take-meeting-back"),
    path("views/", lists.save_view, name="save-view"),
    path("views/forget/", lists.forget_view, name="forget-view"),
    path("new/", intake.new, name="new"),
    path("new/<str:receipt>/", intake.registered, name="registered"),
    path("known/", intake.known, name="known"),
    path("duplicates/", duplicates.duplicates, name="duplicates"),
    path("duplicates/<int:pk>/", duplicates.judge, name="judge"),
    path("<int:pk>/", household.household, name="household"),
    path("<int:pk>/situation/", acts.situation, name="situation"),
    path("<int:pk>/situation/<int:situation_pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("<int:pk>/members/add/", acts.add_member, name="add-member"),
    path("<int:pk>/members/leave/", acts.leave, name="leave"),
    path("<int:pk>/members/<int:person_pk>/correct/", facts.correct, name="correct"),
    path("<int:pk>/members/<int:person_pk>/name/", facts.add_alias, name="add-alias"),
    path("<int:pk>/members/<int:person_pk>/telephone/", facts.add_phone, name="add-phone"),
    path("<int:pk>/members/<int:person_pk>/resources/", facts.resources, name="resources"),
    path("<int:pk>/wishes/", acts.wishes, name="wishes"),
    path("<int:pk>/circle/", acts.open_circle, name="open-circle"),
    path("<int:pk>/circle/<int:membership_pk>/close/", acts.close_circle, name="close-circle"),
    path("<int:pk>/circle/<int:membership_pk>/take-back/", acts.take_circle_back, name="take-circle-back"),
    path("<int:pk>/information/", rights.information, name="information"),
    path("<int:pk>/objections/", rights.objection, name="objection"),
    path("<int:pk>/objections/<int:objection_pk>/withdraw/", rights.withdraw_objection, name="withdraw-objection"),
    path("<int:pk>/copy/", rights.ask_copy, name="ask-copy"),
    path("<int:pk>/documents/", attachments.attachments, name="attachments"),
    path("<int:pk>/documents/attach/", attachments.attach, name="attach"),
    path("<int:pk>/documents/<int:attachment_pk>/", attachments.attachment, name="attachment"),
    path("<int:pk>/documents/<int:attachment_pk>/remove/", attachments.remove, name="remove-attachment"),
    path("<int:pk>/documents/<int:attachment_pk>/put-back/", attachments.put_back, name="put-attachment-back"),
    path("<int:pk>/protection/", acts.protect, name="protect"),
]
