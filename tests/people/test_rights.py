from datetime import date, timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from chezsoi.engines import linkage
from chezsoi.files.choices import SourceKind
from chezsoi.files.models import Source
from chezsoi.journeys import snapshots
from chezsoi.people import actions, queries
from chezsoi.people.choices import CircleBasis, ObjectionPurpose
from chezsoi.people.models import InformationGiven, Objection
from chezsoi.territories.choices import OrganisationKind
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def worker():
    return territories.actor("lead_worker")


@pytest.fixture
def household(worker):
    return people.household(
        people.member(situation=people.street(TODAY), phones=("0612345678",)), people.child(), actor=worker
    )


@pytest.fixture
def partner():
    return territories.organisation(name="Le Partenaire")


def object_to(household, organisation, worker, **given):
    told = {"person": people.lead(household), "purpose": "sharing", "made_on": TODAY, "on": TODAY, **given}
    return actions.record_objection(actor=worker, household=household, organisation=organisation, **told)


def inform(household, worker, **given):
    told = {"given_on": TODAY, "language": "ar", "means": "oral", "on": TODAY, **given}
    told.setdefault("people", [people.lead(household)])
    return actions.record_information(actor=worker, household=household, **told)


class TestInformation:
    def test_says_when_in_which_language_how_and_by_which_service(self, household, worker):
        (given,) = inform(household, worker, given_on=YESTERDAY)

        assert (given.given_on, given.language, given.means) == (YESTERDAY, "ar", "oral")
        assert (given.organisation_id, given.given_by) == (worker.organisation_id, worker.user_id)
        assert Entry.objects.get(verb="people.information.given").object_id == str(household.pk)

    def test_is_never_of_a_day_to_come(self, household, worker):
        with pytest.raises(actions.InTheFuture):
            inform(household, worker, given_on=TODAY + timedelta(days=1))

    def test_is_of_those_who_live_there(self, household, worker):
        with pytest.raises(actions.NotAMember):
            inform(household, worker, people=[people.lead(people.household())])

    def test_is_not_recorded_outside_the_circle(self, household):
        with pytest.raises(PermissionDenied):
            inform(household, territories.actor("lead_worker"))

    def test_last_holds_and_whom_nobody_told_is_named(self, household, worker):
        inform(household, worker, given_on=YESTERDAY, language="ro")
        inform(household, worker, language="fr")

        found = queries.file_rights(household, on=TODAY, actor=worker)

        assert [each.information and each.information.language for each in found.told] == ["fr", None]
        assert found.untold == ("Lina Bouzid",)

    def test_is_not_shown_to_who_reads_no_name(self, household):
        assert queries.file_rights(household, on=TODAY, actor=territories.actor("coordinator")).told == ()


