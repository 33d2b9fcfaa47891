from datetime import date, timedelta

import pytest
from django.utils import timezone

from chezsoi.files.choices import SourceKind
from chezsoi.files.models import Source
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people import actions, queries
from chezsoi.people.choices import MemberRole, ResourceKind, Situation
from chezsoi.people.models import Household, HouseholdReference, IdentityKey, Person, PersonReference, PossibleDuplicate
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()


class TestRegisterHousehold:
    def test_opens_a_file_and_the_circle_of_the_service_that_met_them(self):
        outreach = territories.actor("outreach_worker")

        household = people.looked_for(actor=outreach)

        circle = household.circle.get()
        assert (circle.organisation_id, circle.user_id, circle.basis) == (outreach.organisation_id, None, "intake")
        assert circle.ends_on == TODAY + timedelta(days=90)
        assert queries.household(household.pk, actor=outreach) == household

    def test_leaves_its_lines_in_the_trail_without_saying_who(self):
        household = people.looked_for(people.member("Rahmatullah", "Gebremariam"))

        verbs = [entry.verb for entry in Entry.objects.order_by("pk")]
        assert verbs == ["people.circle.opened", "people.household.registered"]
        assert "Gebremariam" not in "".join(Entry.objects.values_list("detail", flat=True))
        assert Entry.objects.filter(object_id=str(household.pk), territory_id=household.territory_id).exists()

    def test_opens_a_file_for_somebody_without_any_name(self):
        household = people.looked_for(actions.NewMember(name_quality=Quality.REFUSED), stated_size=1)

        card = queries.card(household, on=TODAY, actor=territories.actor("siao_officer"))
        assert card.name == household.reference
        assert len(household.reference) == 8

    def test_keeps_the_number_it_is_given(self):
        assert people.looked_for(reference="M57-0001").reference == "M57-0001"

    def test_keeps_a_second_name_once_and_a_telephone_once(self):
        household = people.looked_for(people.member(aliases=("Mina", "Mina"), phones=("0612345678", "0612345678")))

        person = people.lead(household)
        assert [alias.plain_name for alias in person.aliases.all()] == ["mina"]
        assert [phone.number for phone in person.phones.all()] == ["0612345678"]

    def test_gives_the_leads_situation_to_members_nobody_asked(self):
        situation = people.street(TODAY)
        asked = people.child("Sami", situation=people.seen(Situation.WITH_OTHERS))
        household = people.looked_for(people.member(situation=situation), people.child("Lina"), asked)

        rows = {m.person.given_names: m.person.situations.get() for m in household.members_on(TODAY)}
        assert (rows["Lina"].situation, rows["Lina"].is_derived) == ("street", True)
        assert rows["Lina"].since == situation.since
        assert (rows["Sami"].situation, rows["Sami"].is_derived) == ("with_others", False)
        assert rows["Amina"].derived.get() == rows["Lina"]

    def test_derives_nothing_from_a_lead_nobody_asked(self):
        household = people.looked_for(people.member(), people.child())

        assert [m.person.situations.count() for m in household.members_on(TODAY)] == [0, 0]

    def test_writes_what_the_lead_lives_on(self):
        resources = actions.NewResources(kind=ResourceKind.RSA, stated_on=TODAY)
        household = people.looked_for(people.member(resources=(resources,)))

        assert people.lead(household).resources.get().kind == "rsa"

    @pytest.mark.parametrize("members", [(), (people.child(),), (people.member(), people.member("Karim"))])
    def test_refuses_a_household_without_one_lead(self, members):
        with pytest.raises(actions.NeedsALead):
            actions.register_household(
                actor=territories.actor("outreach_worker"),
                territory=territories.territory(),
                household=actions.NewHousehold(members=members),
                on=TODAY,
            )

        assert not Household.objects.exists()

    @pytest.mark.parametrize(
        "member",
        [
            people.member(birth_date=PartialDate(TODAY.year + 1)),
            people.member(situation=people.seen(observed_on=TODAY + timedelta(days=1))),
            people.member(
                resources=(actions.NewResources(kind=ResourceKind.RSA, stated_on=TODAY + timedelta(days=1)),)
            ),
        ],
    )
    def test_refuses_a_fact_of_the_future_and_keeps_nothing(self, member):
        with pytest.raises(actions.InTheFuture):
            people.looked_for(member)

        assert not Person.objects.exists()
        assert not Entry.objects.exists()

    def test_refuses_a_contact_of_the_future(self):
        with pytest.raises(actions.InTheFuture):
            people.looked_for(last_contact_on=TODAY + timedelta(days=1))

    def test_refuses_a_situation_seen_before_it_began(self):
        with pytest.raises(actions.SeenBeforeItBegan):
            people.looked_for(people.member(situation=people.seen(since=TODAY + timedelta(days=1))))

    def test_refuses_a_role_without_the_right(self):
        with pytest.raises(NotAllowed):
            people.looked_for(actor=territories.actor("coordinator"))

    def test_refuses_another_territory(self):
        with pytest.raises(NotAllowed):
            people.looked_for(
                actor=territories.actor("siao_officer", territory=territories.territory("lille")),
                territory=territories.territory("metz"),
            )

    def test_opens_no_circle_for_a_program_without_a_service(self):
        household = people.looked_for(actor=territories.program())

        assert not household.circle.exists()


