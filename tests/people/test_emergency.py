from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from chezsoi.people import actions, queries
from chezsoi.people.models import EmergencyAccess, Household
from chezsoi.support import queries as support
from chezsoi.territories.access import GRANTS, Can, NotAllowed, roles
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()
WORDS = "Elle est au CHU, inconsciente, il faut joindre ses enfants."


@pytest.fixture
def follower():
    return territories.actor("lead_worker")


@pytest.fixture
def outsider():
    return territories.actor("outreach_worker")


@pytest.fixture
def household(follower):
    return people.household(
        people.member(situation=people.street(TODAY), phones=("0612345678",)),
        actor=follower,
        wishes="Près de l’école",
        reference="M57-0042",
    )


def broken(actor, household, **given):
    asked = {"reason": "life", "words": WORDS, "at": timezone.now(), **given}
    return actions.break_glass(actor=actor, household=household, **asked)


class TestBreakGlass:
    def test_opens_one_household_for_an_hour_to_who_reads_under_it(self, household, outsider):
        other = people.household()
        access = broken(outsider, household)
        reader = queries.reader_of(access, actor=outsider)

        assert access.ends_at - access.started_at == timedelta(minutes=60)
        assert access.review_due_at - access.started_at == timedelta(hours=48)
        assert list(Household.objects.visible_to(reader)) == [household]
        assert queries.household_page(household, on=TODAY, actor=reader).wishes == "Près de l’école"
        assert not other.is_open_to(reader)
        assert not household.is_open_to(outsider), "nothing opens elsewhere than on the page of the emergency"

    @pytest.mark.parametrize("after", [timedelta(minutes=61), timedelta(days=3)])
    def test_closes_by_itself(self, household, outsider, after):
        access = broken(outsider, household, at=timezone.now() - after)

        assert not household.is_open_to(queries.reader_of(access, actor=outsider))
        assert not access.is_open_at(timezone.now())
        assert not queries.emergencies_open(actor=outsider, at=timezone.now())

    def test_closes_by_hand_once(self, household, outsider):
        access = broken(outsider, household)
        assert list(queries.emergencies_open(actor=outsider, at=timezone.now())) == [access]
        actions.end_emergency(actor=outsider, access=access, at=timezone.now())

        assert not household.is_open_to(queries.reader_of(access, actor=outsider))
        with pytest.raises(actions.AlreadyEnded):
            actions.end_emergency(actor=outsider, access=access, at=timezone.now())

    def test_is_to_read_only(self, household, outsider):
        reader = queries.reader_of(broken(outsider, household), actor=outsider)

        assert reader.permissions <= outsider.permissions & queries.READS_ONLY
        with pytest.raises(NotAllowed):
            actions.record_wishes(actor=reader, household=household, wishes="Autre", on=TODAY)
        with pytest.raises(NotAllowed):
            actions.record_household_situation(
                actor=reader, household=household, situation=people.seen("own"), on=TODAY
            )

    def test_serves_its_reader_alone(self, household, outsider):
        access = broken(outsider, household)
        colleague = territories.actor("outreach_worker", organisation=territories.organisation_of(outsider))

        assert not household.is_open_to(queries.reader_of(access, actor=colleague))
        with pytest.raises(EmergencyAccess.DoesNotExist):
            queries.emergency(access.pk, actor=colleague)
        with pytest.raises(NotAllowed):
            actions.end_emergency(actor=colleague, access=access, at=timezone.now())

    @pytest.mark.parametrize("words", ["", "urgent", " " * 30, "urgent" + " " * 30])
    def test_asks_for_twenty_characters_that_say_something(self, household, outsider, words):
        with pytest.raises(actions.SaysTooLittle):
            broken(outsider, household, words=words)

    def test_is_not_for_who_has_the_file_open(self, household, follower):
        with pytest.raises(actions.OpenAlready):
            broken(follower, household)

    def test_never_opens_a_protected_file_nor_another_territorys(self, household, outsider, follower):
        far = territories.territory("nice")
        with pytest.raises(Household.DoesNotExist):
            broken(outsider, people.household(territory=far))
        access = broken(outsider, household)
        actions.protect_household(actor=follower, household=household, on=TODAY)
        with pytest.raises(Household.DoesNotExist):
            broken(outsider, household)
        assert not household.is_open_to(queries.reader_of(access, actor=outsider)), "protected since"
        assert queries.meant_in_an_emergency("M57-0042", actor=outsider) is None

    def test_is_not_for_a_program(self, household):
        with pytest.raises(NotAllowed):
            broken(territories.program(), household)

    def test_leaves_every_step_in_the_trail(self, household, outsider):
        """ASVS 16.2.5 and 16.3.2: each step is logged, without the words that were typed."""
        access = broken(outsider, household)
        reader = queries.reader_of(access, actor=outsider)
        actions.note_reading(actor=reader, household=household)
        actions.note_emergency_told(actor=outsider, access=access, told=2)
        actions.end_emergency(actor=outsider, access=access, at=timezone.now())
        actions.review_emergency(
            actor=territories.actor("dpo"), access=access, finding="justified", note="", at=timezone.now()
        )

        rows = Entry.objects.filter(verb__startswith="people.emergency.").order_by("pk")
        assert [row.verb.rpartition(".")[2] for row in rows] == ["started", "told", "stopped", "reviewed"]
        assert Entry.objects.get(verb="people.household.read").purpose == access.purpose
        assert not any("CHU" in f"{row.detail}{row.reason}" for row in Entry.objects.all())