class TestObjection:
    def test_is_dated_and_withdrawn(self, household, worker):
        made = object_to(household, None, worker, purpose="study", words="Non merci", made_on=YESTERDAY)

        assert Objection.objects.in_force_on(TODAY).get() == made
        actions.withdraw_objection(actor=worker, household=household, objection=made, on=TODAY)
        assert not Objection.objects.in_force_on(TODAY).exists()
        assert Objection.objects.in_force_on(YESTERDAY).get() == made
        with pytest.raises(actions.AlreadyWithdrawnObjection):
            actions.withdraw_objection(actor=worker, household=household, objection=made, on=TODAY)

    @pytest.mark.parametrize(
        ("given", "fact"),
        [
            ({}, actions.NamesNoService),
            ({"purpose": "study", "made_on": TODAY + timedelta(days=1)}, actions.InTheFuture),
        ],
    )
    def test_makes_sense(self, household, worker, given, fact):
        with pytest.raises(fact):
            object_to(household, None, worker, **given)

    def test_is_made_once_but_for_other_uses_in_words(self, household, worker, partner):
        object_to(household, partner, worker)
        with pytest.raises(actions.AlreadyObjects):
            object_to(household, partner, worker)
        for words in ("pas de photo", "pas de lettre"):
            object_to(household, None, worker, purpose=ObjectionPurpose.OTHER, words=words)
        assert Objection.objects.count() == 3

    def test_of_somebody_else_is_refused(self, household, worker):
        with pytest.raises(actions.NotAMember):
            object_to(household, None, worker, purpose="study", person=people.lead(people.household()))
        made = object_to(household, None, worker, purpose="study")
        with pytest.raises(Objection.DoesNotExist):
            queries.objection(made.pk, household=people.household(), actor=worker, on=TODAY)

    def test_takes_the_service_out_of_the_circle_and_keeps_it_out(self, household, worker, partner):
        opened = {"basis": CircleBasis.AGREEMENT, "purpose": "housing", "on": TODAY}
        row = actions.open_circle(actor=worker, household=household, organisation=partner, **opened)

        made = object_to(household, partner, worker)

        row.refresh_from_db()
        assert (row.ends_on, row.is_closed_at_their_wish) == (TODAY, True)
        with pytest.raises(actions.ObjectsToSharing):
            actions.open_circle(actor=worker, household=household, organisation=partner, **opened)
        actions.withdraw_objection(actor=worker, household=household, objection=made, on=TODAY)
        assert actions.open_circle(actor=worker, household=household, organisation=partner, **opened).pk

    def test_silences_the_match_card_of_that_service_alone(self, household, worker, partner):
        draft = linkage.Identity(key="x", names=("Bouzid",), given_names=("Amina",), phones=("0612345678",))
        asker = territories.actor("outreach_worker", organisation=partner)
        other = territories.actor("outreach_worker")
        place = territories.territory()
        asked = {"territory": place, "on": TODAY}
        assert queries.already_known(draft, actor=asker, **asked).services == 1

        object_to(household, partner, worker)

        assert queries.already_known(draft, actor=asker, **asked).is_empty
        assert queries.already_known(draft, actor=other, **asked).services == 1

    def test_keeps_the_file_closed_when_the_services_own_file_speaks_of_the_household(self, household, worker, partner):
        source = Source.objects.create(
            territory=household.territory, organisation=partner, key="usual", name="usual", kind=SourceKind.PEOPLE
        )
        reference = household.references.create(source=source, file_number="1", heard_on=YESTERDAY, digest="a")
        brought = {"reference": reference, "heard_on": TODAY, "digest": "b", "on": TODAY, "source": source}
        sender = territories.actor("outreach_worker", organisation=partner)
        made = object_to(household, partner, worker)

        actions.hear_again(actor=sender, **brought)
        assert not household.circle.filter(organisation=partner).exists()

        actions.withdraw_objection(actor=worker, household=household, objection=made, on=TODAY)
        actions.hear_again(actor=sender, **brought)
        assert household.circle.filter(organisation=partner).exists()

    def test_names_services_that_are_not_at_work_everywhere_by_law(self, household, worker, partner):
        territories.organisation(kind=OrganisationKind.SIAO)

        assert list(queries.partners(household, actor=worker)) == [partner]

    def test_and_missing_information_change_nothing_to_what_a_round_knows(self, household, worker, partner):
        """Neither is a condition: what is drawn from, and so rank and eligibility, is the same to the byte."""
        coordinator = territories.actor("coordinator")

        def known():
            return snapshots.waiting(household.territory, on=TODAY, actor=coordinator)

        before = known()
        assert [each.ref for each in before] == [household.reference]
        assert not InformationGiven.objects.exists()
        object_to(household, partner, worker)
        object_to(household, territories.organisation_of(coordinator), worker)
        object_to(household, None, worker, purpose="study")
        assert known() == before
        inform(household, worker)
        assert known() == before


class TestCircleClosing:
    def test_at_the_wish_of_the_person_asks_for_no_reason(self, client, household, worker, partner):
        opened = {"basis": CircleBasis.AGREEMENT, "purpose": "housing", "on": TODAY}
        row = actions.open_circle(actor=worker, household=household, organisation=partner, **opened)
        client.force_login(territories.account_of(worker))
        address = reverse("people:close-circle", args=[household.pk, row.pk])

        assert client.post(address, {"reason": ""}).status_code == 422
        assert client.post(address, {"at_their_wish": "on"}).status_code == 302

        row.refresh_from_db()
        assert (row.ends_on, row.is_closed_at_their_wish) == (TODAY, True)
        shown = client.get(reverse("people:household", args=[household.pk])).content.decode()
        assert "Le Partenaire" in BeautifulSoup(shown, "html.parser").select_one("#circle").get_text()


