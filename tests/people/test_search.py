import pytest
from django.utils import timezone

from chezsoi.engines import linkage
from chezsoi.kernel.dates import PartialDate
from chezsoi.people import actions, queries
from chezsoi.people.models import Person, SearchKey, SearchPosting, SearchWord
from chezsoi.territories.access import NotAllowed
from chezsoi.territories.choices import OrganisationKind
from chezsoi.trail.models import Entry
from tests.engines.linkage.territory import write_territory
from tests.factories import people, territories
from tests.people import noise

TODAY = timezone.localdate()


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


def names(text: str, actor) -> list[str]:
    return [found.name for found in queries.search(text, actor=actor, on=TODAY).found]


def youssef(**traits):
    traits = {"birth_date": PartialDate(1991, 3, 4), "aliases": ("Jo",), "phones": ("0612345678",), **traits}
    return people.household(people.member("Youssef", "N’Diaye", **traits))


class TestNames:
    @pytest.mark.parametrize(
        "text",
        [
            "Youssef N'Diaye", "ndiaye youssef", "NDIAYE", "youss", "ndi", "Yusuf Ndiaye", "Youcef N Diaye",
            "yousef njie", "youssef ndiyae", "ndaye yousf", "jo", "ndiaye 1991", "n'diaye 04/03/1991", "1991-03-04",
            "youssef ndiaye 1990",
        ],
    )  # fmt: skip
    def test_are_found_however_they_are_written(self, siao, text):
        youssef()
        people.household(people.member("Sylvie", "Martin"))

        assert names(text, siao) == ["Youssef N’Diaye"]

    @pytest.mark.parametrize("text", ["Bernard", "Youssef Martinez", "", "   ", "!", "1991", "2031-02-31", "é"])
    def test_that_nobody_would_recognise_find_nobody(self, siao, text):
        youssef()

        assert names(text, siao) == []

    def test_a_compound_name_is_found_whole_and_in_parts(self, siao):
        people.household(people.member("Amine", "Ben Salah"))

        assert all(names(text, siao) == ["Amine Ben Salah"] for text in ("bensalah", "ben salah", "salah amine"))

    def test_come_by_how_well_they_answer(self, siao):
        people.household(people.member("Marie", "Martinet"))
        people.household(people.member("Marie", "Martin"))
        people.household(people.member("Marie", "Marten", birth_date=PartialDate()))

        assert names("marie martin", siao) == ["Marie Martin", "Marie Martinet", "Marie Marten"]

    def test_a_birth_tells_two_people_of_one_name_apart(self, siao):
        for year in (1980, 1991):
            people.household(people.member("Awa", "Diop", birth_date=PartialDate(year, 1, 1)))

        found = queries.search("awa diop 1991", actor=siao, on=TODAY).found
        assert [each.birth.year for each in found] == [1991, 1980]

    def test_a_member_is_found_with_the_household_they_live_in(self, siao):
        people.household(people.member("Amina", "Bouzid"), people.child("Lina", "Bouzid"))

        [found] = queries.search("lina", actor=siao, on=TODAY).found
        assert (found.name, found.is_lead, found.card.name) == ("Lina Bouzid", False, "Amina Bouzid")

    def test_somebody_who_left_every_household_is_not_found(self, siao):
        household = people.household(people.member("Amina", "Bouzid"), people.child("Lina", "Bouzid"))
        lina = Person.objects.get(given_names="Lina")
        lina.memberships.update(ends_on=TODAY)

        assert names("lina", siao) == []
        assert names("amina", siao) == ["Amina Bouzid"]
        assert household.pk