class TestWhichFile:
    @pytest.mark.parametrize("text", ["M57-0042", " m57-0042 ", "06 12 34 56 78"])
    def test_is_found_by_its_number_or_a_whole_telephone(self, household, outsider, text):
        assert queries.meant_in_an_emergency(text, actor=outsider) == household

    @pytest.mark.parametrize("text", ["M57-00", "Bouzid", "06 12 34 56 79", ""])
    def test_is_not_looked_for(self, household, outsider, text):
        assert queries.meant_in_an_emergency(text, actor=outsider) is None

    def test_is_none_when_a_telephone_is_of_two(self, household, outsider):
        people.household(people.member("Zoé", "Weber", phones=("0612345678",)))

        assert queries.meant_in_an_emergency("0612345678", actor=outsider) is None

    def test_is_not_for_other_roles(self, household):
        assert queries.meant_in_an_emergency("M57-0042", actor=territories.actor("prospector")) is None
        with pytest.raises(EmergencyAccess.DoesNotExist):
            queries.emergency(1, actor=territories.actor("prospector"))
        assert not queries.emergencies_open(actor=territories.actor("prospector"), at=timezone.now())


class TestWho:
    def test_may_break_the_glass_reads_files_of_a_circle_and_gains_no_category(self):
        """ASVS 8.2.3: the circle is lifted, nothing else; no clinician's data to another, nothing for the nation."""
        allowed = {role for role, rights in GRANTS.items() if Can.BREAK_GLASS in rights}

        assert allowed == {"outreach_worker", "lead_worker", "health_worker"}
        assert {role for role in allowed if roles()[role].categories["C7_health"] != "-"} == {"health_worker"}
        assert {roles()[role].scope.value for role in allowed} == {"circle"}

    def test_reads_as_their_own_role(self, household):
        nurse = territories.actor("health_worker")
        reader = queries.reader_of(broken(nurse, household), actor=nurse)

        assert reader.role == nurse.role
        assert not queries.household_page(household, on=TODAY, actor=reader).rights.see_resources
        assert not support.measures_of(household, actor=reader)


class TestReview:
    def test_is_for_the_officer_of_the_territory_once(self, household, outsider):
        access = broken(outsider, household)
        officer = territories.actor("dpo")
        concluded = {"finding": "justified", "note": "Bien", "at": timezone.now()}
        far = territories.actor("dpo", territory=territories.territory("nice"))
        assert list(queries.emergencies_followed(actor=officer)) == [access]
        assert not queries.emergencies_followed(actor=outsider)
        with pytest.raises(EmergencyAccess.DoesNotExist):
            queries.emergency_followed(access.pk, actor=far)
        for stranger in (far, outsider):
            with pytest.raises(PermissionDenied):
                actions.review_emergency(actor=stranger, access=access, **concluded)

        actions.review_emergency(actor=officer, access=access, **concluded)

        assert (access.finding, access.note, access.reviewed_by) == ("justified", "Bien", officer.user_id)
        with pytest.raises(actions.AlreadyReviewed):
            actions.review_emergency(actor=officer, access=access, **concluded)

    def test_is_never_of_ones_own(self, household, outsider):
        access = broken(outsider, household)
        officer = territories.actor("dpo", user=territories.account_of(outsider))

        with pytest.raises(actions.OwnAccess):
            actions.review_emergency(actor=officer, access=access, finding="justified", note="", at=timezone.now())


class TestWhoIsTold:
    def test_is_the_officer_and_who_may_close_the_circle(self, household, outsider, follower):
        officer = territories.actor("dpo")
        territories.actor("dpo", territory=territories.territory("nice"))
        colleague = territories.actor("peer_worker", organisation=territories.organisation_of(follower))
        access = broken(outsider, household)

        told = {user.pk for user in queries.to_be_told(access, on=TODAY, actor=outsider)}

        assert told == {officer.user_id, follower.user_id}
        assert colleague.user_id not in told

    def test_is_the_worker_named_in_the_circle(self, household, outsider, follower):
        colleague = territories.actor("lead_worker", organisation=territories.organisation_of(follower))
        household.circle.update(user=territories.account_of(colleague))

        told = queries.to_be_told(broken(outsider, household), on=TODAY, actor=outsider)

        assert [user.pk for user in told] == [colleague.user_id]

    def test_is_read_by_the_mailer_alone(self, household, outsider):
        access = broken(outsider, household)
        with pytest.raises(EmergencyAccess.DoesNotExist):
            queries.emergency_to_tell(access.pk, outsider.user_id, actor=outsider)
