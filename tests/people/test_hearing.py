from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from chezsoi.files.models import Source
from chezsoi.journeys.imports import queries as journeys
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions
from chezsoi.people.actions import hearing, importing
from chezsoi.people.choices import MemberRole, ResourceKind, Situation
from chezsoi.people.models import HouseholdMember, HouseholdReference, Person, ResidentialSituation, ResourceStatement
from chezsoi.territories.models import Territory
from tests.factories import people, territories

TODAY = timezone.localdate()
EARLIER = TODAY - timedelta(days=30)


@pytest.fixture
def metz() -> Territory:
    return territories.territory()


@pytest.fixture
def source(metz) -> Source:
    service = territories.organisation(metz)
    return Source.objects.create(territory=metz, organisation=service, key="default", name="file", kind="people")


@pytest.fixture
def program(metz, source):
    return territories.program(metz, organisation=source.organisation)


def lead(**traits) -> actions.NewMember:
    return people.member("Amina", "Bouzid", digest="lead", **traits)


def child(**traits) -> actions.NewMember:
    return people.child("Lina", "Bouzid", digest="child", **traits)


def register(
    program, metz, source, *members, on=EARLIER, protected=frozenset(), last_contact_on=None
) -> HouseholdReference:
    (opened,) = importing.register_households(
        actor=program,
        territory=metz,
        households=[
            actions.NewHousehold(
                members=members,
                reference="F1",
                file_number="F1",
                digest="1",
                heard_on=on,
                last_contact_on=last_contact_on,
            )
        ],
        protected=protected,
        on=on,
        source=source,
    )
    return HouseholdReference.objects.get(household=opened.household)


def hear(program, reference, *told, protects=False) -> hearing.Heard:
    return hearing.hear_household(
        actor=program,
        reference=reference,
        told=told,
        heard_on=TODAY,
        digest="2",
        protects=protects,
        on=TODAY,
        source=reference.source,
    )


def on_file(reference, role=MemberRole.LEAD) -> Person:
    return HouseholdMember.objects.get(household=reference.household, role=role).person


class TestRegisterHouseholds:
    def test_refuses_a_household_without_one_lead(self, program, metz, source):
        with pytest.raises(actions.NeedsALead):
            register(program, metz, source, child())

    def test_refuses_a_contact_to_come(self, program, metz, source):
        with pytest.raises(actions.InTheFuture):
            register(program, metz, source, lead(), last_contact_on=TODAY + timedelta(days=1))

    def test_gives_the_leads_situation_to_those_without_one(self, program, metz, source):
        reference = register(program, metz, source, lead(situation=people.street(EARLIER)), child())

        assert on_file(reference, MemberRole.CHILD).situations.get().is_derived


