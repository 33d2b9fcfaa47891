from datetime import timedelta

import pytest
from django.utils import timezone

from chezsoi.files.models import Source
from chezsoi.kernel.dates import PartialDate
from chezsoi.kernel.quality import Quality
from chezsoi.people import actions, queries
from chezsoi.people.models import Correction, IdentityKey, Person, PossibleDuplicate
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.factories import people, territories

TODAY = timezone.localdate()


def listed(*, actor, on, **wanted):
    return queries.listing(queries.Wanted(**wanted), actor=actor, on=on).households


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


class TestCorrectPerson:
    def test_keeps_the_value_before_its_author_and_the_reason(self, siao):
        person = people.lead(people.looked_for(actor=siao))
        born = PartialDate(1971, 3, 18)

        actions.correct_person(actor=siao, person=person, values={"birth_date": born}, on=TODAY, reason="papers")

        kept = Correction.objects.get()
        assert (kept.field, kept.old_value, kept.corrected_by) == ("birth_date", "1970-03-18", siao.user_id)
        assert kept.reason == "papers"
        person.refresh_from_db()
        assert person.birth_date == born

    def test_keeps_a_former_name_as_an_alias_and_still_finds_it(self, siao):
        household = people.looked_for(actor=siao)
        person = people.lead(household)
        keys = set(IdentityKey.objects.values_list("digest", flat=True))

        actions.correct_person(actor=siao, person=person, values={"birth_name": "Benali"}, on=TODAY)

        assert [alias.name for alias in person.aliases.all()] == ["Amina Bouzid"]
        assert keys < set(IdentityKey.objects.values_list("digest", flat=True))
        assert list(listed(actor=siao, on=TODAY, text="bouzid")) == [household]
        assert list(listed(actor=siao, on=TODAY, text="Benali")) == [household]

    def test_tells_the_recorder_what_stood_before(self, siao):
        noted = {}

        class Recorder:
            def created(self, obj): ...

            def updated(self, obj, before):
                noted[obj._meta.model_name] = before

        person = people.lead(people.looked_for(actor=siao))
        actions.correct_person(
            actor=siao, person=person, values={"birth_name": "Benali"}, on=TODAY, recorder=Recorder()
        )

        assert noted["person"] == {"birth_name": "Bouzid", "sort_name": "bouzid amina"}
        assert noted["household"] == {"version": 1}

    def test_notes_a_name_given_back_once(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        for name in ("Benali", "Bouzid", "Benali"):
            actions.correct_person(actor=siao, person=person, values={"birth_name": name}, on=TODAY)

        assert sorted(alias.name for alias in person.aliases.all()) == ["Amina Benali", "Amina Bouzid"]

    def test_gives_a_name_to_somebody_who_had_none(self, siao):
        person = people.lead(people.looked_for(actions.NewMember(), actor=siao))

        actions.correct_person(actor=siao, person=person, values={"given_names": "Zoé"}, on=TODAY)

        assert person.sort_name == "zoe"
        assert not person.aliases.exists()

    def test_changes_nothing_when_nothing_differs(self, siao):
        household = people.looked_for(actor=siao)
        entries = Entry.objects.count()

        actions.correct_person(actor=siao, person=people.lead(household), values={"sex": ""}, on=TODAY)

        assert Entry.objects.count() == entries
        assert not Correction.objects.exists()

    def test_names_in_the_trail_what_changed_and_not_to_what(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        actions.correct_person(actor=siao, person=person, values={"birth_name": "Benali"}, on=TODAY)

        entry = Entry.objects.get(verb="people.person.corrected")
        assert entry.detail == '{"fields":["birth_name"]}'

    def test_refuses_a_file_changed_meanwhile(self, siao):
        household = people.looked_for(actor=siao)
        person = people.lead(household)
        actions.record_wishes(actor=siao, household=household, wishes="Metz", on=TODAY, version=1)

        with pytest.raises(actions.ChangedMeanwhile):
            actions.correct_person(actor=siao, person=person, values={"birth_name": "Benali"}, on=TODAY, version=1)

        person.refresh_from_db()
        assert person.birth_name == "Bouzid"

    def test_refuses_a_birth_still_to_come(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        with pytest.raises(actions.InTheFuture):
            actions.correct_person(
                actor=siao, person=person, values={"birth_date": PartialDate(TODAY.year + 1)}, on=TODAY
            )

    def test_refuses_what_is_not_of_the_person(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        with pytest.raises(actions.NotCorrigible):
            actions.correct_person(actor=siao, person=person, values={"territory_id": 1}, on=TODAY)

    def test_refuses_who_is_outside_the_circle(self):
        person = people.lead(people.looked_for())

        with pytest.raises(NotAllowed):
            actions.correct_person(
                actor=territories.actor("outreach_worker"), person=person, values={"sex": "F"}, on=TODAY
            )

    def test_asks_again_whether_they_are_known(self, siao):
        people.looked_for(actor=siao)
        person = people.lead(people.looked_for(people.member(birth_date=PartialDate(), given_names="Amina")))
        assert not PossibleDuplicate.objects.exists()

        values = {"birth_date": PartialDate(1970, 3, 18), "birth_quality": Quality.KNOWN}
        actions.correct_person(actor=siao, person=person, values=values, on=TODAY)

        assert PossibleDuplicate.objects.count() == 1


class TestAddAlias:
    def test_adds_a_name_once(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        first = actions.add_alias(actor=siao, person=person, name="Mina", on=TODAY)

        assert actions.add_alias(actor=siao, person=person, name="Mina", on=TODAY) == first
        assert person.sort_name == "bouzid amina"

    def test_names_somebody_who_had_no_name(self, siao):
        household = people.looked_for(actions.NewMember(), actor=siao)

        actions.add_alias(actor=siao, person=people.lead(household), name="Le Grand Jo", on=TODAY)

        assert queries.card(household, on=TODAY, actor=siao).name == "Le Grand Jo"

    def test_refuses_somebody_who_never_had_a_household(self, siao):
        alone = Person.objects.create(territory=territories.territory())

        with pytest.raises(actions.HasNoHousehold):
            actions.add_alias(actor=siao, person=alone, name="Mina", on=TODAY)


class TestAddPhone:
    def test_adds_a_number_once_and_keeps_it_unreadable(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        phone = actions.add_phone(actor=siao, person=person, number="0612345678", on=TODAY)

        assert actions.add_phone(actor=siao, person=person, number="0612345678", on=TODAY) == phone
        assert "0612345678" not in phone.number_index
        assert person.phones.get().number == "0612345678"

    def test_keeps_the_circle_open_for_ninety_days_more(self):
        outreach = territories.actor("outreach_worker")
        household = people.looked_for(actor=outreach, on=TODAY - timedelta(days=50))

        actions.add_phone(actor=outreach, person=people.lead(household), number="0612345678", on=TODAY)

        assert household.circle.get().ends_on == TODAY + timedelta(days=90)

    def test_looks_for_nobody_when_an_import_says_it(self, siao):
        people.looked_for(people.member(phones=("0612345678",)), actor=siao)
        other = people.lead(people.looked_for(people.member(birth_date=PartialDate()), actor=siao))
        program = territories.program(organisation=territories.organisation())
        source = Source.objects.create(
            territory=territories.territory(), organisation_id=program.organisation_id, key="f", name="f", kind="people"
        )

        actions.add_phone(actor=program, person=other, number="0612345678", on=TODAY, source=source)

        assert not PossibleDuplicate.objects.exists()


class TestRecordWishes:
    def test_keeps_the_words_before(self, siao):
        household = people.looked_for(actor=siao, wishes="Près de l’école")

        actions.record_wishes(actor=siao, household=household, wishes="Metz", on=TODAY, version=1)

        household.refresh_from_db()
        assert (household.wishes, household.version, household.wishes_quality) == ("Metz", 2, "known")
        assert household.corrections.get().old_value == "Près de l’école"

    def test_keeps_nothing_when_nothing_was_said_before(self, siao):
        household = people.looked_for(actor=siao)

        actions.record_wishes(actor=siao, household=household, wishes="", on=TODAY, quality=Quality.REFUSED)

        assert not household.corrections.exists()
        assert household.wishes_quality == "refused"

    def test_refuses_the_second_of_two_who_write_at_once(self, siao):
        household = people.looked_for(actor=siao)
        actions.record_wishes(actor=siao, household=household, wishes="Metz", on=TODAY, version=1)

        with pytest.raises(actions.ChangedMeanwhile):
            actions.record_wishes(actor=siao, household=household, wishes="Woippy", on=TODAY, version=1)

        household.refresh_from_db()
        assert household.wishes == "Metz"


class TestRecordReach:
    def test_keeps_the_words_before(self, siao):
        household = people.looked_for(actor=siao, reach="gare")

        actions.record_reach(actor=siao, household=household, reach="accueil de jour", on=TODAY, version=1)

        household.refresh_from_db()
        assert household.reach == "accueil de jour"
        assert household.corrections.get().field == "reach"


class TestRecordResources:
    RSA = actions.NewResources(kind="rsa", stated_on=TODAY)

    def test_is_for_a_role_that_writes_them(self):
        worker = territories.actor("lead_worker")
        person = people.lead(people.looked_for(actor=worker))

        row = actions.record_resources(actor=worker, person=person, resources=self.RSA, on=TODAY)

        assert person.resources.get() == row

    def test_is_refused_to_a_role_that_reads_them(self, siao):
        person = people.lead(people.looked_for(actor=siao))

        with pytest.raises(NotAllowed):
            actions.record_resources(actor=siao, person=person, resources=self.RSA, on=TODAY)

    def test_is_for_programs(self):
        person = people.lead(people.looked_for())

        actions.record_resources(actor=territories.program(), person=person, resources=self.RSA, on=TODAY)

        assert person.resources.count() == 1

    def test_refuses_somebody_who_never_had_a_household(self):
        alone = Person.objects.create(territory=territories.territory())

        with pytest.raises(actions.HasNoHousehold):
            actions.record_resources(actor=territories.program(), person=alone, resources=self.RSA, on=TODAY)
