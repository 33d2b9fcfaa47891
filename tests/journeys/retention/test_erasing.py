"""Erasing a file takes everything about it, and nothing else; figures stay; an old list does not bring it back."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from chezsoi.allocation.models import (
    Attendance,
    Decision,
    HouseholdAnswer,
    HousingRequest,
    OfferLetter,
    Round,
    Sitting,
)
from chezsoi.journeys.retention import actions, contacts, queries, records
from chezsoi.journeys.retention.models import PurgeRun, Tombstone
from chezsoi.law.disclosure import Audience
from chezsoi.observatory import queries as observatory
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import Household, HouseholdMember, Person, ResidentialSituation
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.models import Territory
from chezsoi.trail import seals
from chezsoi.trail.models import Entry
from tests.factories import allocation, documents, people, retention, territories
from tests.factories import observatory as leases
from tests.factories.retention import today, years_ago
from tests.journeys.imports.bringing import bring, everything, table

pytestmark = pytest.mark.django_db
HEAD = "n° ménage;nom;prénom;date de naissance;téléphone;situation résidentielle;dernier contact;ressources mensuelles"


@pytest.fixture
def officer():
    return retention.officer()


def purge(officer, *, on=None) -> PurgeRun:
    return actions.purge(actor=officer, territory=territories.territory(), on=on or today())


class TestAPurge:
    def test_takes_what_is_due_and_leaves_every_other_row_as_it_was(self, officer):
        people.household(people.member("Kofi", "Mensah"))
        purge(officer)
        before = everything()
        retention.silent(people.member(situation=people.street(years_ago(3))), people.child())

        run = purge(officer)

        after = everything()
        gone = ("journeys.PurgeRun", "journeys.Tombstone", "people.SearchWord", "people.SearchKey", "territories.User")
        left_out = {*gone, "territories.RoleAssignment", "territories.Organisation"}
        assert {name: rows for name, rows in after.items() if name not in left_out} == {
            name: rows for name, rows in before.items() if name not in left_out
        }
        assert (run.households, run.persons) == (1, 2)
        assert run.finished_at is not None

    def test_keeps_somebody_who_lives_in_a_household_that_stays(self, officer):
        former = retention.silent()
        mover = people.lead(former)
        moved_on = years_ago(2, months=6)
        HouseholdMember.objects.filter(person=mover).update(ends_on=moved_on)
        today_s = people.household(people.member("Kofi", "Mensah"))
        HouseholdMember.objects.create(household=today_s, person=mover, role=MemberRole.OTHER, starts_on=moved_on)

        purge(officer)

        assert not Household.objects.filter(pk=former.pk).exists()
        assert Person.objects.filter(pk=mover.pk).exists()

    def test_lets_an_observation_derived_from_one_erased_stand_by_itself(self, officer):
        former = retention.silent(people.member(situation=people.street(years_ago(3))), people.child(), on=years_ago(3))
        grown = former.members.get(role=MemberRole.CHILD).person
        HouseholdMember.objects.filter(person=grown).update(ends_on=years_ago(2, months=6))
        own = people.household(people.member("Kofi", "Mensah"))
        HouseholdMember.objects.create(
            household=own, person=grown, role=MemberRole.OTHER, starts_on=years_ago(2, months=6)
        )

        purge(officer)

        seen = ResidentialSituation.objects.get(person=grown)
        assert (seen.is_derived, seen.derived_from) == (False, None)

    def test_goes_on_where_it_was_cut_short(self, officer, monkeypatch):
        for _ in range(3):
            retention.silent()
        whole = actions.running.erase_household
        monkeypatch.setattr(actions.running, "erase_household", _cut_after(2, whole))
        with pytest.raises(KeyboardInterrupt):
            purge(officer)
        cut = PurgeRun.objects.get()
        assert (cut.households, cut.finished_at, Household.objects.count()) == (2, None, 1)

        monkeypatch.setattr(actions.running, "erase_household", whole)
        assert purge(officer).households == 1
        assert not Household.objects.exists()
        assert [run.households for run in queries.runs(actor=officer)] == [1, 2]

    def test_leaves_a_file_past_its_time_that_something_keeps(self, officer):
        kept = retention.silent(on=years_ago(4))
        HousingRequest.objects.create(household=kept, heard_on=years_ago(2, months=6))

        run = purge(officer)

        assert (run.households, run.held) == (0, {"open_request": 1})
        assert Household.objects.filter(pk=kept.pk).exists()

    def test_takes_the_copies_of_its_documents(self, officer, settings, tmp_path, django_capture_on_commit_callbacks):
        settings.MEDIA_ROOT = tmp_path / "uploads"
        household = retention.silent()
        documents.kept(household)
        household.attachments.update(attached_on=years_ago(3))
        assert len(list(settings.MEDIA_ROOT.iterdir())) == 1

        with django_capture_on_commit_callbacks(execute=True):
            assert purge(officer).households == 1
        assert list(settings.MEDIA_ROOT.iterdir()) == []

    def test_leaves_a_file_heard_of_meanwhile(self, officer, monkeypatch):
        household = retention.silent()
        listed = list(queries.terms(household.territory, on=today(), actor=officer))
        Household.objects.filter(pk=household.pk).update(last_contact_on=today())
        monkeypatch.setattr(queries, "terms", lambda *given, **named: listed)

        assert purge(officer).households == 0
        assert Household.objects.filter(pk=household.pk).exists()

    def test_is_for_the_data_protection_officer_of_the_territory(self):
        retention.silent()
        for actor in (territories.actor("siao_officer"), territories.actor("dpo", territory=_elsewhere())):
            with pytest.raises(NotAllowed):
                purge(actor)
        assert Household.objects.count() == 1

    def test_says_in_the_trail_what_went_and_never_who(self, officer):
        household = retention.silent(reference="CANARY-77")

        purge(officer)

        (entry,) = Entry.objects.filter(verb="retention.household.erased")
        assert '"people.Household":1' in entry.detail
        assert "CANARY-77" not in entry.detail
        assert entry.territory_id == household.territory_id
        assert entry.object_id == ""


class TestTheFigures:
    def test_do_not_change(self, officer):
        place = territories.territory()
        signed_on = years_ago(4)
        for _ in range(3):
            leases.lease_of(("street", 200), signed_on=signed_on)
        Household.objects.update(created_on=signed_on, last_contact_on=signed_on)
        HouseholdMember.objects.update(starts_on=years_ago(6))
        for household in Household.objects.all():
            household.leases.update(ended_on=years_ago(3, months=6))
        before = _figures(place, signed_on.year)
        assert before["attribution.homeless"] == before["direct_access.households"] == 3

        assert purge(officer).households == 3
        assert _figures(place, signed_on.year) == before
        assert not Household.objects.exists()


class TestARound:
    def test_forgets_what_it_froze_of_everybody_once_one_file_goes(self, officer):
        household = allocation.household()
        allocation.grid()
        drawn = allocation.drawn()
        Household.objects.filter(pk=household.pk).update(created_on=years_ago(3), last_contact_on=years_ago(3))
        household.request.delete()
        household.candidacies.update(state="lost")
        _age_everything(years_ago(3))

        purge(officer)

        found = Round.objects.get(pk=drawn.pk)
        assert (found.snapshot, found.facts_erased_on) == ("", today())
        assert found.snapshot_sha256 == drawn.snapshot_sha256
        assert not found.examinations.exists()


class TestTheMinutes:
    def test_of_a_sitting_go_five_years_after_it(self, officer):
        letter = allocation.letter()
        allocation.answer(letter, yes=False)
        sitting = Sitting.objects.get()
        Sitting.objects.update(held_on=years_ago(5))

        purge(officer, on=today() - timedelta(days=1))
        assert Decision.objects.exists()
        purge(officer)

        found = Round.objects.get(item__sitting=sitting)
        assert (found.snapshot, found.examinations.exists(), found.candidacies.exists()) == ("", False, True)
        for model in (HouseholdAnswer, OfferLetter, Decision, Attendance):
            assert not model.objects.exists()
        assert Entry.objects.filter(verb="allocation.minutes.erased").count() == 1


class TestAnOldList:
    def test_does_not_bring_an_erased_file_back(self, officer, tmp_path):
        said_on = f"{years_ago(3):%d/%m/%Y}"
        old = table(tmp_path, f"M-9;BOUZID;Amina;1970;0612345678;rue;{said_on};500", head=HEAD)
        bring(old, "--source", "siao", "--as-of", years_ago(3).isoformat())
        _age_everything(years_ago(3))
        Household.objects.update(created_on=years_ago(3), last_contact_on=years_ago(3))
        assert purge(retention.officer()).households == 1

        again = bring(old, "--source", "siao")

        assert again.counts[:2] == (0, 0)
        assert not Person.objects.exists()
        (error,) = again["errors"]
        assert error["line"] == 2
        assert Tombstone.objects.exists()

    def test_that_tells_of_a_contact_since_opens_a_new_file(self, officer, tmp_path):
        self.test_does_not_bring_an_erased_file_back(officer, tmp_path)
        Tombstone.objects.update(erased_on=years_ago(1))
        new = table(tmp_path, f"M-9;BOUZID;Amina;1970;0612345678;rue;{today():%d/%m/%Y};500", head=HEAD)

        assert bring(new, "--source", "siao").counts[0] == 1


class TestTheHouse:
    def test_drops_entries_of_the_trail_past_their_time_and_stays_whole(self, officer):
        retention.silent()
        old = timezone.now().replace(year=timezone.now().year - 2)
        Entry.objects.update(at=old)
        anchor = seals.seal()
        purge(officer)

        assert actions.purge_house(actor=officer, on=today()) > 0

        assert not Entry.objects.filter(at=old).exists()
        assert seals.verify(anchor) == ()

    def test_drops_sessions_that_ended(self, officer):
        ended = timezone.now().replace(year=timezone.now().year - 1)
        Session.objects.create(session_key="old", session_data="x", expire_date=ended)

        actions.purge_house(actor=officer, on=today())

        assert not Session.objects.exists()


class TestRecords:
    def test_that_stay_may_forget_what_goes(self):
        assert [key for key in records.links() if not key.null] == []

    def test_reach_every_model_that_refers_to_a_household_or_a_person(self):
        reached = {path.model._meta.label for path in records.paths()}

        assert reached >= {
            "people.Alias", "people.Phone", "people.ResidentialSituation", "people.Correction", "allocation.Candidacy",
            "allocation.HouseholdAnswer", "tenancies.Lease", "support.Task", "journeys.ArchiveJustification",
        }  # fmt: skip

    def test_go_before_what_they_refer_to(self):
        order = [model._meta.label for model in records.deletion_order()]

        assert order.index("tenancies.Lease") < order.index("allocation.Candidacy") < order.index("people.Household")


def _figures(place, year):
    found = observatory.figures(
        place, year=year, audience=Audience.INTERNAL, on=today(), actor=territories.actor("analyst", territory=place)
    )
    return {figure.indicator.value: figure.numerator for figure in found}


def _age_everything(day):
    """Put every contact back to a day."""
    ResidentialSituation.objects.update(since=None)
    for path, name in contacts._dated():
        path.model._base_manager.filter(**{f"{name}__gt": day}).update(**{name: day})


def _cut_after(count, act):
    done = []

    def cut(**named):
        if len(done) == count:
            raise KeyboardInterrupt
        done.append(act(**named))
        return done[-1]

    return cut


def _elsewhere():
    return Territory.objects.exclude(key="metz").order_by("pk").first()