class TestLookalikes:
    def test_are_noted_for_a_human_and_never_joined(self):
        first = people.looked_for(people.member("Koffi", "N'Diaye", birth_date=PartialDate(2004, 8, 29)))
        second = people.looked_for(people.member("NDIAYE", "Koffi", birth_date=PartialDate(2004, 8, 29)))

        pair = PossibleDuplicate.objects.get()
        assert {pair.first, pair.second} == {people.lead(first), people.lead(second)}
        assert pair.judgement == "waiting"
        assert "same_birth_date" in [code for code, _left, _right in pair.reasons]
        assert Person.objects.count() == 2

    def test_are_not_looked_for_by_an_import_which_compares_at_its_end(self):
        place = territories.territory()
        for _time in range(2):
            actions.register_household(
                actor=territories.program(),
                territory=place,
                household=actions.NewHousehold(members=(people.member(),)),
                on=TODAY,
                looks_for_duplicates=False,
            )

        assert not PossibleDuplicate.objects.exists()

    def test_are_not_sought_in_another_territory(self):
        people.looked_for()
        people.looked_for(territory=territories.territory("lille"))

        assert not PossibleDuplicate.objects.exists()

    def test_are_found_by_digests_that_say_nothing(self):
        people.looked_for(people.member("Koffi", "N'Diaye"))

        assert IdentityKey.objects.exists()
        assert all(len(key.digest) == 64 for key in IdentityKey.objects.all())


class TestImport:
    def file(self, organisation) -> Source:
        return Source.objects.create(
            territory=territories.territory(), organisation=organisation, key="f", name="f", kind=SourceKind.PEOPLE
        )

    def load(self, actor, source, **traits) -> Household:
        member = people.member(digest="d1", situation=people.street(TODAY))
        return actions.register_household(
            actor=actor,
            territory=territories.territory(),
            household=actions.NewHousehold(members=(member,), file_number="M57-0001", digest="h1", **traits),
            on=TODAY,
            source=source,
            looks_for_duplicates=False,
        )

    def test_remembers_what_the_file_calls_the_household_and_the_person(self):
        outreach = territories.actor("outreach_worker")
        source = self.file(territories.organisation_of(outreach))

        household = self.load(outreach, source, heard_on=TODAY - timedelta(days=3))

        reference = HouseholdReference.objects.get()
        assert (reference.household, reference.file_number, reference.digest) == (household, "M57-0001", "h1")
        assert reference.heard_on == TODAY - timedelta(days=3)
        assert PersonReference.objects.get().digest == "d1"
        assert household.circle.get().basis == "import"
        assert people.lead(household).situations.get().source == source

    def test_is_of_the_actors_own_service_only(self):
        source = self.file(territories.organisation())

        with pytest.raises(NotAllowed):
            self.load(territories.actor("outreach_worker"), source)

    def test_tells_the_recorder_of_each_row(self):
        seen = []

        class Recorder:
            def created(self, obj):
                seen.append(obj._meta.model_name)

            def updated(self, obj, before):
                seen.append(f"{obj._meta.model_name} changed")

        actions.register_household(
            actor=territories.program(organisation=territories.organisation()),
            territory=territories.territory(),
            household=actions.NewHousehold(members=(people.member(situation=people.street(TODAY)),)),
            on=TODAY,
            recorder=Recorder(),
        )

        assert set(seen) == {
            "household", "person", "householdmember", "residentialsituation", "circlemembership", "identitykey",
            "searchposting",
        }  # fmt: skip

    def test_heard_again_opens_the_closed_circle_again(self):
        outreach = territories.actor("outreach_worker")
        source = self.file(territories.organisation_of(outreach))
        household = self.load(outreach, source)
        household.circle.update(starts_on=TODAY - timedelta(days=100), ends_on=TODAY - timedelta(days=10))
        household.last_contact_on = None
        household.save()
        reference = household.references.get()

        actions.hear_again(actor=outreach, reference=reference, heard_on=TODAY, digest="h2", on=TODAY, source=source)

        household.refresh_from_db()
        assert household.last_contact_on == TODAY
        assert household.references.get().digest == "h2"
        assert queries.household(household.pk, actor=outreach) == household

    def test_heard_again_changes_nothing_of_an_open_circle_nor_of_a_later_contact(self):
        outreach = territories.actor("outreach_worker")
        source = self.file(territories.organisation_of(outreach))
        household = self.load(outreach, source, last_contact_on=TODAY)

        actions.hear_again(
            actor=outreach, reference=household.references.get(), heard_on=date(2020, 1, 1), digest="h2", on=TODAY,
            source=source,
        )  # fmt: skip

        household.refresh_from_db()
        assert household.last_contact_on == TODAY
        assert household.circle.count() == 1

    def test_heard_again_never_opens_a_protected_household(self):
        outreach = territories.actor("outreach_worker")
        source = self.file(territories.organisation_of(outreach))
        household = self.load(outreach, source)
        Household.objects.update(is_protected=True)
        household.circle.update(starts_on=TODAY - timedelta(days=100), ends_on=TODAY - timedelta(days=10))

        with pytest.raises(NotAllowed):
            actions.hear_again(
                actor=outreach, reference=household.references.get(), heard_on=TODAY, digest="h2", on=TODAY,
                source=source,
            )  # fmt: skip

    def test_heard_again_is_of_the_same_source(self):
        outreach = territories.actor("outreach_worker")
        source = self.file(territories.organisation_of(outreach))
        household = self.load(outreach, source)
        other = Source.objects.create(
            territory=source.territory, organisation=source.organisation, key="g", name="g", kind=SourceKind.PEOPLE
        )

        with pytest.raises(NotAllowed):
            actions.hear_again(
                actor=outreach, reference=household.references.get(), heard_on=TODAY, digest="h2", on=TODAY,
                source=other,
            )  # fmt: skip

    def test_finds_a_member_whose_role_is_lead(self):
        household = self.load(territories.program(), None)

        assert queries.lead(household, on=TODAY, actor=territories.program()).role == MemberRole.LEAD