class TestNumbers:
    @pytest.mark.parametrize(
        "text", ["0612345678", "06 12 34 56 78", "+33 6 12 34 56 78", "0033.6.12.34.56.78", "345678", "612345678"]
    )
    def test_of_a_telephone_in_any_format(self, siao, text):
        youssef()

        assert names(text, siao) == ["Youssef N’Diaye"]

    @pytest.mark.parametrize("text", ["0612345679", "12345", "1234567890123456789012"])
    def test_of_another_telephone_find_nobody(self, siao, text):
        youssef()

        assert names(text, siao) == []

    @pytest.mark.parametrize("text", ["K7M-2QX4", "k7m-2qx4", "k7m2qx4", " K7M-2QX4 "])
    def test_of_a_file(self, siao, text):
        people.household(people.member("Awa", "Diop"), reference="K7M-2QX4")

        assert names(text, siao) == ["Awa Diop"]

    def test_the_end_of_a_telephone_is_kept_as_a_digest(self):
        youssef()

        assert not SearchWord.objects.filter(word__contains="345678").exists()
        assert not SearchKey.objects.filter(key__contains="345678").exists()


class TestRights:
    def test_a_circle_finds_its_own_before_anybody(self):
        outreach = territories.actor("outreach_worker")
        people.household(people.member("Awa", "Diop"), actor=outreach)
        people.household(people.member("Awa", "Diop"))

        answer = queries.search("awa diop", actor=outreach, on=TODAY)
        assert [found.name for found in answer.found] == ["Awa Diop"]
        assert answer.services == 1

    def test_outside_the_circle_only_services_are_counted_and_whom_to_ask_named(self):
        office = territories.organisation(kind=OrganisationKind.SIAO, name="SIAO de la Moselle")
        people.household(people.member("Awa", "Diop"))

        answer = queries.search("diop awa", actor=territories.actor("outreach_worker"), on=TODAY)
        assert (answer.found, answer.services, answer.ask, answer.is_empty) == ((), 1, (office.name,), False)

    @pytest.mark.parametrize("text", ["diop", "awa", "awa dio", "awa diopp"])
    def test_outside_the_circle_a_part_or_a_guess_says_nothing(self, text):
        people.household(people.member("Awa", "Diop"))

        assert queries.search(text, actor=territories.actor("outreach_worker"), on=TODAY).is_empty

    @pytest.mark.parametrize("text", ["Awa Diop", "awa diop 1991", "0612345678", "1991-03-04", "K7M-2QX4"])
    @pytest.mark.parametrize("role", ["outreach_worker", "siao_officer"])
    def test_a_protected_file_outside_the_circle_leaves_no_mark(self, role, text):
        keeper = territories.actor("siao_officer")
        household = people.household(
            people.member("Awa", "Diop", birth_date=PartialDate(1991, 3, 4), phones=("0612345678",)),
            actor=keeper,
            reference="K7M-2QX4",
        )
        actions.protect_household(actor=keeper, household=household, on=TODAY)

        assert queries.search(text, actor=territories.actor(role), on=TODAY).is_empty
        assert names(text, keeper) == ["Awa Diop"]

    def test_a_file_whose_people_object_to_the_asking_service_leaves_no_mark(self, siao):
        household = people.household(people.member("Awa", "Diop"))
        asking = territories.actor("outreach_worker")
        actions.record_objection(
            actor=siao,
            household=household,
            person=people.lead(household),
            purpose="sharing",
            made_on=TODAY,
            on=TODAY,
            organisation=territories.organisation_of(asking),
        )

        assert queries.search("awa diop", actor=asking, on=TODAY).is_empty

    def test_a_role_without_identities_searches_first_names_alone(self):
        coordinator = territories.actor("coordinator")
        youssef(situation=people.street(TODAY))

        assert names("youssef", coordinator) == ["Youssef N."]
        assert not [text for text in ("ndiaye", "jo", "0612345678", "1991-03-04") if names(text, coordinator)]

    def test_another_territory_does_not_exist(self):
        youssef()
        elsewhere = territories.actor("siao_officer", territory=territories.territory("lille"))

        assert queries.search("youssef ndiaye", actor=elsewhere, on=TODAY).is_empty

    @pytest.mark.parametrize("role", ["prospector", "analyst"])
    def test_a_role_that_lists_nobody_finds_nobody(self, role):
        youssef()

        assert queries.search("youssef", actor=territories.actor(role), on=TODAY).is_empty


