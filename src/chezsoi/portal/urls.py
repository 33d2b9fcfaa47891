"""Addresses of the portal: the first page, accounts, the day's work, and the pages that compose several apps."""

from django.urls import path

from chezsoi.portal.views import audit, catalogue, day, drafts, emergency, gallery, home, household, search, shortcuts
from chezsoi.portal.views.accounts import entry, factors, habits, links, managed, own, provider

app_name = "portal"
urlpatterns = [
    path("", home.home, name="home"),
    path("language/", own.language, name="language"),
    path("day/", day.day, name="day"),
    path("people/<int:pk>/", household.household, name="household"),
    path("people/emergency/", emergency.ask, name="ask-emergency"),
    path("people/emergency/<int:pk>/", emergency.read, name="emergency"),
    path("people/emergency/<int:pk>/end/", emergency.end, name="end-emergency"),
    path("search/", search.search, name="search"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/discard/", drafts.discard, name="discard-draft"),
    path("trail/", audit.trail, name="trail"),
    path("trail/export/", audit.export, name="trail-export"),
    path("trail/emergencies/", audit.emergencies, name="emergencies"),
    path("trail/emergencies/<int:pk>/", audit.review, name="review-emergency"),
    path("trail/copies/", audit.copies, name="access-requests"),
    path("actions/", catalogue.catalogue, name="catalogue"),
    path("shortcuts/", shortcuts.shortcuts, name="shortcuts"),
    path("gallery/", gallery.gallery, name="gallery"),
]

urlpatterns += [
    path("sign-in/", entry.sign_in, name="sign-in"),
    path("sign-in/code/", entry.second_step, name="second-step"),
    path("sign-in/passkey/question/", entry.passkey_question, name="passkey-question"),
    path("sign-in/passkey/", entry.passkey_answer, name="passkey-answer"),
    path("sign-in/demo/<int:pk>/", entry.demo_sign_in, name="demo-sign-in"),
    path("sign-in/provider/", provider.go, name="provider-go"),
    path("sign-in/provider/back/", provider.back, name="provider-back"),
    path("sign-in/forgotten/", links.forgotten, name="forgotten"),
    path("sign-out/", entry.sign_out, name="sign-out"),
    path("invitation/<str:secret>/", links.accept, name="accept"),
    path("new-password/<str:secret>/", links.new_password, name="new-password"),
    path("account/", own.account, name="account"),
    path("account/role/<int:pk>/", own.choose_role, name="choose-role"),
    path("account/habits/", habits.habits, name="habits"),
    path("account/calendar/", habits.calendar, name="calendar"),
    path("account/calendar/revoke/", habits.revoke_calendar, name="revoke-calendar"),
    path("calendar/<str:secret>.ics", habits.calendar_file, name="calendar-file"),
    path("account/password/", own.password, name="password"),
    path("account/sessions/", own.sessions, name="sessions"),
    path("account/sessions/others/end/", own.end_other_sessions, name="end-other-sessions"),
    path("account/sessions/<str:handle>/end/", own.end_session, name="end-session"),
    path("account/second-factor/", factors.second_factor, name="second-factor"),
    path("account/second-factor/application/", factors.application, name="application"),
    path("account/second-factor/passkey/", factors.passkey, name="passkey"),
    path("account/second-factor/passkey/question/", factors.new_passkey_question, name="new-passkey-question"),
    path("account/second-factor/codes/", factors.recovery_codes, name="recovery-codes"),
    path("account/second-factor/<int:pk>/remove/", factors.remove_factor, name="remove-factor"),
    path("accounts/", managed.accounts, name="managed-accounts"),
    path("accounts/invite/", managed.invite, name="invite"),
    path("accounts/<int:pk>/", managed.managed_account, name="managed-account"),
    path("accounts/<int:pk>/role/", managed.give_role, name="give-role"),
    path("accounts/<int:pk>/roles/<int:role_pk>/end/", managed.end_role, name="end-role"),
    path("accounts/<int:pk>/sessions/end/", managed.close_sessions, name="close-sessions"),
    path("accounts/<int:pk>/disable/", managed.disable, name="disable-account"),
    path("accounts/<int:pk>/invite-again/", managed.invite_again, name="invite-again"),
]