class TestPages:
    def test_record_each_right_from_the_household(self, client, household, worker, partner):
        client.force_login(territories.account_of(worker))
        lead = people.lead(household)

        def post(name, *pks, **data):
            return client.post(reverse(f"people:{name}", args=[household.pk, *pks]), data).status_code

        for name in ("information", "objection", "ask-copy"):
            assert client.get(reverse(f"people:{name}", args=[household.pk])).status_code == 200
        assert post("information", language="ar") == 422
        assert post("information", people=[lead.pk], language="ar", means="easy_to_read") == 302
        assert post("objection", person=lead.pk, purpose="sharing") == 422
        said = {"person": lead.pk, "purpose": "sharing", "organisation": partner.pk, "words": "Ils crient"}
        assert post("objection", **said) == 302
        assert post("objection", **said) == 422
        assert post("ask-copy", person=lead.pk) == 302
        assert post("ask-copy", person=lead.pk) == 422

        sheet = BeautifulSoup(
            client.get(reverse("people:household", args=[household.pk])).content, "html.parser"
        ).select_one("#rights")

        assert "Le Partenaire" in sheet.get_text()
        assert "Ils crient" in sheet.get_text()
        assert "Lina Bouzid" in sheet.get_text()
        made = Objection.objects.get()
        assert post("withdraw-objection", made.pk) == 302
        assert post("withdraw-objection", made.pk) == 302
        assert client.get(reverse("people:household", args=[household.pk])).status_code == 200

    def test_say_that_a_closed_door_stays_closed(self, client, household, worker, partner):
        object_to(household, partner, worker)
        client.force_login(territories.account_of(worker))
        asked = {"organisation": partner.pk, "basis": "agreement", "purpose": "housing"}

        assert client.post(reverse("people:open-circle", args=[household.pk]), asked).status_code == 422


class TestCopyAsked:
    def test_is_due_the_same_day_of_the_next_month_or_its_last(self, worker):
        asked = {date(2026, 1, 31): date(2026, 2, 28), date(2025, 12, 15): date(2026, 1, 15)}
        for day, due in asked.items():
            household = people.household(actor=worker)
            row = actions.request_copy(
                actor=worker, household=household, person=people.lead(household), asked_on=day, on=TODAY
            )
            assert row.due_on == due
            assert row.is_late_on(due + timedelta(days=1))
            assert not row.is_late_on(due)

    def test_is_asked_by_who_lives_there_once_at_a_time_and_not_tomorrow(self, household, worker):
        asked = {"actor": worker, "household": household, "on": TODAY}
        lead = people.lead(household)
        with pytest.raises(actions.NotAMember):
            actions.request_copy(person=people.lead(people.household()), asked_on=TODAY, **asked)
        with pytest.raises(actions.InTheFuture):
            actions.request_copy(person=lead, asked_on=TODAY + timedelta(days=1), **asked)
        actions.request_copy(person=lead, asked_on=TODAY, **asked)
        with pytest.raises(actions.AlreadyAsked):
            actions.request_copy(person=lead, asked_on=TODAY, **asked)

    def test_is_read_then_handed_on_once(self, household, worker):
        lead = people.lead(household)
        row = actions.request_copy(actor=worker, household=household, person=lead, asked_on=TODAY, on=TODAY)
        handed = {"actor": worker, "request": row, "how": "in_hand", "on": TODAY}
        with pytest.raises(actions.NotReadYet):
            actions.hand_copy(handed_on=TODAY, **handed)
        actions.read_passages(actor=worker, request=row, kept=["a", "b"], masked=["b"])
        assert (row.kept, row.masked, row.read_by) == (["a"], ["b"], worker.user_id)
        for day in (TODAY + timedelta(days=1), YESTERDAY):
            with pytest.raises(actions.InTheFuture):
                actions.hand_copy(handed_on=day, **handed)
        actions.hand_copy(handed_on=TODAY, **handed)
        assert (row.handed_on, row.handed_how, row.handed_by) == (TODAY, "in_hand", worker.user_id)
        with pytest.raises(actions.AlreadyHanded):
            actions.hand_copy(handed_on=TODAY, **handed)
        with pytest.raises(actions.AlreadyHanded):
            actions.read_passages(actor=worker, request=row, kept=[], masked=[])

    def test_does_not_exist_outside_the_circle(self, household, worker):
        row = actions.request_copy(
            actor=worker, household=household, person=people.lead(household), asked_on=TODAY, on=TODAY
        )
        with pytest.raises(type(row).DoesNotExist):
            queries.access_request(row.pk, actor=territories.actor("lead_worker"))
        with pytest.raises(PermissionDenied):
            actions.read_passages(actor=territories.actor("lead_worker"), request=row, kept=[], masked=[])
        assert list(queries.access_requests_followed(actor=territories.actor("dpo"))) == [row]
        assert not queries.access_requests_followed(actor=worker).exists()