class TestTrail:
    def test_keeps_what_was_typed_as_digests(self, siao):
        household = youssef()
        actions.search(actor=siao, text="Youssef N'Diaye", on=TODAY)

        entry = Entry.objects.get(verb="people.searched")
        assert str(household.pk) in entry.detail
        assert "ssef" not in entry.detail.casefold()

    def test_keeps_a_number_as_a_digest(self, siao):
        actions.search(actor=siao, text="06 12 34 56 78", on=TODAY)

        assert "06 12" not in Entry.objects.get(verb="people.searched").detail

    def test_needs_the_right(self):
        with pytest.raises(NotAllowed):
            actions.search(actor=territories.actor("analyst"), text="awa", on=TODAY)


class TestIndex:
    def test_a_former_name_still_finds(self, siao):
        household = people.household(people.member("Awa", "Diop"), actor=siao)
        actions.correct_person(actor=siao, person=people.lead(household), values={"birth_name": "Sow"}, on=TODAY)

        assert names("diop", siao) == names("sow", siao) == ["Awa Sow"]

    def test_rebuilding_what_is_whole_changes_nothing(self, siao):
        youssef()
        program = territories.program(organisation=territories.organisation())

        done = actions.rebuild_search(actor=program)

        assert (done.persons, done.added, done.removed, done.words_forgotten) == (1, 0, 0, 0)

    def test_rebuilding_files_who_is_missing_and_forgets_what_nobody_bears(self, siao):
        youssef()
        people.household(people.member("Awa", "Diop"))
        awa = Person.objects.get(given_names="Awa")
        SearchPosting.objects.exclude(person=awa).delete()
        Person.objects.filter(pk=awa.pk).update(given_names="Fatou")

        done = actions.rebuild_search(actor=territories.program())

        assert names("youssef", siao) == ["Youssef N’Diaye"]
        assert names("awa", siao) == []
        assert (done.removed, done.words_forgotten) == (1, 1)
        assert not SearchKey.objects.filter(key="=AWA").exists()

    def test_words_of_erased_people_are_forgotten_unless_somebody_else_bears_them(self):
        people.household(people.member("Awa", "Diop"))
        people.household(people.member("Awa", "Sow"))
        diop = Person.objects.get(birth_name="Diop")
        words = queries.words_borne([diop.pk], actor=territories.program())
        SearchPosting.objects.filter(person=diop).delete()

        actions.forget_unborne_words(actor=territories.program(), among=words)

        assert set(SearchWord.objects.filter(word__in=["AWA", "DIOP", "SOW"]).values_list("word", flat=True)) == {
            "AWA",
            "SOW",
        }

    def test_of_a_person_goes_with_the_person(self):
        youssef()
        Person.objects.all()
        SearchPosting.objects.all().delete()

        assert actions.forget_unborne_words(actor=territories.program()) > 0
        assert not SearchWord.objects.exists()
        assert not SearchKey.objects.exists()


class TestAsked:
    def test_an_impossible_day_keeps_its_year(self):
        assert linkage.asked("awa 31/02/1991").birth == PartialDate(1991)


@pytest.mark.slow
def test_ninety_five_in_a_hundred_are_among_the_first_five(siao):
    """Three hundred damaged searches of a small territory; the whole campaign is `python -m benchmarks.pages`."""
    written = [each for each in write_territory(seed=7, households=180).identities if each.names and each.given_names]
    for each in written:
        met = people.member(each.given_names[0], each.names[0], birth_date=each.birth, phones=each.phones)
        actions.register_household(
            actor=siao,
            territory=territories.territory(),
            household=actions.NewHousehold(members=(met,)),
            on=TODAY,
            looks_for_duplicates=False,
        )
    phones = dict(zip(Person.objects.order_by("pk").values_list("pk", flat=True), written, strict=True))
    somebodies = [
        noise.Somebody(
            pk=pk, given=each.given_names[0], family=each.names[0], year=each.birth.year,
            phone=next(iter(each.phones), ""),
        )
        for pk, each in phones.items()
    ]  # fmt: skip

    def find(text: str) -> list[int]:
        return [found.person_pk for found in queries.search(text, actor=siao, on=TODAY, most=5).found]

    recall = noise.recall_at_five(noise.typed(somebodies, count=330, seed=11), find)

    assert recall["all"] >= 0.95, recall