class TestHearHousehold:
    def test_changes_nothing_when_the_same_is_said_again(self, program, metz, source):
        stated = actions.NewResources(kind=ResourceKind.RSA, stated_on=EARLIER, amount_per_month=Decimal("651.69"))
        said = lead(situation=people.street(EARLIER), resources=(stated,), phones=("0612345678",))
        reference = register(program, metz, source, said)

        heard = hear(program, reference, hearing.Told(person=on_file(reference), member=said))

        assert (heard.added, heard.changed) == (frozenset(), frozenset())
        assert ResourceStatement.objects.count() == ResidentialSituation.objects.count() == 1

    def test_adds_what_is_new_of_each_member_and_erases_nothing(self, program, metz, source):
        reference = register(program, metz, source, lead(situation=people.street(EARLIER)), child())
        hotel = people.seen(Situation.HOTEL, TODAY)
        more = actions.NewResources(kind=ResourceKind.AAH, stated_on=TODAY, amount_per_month=Decimal("1041.59"))

        heard = hear(
            program,
            reference,
            hearing.Told(person=on_file(reference), member=lead(situation=hotel, resources=(more,))),
            hearing.Told(
                person=on_file(reference, MemberRole.CHILD),
                member=child(situation=people.seen(Situation.WITH_OTHERS, TODAY)),
            ),
        )

        assert heard.changed == set(heard.people)
        assert ResidentialSituation.objects.filter(situation=Situation.STREET).count() == 2
        assert on_file(reference).resources.get().kind == ResourceKind.AAH

    def test_corrects_a_name_and_a_birth_date_and_keeps_the_former(self, program, metz, source):
        reference = register(program, metz, source, lead())
        said = people.member("Aminata", "Bouzid", birth_date=PartialDate(1971), digest="lead")

        hear(program, reference, hearing.Told(person=on_file(reference), member=said))

        corrected = on_file(reference)
        assert (corrected.given_names, corrected.birth_date) == ("Aminata", PartialDate(1971))
        assert corrected.aliases.exists()

    @pytest.mark.parametrize(
        ("leads", "own", "situation"),
        [
            (None, None, None),
            (Situation.STREET, None, Situation.STREET),
            (Situation.STREET, Situation.HOTEL, Situation.HOTEL),
        ],
    )
    def test_adds_a_member_with_their_own_place_or_the_leads(  # noqa: PLR0917
        self, program, metz, source, leads, own, situation
    ):
        reference = register(program, metz, source, lead(situation=people.seen(leads, EARLIER) if leads else None))
        new = child(situation=people.seen(own, TODAY) if own else None)

        heard = hear(program, reference, hearing.Told(person=None, member=new))

        rows = Person.objects.get(pk=min(heard.added)).situations
        assert list(rows.values_list("situation", flat=True)) == ([situation] if situation else [])

    def test_adds_a_member_where_no_lead_is_left(self, program, metz, source):
        reference = register(program, metz, source, lead(situation=people.street(EARLIER)))
        HouseholdMember.objects.filter(household=reference.household).update(ends_on=TODAY)

        heard = hear(program, reference, hearing.Told(person=None, member=child()))

        assert not Person.objects.get(pk=min(heard.added)).situations.exists()

    def test_protects_from_the_day_the_file_says_so(self, program, metz, source):
        reference = register(program, metz, source, lead())

        assert hear(program, reference, protects=True).is_protected_now

    def test_is_refused_to_a_service_that_left_the_circle_of_a_protected_household(self, program, metz, source):
        reference = register(program, metz, source, lead(), protected=frozenset({"F1"}))
        assert hear(program, reference).is_protected_now
        reference.household.circle.all().delete()

        with pytest.raises(hearing.OutsideTheCircle):
            hear(program, reference)


class TestNoteTouched:
    def test_tells_the_recorder_of_the_circles_made_longer(self, program, metz, source):
        reference = register(program, metz, source, lead(), on=TODAY)
        told: list[tuple] = []

        class Recorder:
            def created(self, row):
                """Ignore what is new."""

            def updated(self, row, before):
                told.append((row, before))

        membership = reference.household.circle.get()
        hearing._note_touched(Recorder(), reference.household, {membership.pk: date(2020, 1, 1)}, TODAY)
        hearing._note_touched(Recorder(), reference.household, {membership.pk: membership.ends_on}, TODAY)

        assert told == [(membership, {"ends_on": date(2020, 1, 1)})]


class TestAccountAtWork:
    def test_is_the_one_that_asked_while_it_holds_its_role(self):
        officer = territories.actor("siao_officer")
        asked = {"on": TODAY, "actor": None}

        assert journeys.account_at_work(officer.user_id, "siao_officer", officer.organisation_id, **asked) == officer
        assert journeys.account_at_work(officer.user_id, "dpo", officer.organisation_id, **asked) is None
        assert journeys.account_at_work(None, "siao_officer", officer.organisation_id, **asked) is None


class TestLivingElsewhere:
    def test_names_what_the_reader_sees_when_no_service_brings_the_file(self, program, metz, source):
        reference = register(program, metz, source, lead(), on=TODAY)
        person = on_file(reference)
        asked = {"source": None, "organisation": None, "on": TODAY}

        seen = journeys.living_elsewhere([person.pk], actor=territories.actor("siao_officer"), **asked)
        unseen = journeys.living_elsewhere([person.pk], actor=territories.actor("outreach_worker"), **asked)

        assert (seen[person.pk].name, unseen[person.pk].name) == ("F1", "")
