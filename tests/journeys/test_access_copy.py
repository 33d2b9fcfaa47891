import io
import json
from datetime import timedelta
from decimal import Decimal

import pypdf
import pytest
from bs4 import BeautifulSoup
from django.apps import apps
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.allocation.models import WishedCommune
from chezsoi.fields import Basis
from chezsoi.files.choices import SourceKind
from chezsoi.files.models import BatchChange, Source
from chezsoi.journeys import street_to_home
from chezsoi.journeys.access_copy import document, gathering, holdings, values
from chezsoi.journeys.access_copy.passages import passages, speaks_of_others
from chezsoi.people import actions
from chezsoi.people.choices import MemberRole
from chezsoi.people.models import AccessRequest, HouseholdMember
from chezsoi.support import actions as support
from chezsoi.territories.access import NotAllowed
from chezsoi.trail.models import Entry
from tests.architecture import source as house
from tests.factories import allocation, people, tenancies, territories
from tests.files import makers_of_batches

TODAY = timezone.localdate()
LAST_WEEK = TODAY - timedelta(days=7)


@pytest.fixture
def worker():
    return territories.actor("lead_worker", user=territories.user(full_name="Nadia Klein"))


@pytest.fixture
def household(worker):
    resources = (
        actions.NewResources(kind="rsa", stated_on=TODAY, amount_per_month=Decimal(651), original_words="RSA Metz"),
    )
    return people.household(
        people.member(situation=people.street(TODAY), phones=("0612345678",), aliases=("Mina",), resources=resources),
        people.child(),
        actor=worker,
        wishes="Près de l’école. Lina dort mal.",
        reach="Par Nadia au 06 98 76 54 32",
        reference="M57-0042",
    )


def asked(household, worker, person=None):
    return actions.request_copy(
        actor=worker, household=household, person=person or people.lead(household), asked_on=TODAY, on=TODAY
    )


def gathered(request, worker):
    return gathering.gather(request, on=TODAY, actor=worker)


def read(request, copy, worker, masked=()):
    keys = {each.key for each in document.every_passage(copy)}
    return actions.read_passages(actor=worker, request=request, kept=keys, masked=set(masked) & keys)


def is_personal(model):
    return model.privacy.basis is not Basis.NOT_PERSONAL


class TestEveryTable:
    @pytest.mark.parametrize("model", [*filter(is_personal, house.models())], ids=lambda model: model._meta.label)
    def test_about_people_is_in_the_copy_or_left_out_for_a_reason(self, model):
        copied = {each.model for each in holdings.HOLDINGS} | holdings.GATHERED.keys()

        assert (model._meta.label in copied) != (model._meta.label in holdings.LEFT_OUT)

    def test_named_exists(self):
        named = {each.model for each in holdings.HOLDINGS} | holdings.GATHERED.keys() | holdings.LEFT_OUT.keys()

        assert {apps.get_model(label)._meta.label for label in named} == named

    def test_left_out_says_why_in_words(self):
        reasons = [*holdings.LEFT_OUT.values(), *(why for each in holdings.HOLDINGS for why in each.omits.values())]

        assert [why for why in reasons if len(why.split()) < 4] == []

    @pytest.mark.parametrize("holding", holdings.HOLDINGS, ids=lambda each: f"{each.model} {each.path}")
    def test_names_its_own_columns(self, holding):
        model = apps.get_model(holding.model)
        columns = {column.name for column in model._meta.concrete_fields}

        assert {*holding.free, *holding.omits} <= columns
        assert not set(holding.free) & holding.omits.keys()
        model._default_manager.filter(**{f"{name}__isnull": True for name in (holding.day, holding.until) if name})

    @pytest.mark.parametrize("holding", holdings.HOLDINGS, ids=lambda each: f"{each.model} {each.path}")
    def test_names_every_thing_it_points_at(self, holding):
        model = apps.get_model(holding.model)
        way = holding.path.split("__")[0]
        pointed = {
            column.related_model._meta.label
            for column in model._meta.concrete_fields
            if column.is_relation and column.name not in {way, *holding.omits}
        }

        assert pointed - values.NAMES.keys() <= {"territories.User", "people.Person"}

    def test_writes_freely_only_what_a_human_reads_first(self):
        """A text column that is neither a code, a name of hers nor an omission is read passage by passage."""
        hers = {
            "birth_name", "use_name", "given_names", "name", "number", "field", "reference", "file_number", "sort_name",
            "purpose", "role", "ticket", "old_value", "media_type",
        }  # fmt: skip
        free = [
            f"{holding.model}.{column.name}"
            for holding in holdings.HOLDINGS
            for column in apps.get_model(holding.model)._meta.concrete_fields
            if column.get_internal_type() in {"CharField", "TextField"}
            and not column.choices
            and type(column).__name__ not in {"PartialDateField", "EncryptedJSONField"}
            and column.name not in {*holding.free, *holding.omits, *hers}
        ]

        assert free == []


class TestWhatIsGathered:
    def test_is_hers_with_others_by_role_and_initial_and_workers_by_service(self, household, worker):
        actions.note_reading(actor=worker, household=household)
        copy = gathered(asked(household, worker), worker)
        said = json.dumps(document.as_json(copy, AccessRequest.objects.get()), ensure_ascii=False)

        for words in ("Amina", "Bouzid", "Mina", "0612345678", "1970-03-18", "street", "651.00", "RSA Metz"):
            assert words in said, words
        assert "L." in said
        assert "Nadia Klein" not in said
        assert territories.organisation_of(worker).name in said
        others = [each for each in copy.of(holdings.Part.HOUSEHOLD) if each.model == "people.HouseholdMember"]
        assert any("L." in value.text for each in others for value in each.values)
        assert [each.values[0].text for each in copy.of(holdings.Part.READERS) if each.model == "trail.Entry"] == [
            territories.organisation_of(worker).name
        ]

    def test_crosses_every_app(self, worker):
        """Of somebody who asks, is proposed, housed and supported: request, decision, lease, wish and measure."""
        household = allocation.household(actor=worker)
        allocation.request(household, "dalo", communes=("57463",))
        support.state_wish(actor=territories.program(), household=household, intensity="none", stated_on=TODAY)

        lease_of(household, worker)

        copy = gathered(asked(household, worker), worker)

        assert {each.model for each in copy.records} >= {
            "allocation.HousingRequest",
            "allocation.WishedCommune",
            "allocation.PriorityLabel",
            "allocation.Candidacy",
            "allocation.Decision",
            "tenancies.Lease",
            "support.SupportWish",
        }

    def test_of_who_left_stops_the_day_they_left(self, worker):
        """What the others lived since is theirs: a wish stated later, a wish as it is now."""
        household = people.household(
            people.member(),
            people.member("Paul", "Muller", role=MemberRole.PARTNER),
            actor=worker,
            on=LAST_WEEK,
            wishes="Ensemble",
        )
        paul = household.members.get(role=MemberRole.PARTNER)
        leaving = TODAY - timedelta(days=3)
        for day, intensity in ((TODAY - timedelta(days=5), "light"), (TODAY, "none")):
            support.state_wish(actor=territories.program(), household=household, intensity=intensity, stated_on=day)
        HouseholdMember.objects.filter(pk=paul.pk).update(ends_on=leaving)
        own = people.household(people.member("Autre", "Dossier"), actor=worker, on=leaving)
        HouseholdMember.objects.create(household=own, person=paul.person, role=MemberRole.OTHER, starts_on=leaving)

        said = document.as_json(gathered(asked(own, worker, paul.person), worker), AccessRequest.objects.get())

        assert [row["intensity"] for row in said["parts"]["support"]] == ["light"]
        households = [row for row in said["parts"]["household"] if row["model"] == "people.Household"]
        assert [row["reference"] for row in households] == [own.reference]
        assert "Ensemble" not in json.dumps(said)

    def test_of_who_joined_starts_the_day_they_joined(self, worker):
        household = people.household(people.member(), actor=worker, on=LAST_WEEK)
        support.state_wish(actor=territories.program(), household=household, intensity="light", stated_on=LAST_WEEK)
        newcomer = people.household(people.member("Paul", "Muller"), on=LAST_WEEK).members.get().person
        newcomer.memberships.update(ends_on=TODAY)
        HouseholdMember.objects.create(household=household, person=newcomer, role=MemberRole.PARTNER, starts_on=TODAY)

        said = document.as_json(gathered(asked(household, worker, newcomer), worker), AccessRequest.objects.get())

        assert said["parts"]["support"] == []

    def test_of_who_left_holds_the_communes_wished_while_they_were_there(self, worker):
        household = people.household(
            people.member(), people.member("Paul", "Muller", role=MemberRole.PARTNER), actor=worker, on=LAST_WEEK
        )
        allocation.request(household, communes=["57463", "57751", "57672"])
        then, leaving = TODAY - timedelta(days=5), TODAY - timedelta(days=3)
        for code, day in (("57463", then), ("57672", None)):
            WishedCommune.objects.filter(commune=code).update(stated_on=day)
        paul = household.members.get(role=MemberRole.PARTNER)
        HouseholdMember.objects.filter(pk=paul.pk).update(ends_on=leaving)
        own = people.household(people.member("Autre", "Dossier"), actor=worker, on=leaving)
        HouseholdMember.objects.create(household=own, person=paul.person, role=MemberRole.OTHER, starts_on=leaving)

        for file, person, codes in (
            (own, paul.person, ["Metz"]),
            (household, people.lead(household), ["Metz", "Woippy", "Thionville"]),
        ):
            said = document.as_json(gathered(asked(file, worker, person), worker), AccessRequest.objects.latest("pk"))
            rows = [row for row in said["parts"]["request"] if row["model"] == "allocation.WishedCommune"]
            assert [row["commune"] for row in rows] == codes

    def test_is_whole_or_not_at_all(self, household, worker):
        """ASVS 8.2.3: a role that does not read a part of the file makes no copy of it, and reads none of it."""
        outreach = territories.actor("outreach_worker", organisation=territories.organisation_of(worker))
        request = asked(household, worker)
        assert gathered(request, outreach).records
        lease_of(household, worker)

        with pytest.raises(gathering.PartNotReadByRole):
            gathered(request, outreach)
        assert {each.model for each in gathered(request, worker).of(holdings.Part.LEASES)} == {"tenancies.Lease"}

    def test_leaves_grounds_of_violence_to_who_reads_them(self, worker):
        household = allocation.household(actor=worker)
        allocation.request(household, "violence")
        outreach = territories.actor("outreach_worker", organisation=territories.organisation_of(worker))
        request = asked(household, worker)

        assert gathered(request, worker).records
        with pytest.raises(gathering.PartNotReadByRole):
            gathered(request, outreach)

    def test_is_not_for_who_is_outside_the_circle(self, household, worker):
        with pytest.raises(NotAllowed):
            gathered(asked(household, worker), territories.actor("lead_worker"))


class TestFiles:
    def test_say_which_file_replaced_what(self, household, worker):
        """A value that a file replaced is hers too; another row's with the same number is not."""
        source = Source.objects.create(
            territory=household.territory, organisation=territories.organisation_of(worker), key="usual", name="usual",
            kind=SourceKind.PEOPLE,
        )  # fmt: skip
        batch = makers_of_batches.batch(source=source)
        lead = people.lead(household)
        for label, before in (("people.Person", {"use_name": "Ancien"}), ("homes.Owner", {"name": "Autrui"})):
            BatchChange.objects.create(
                batch=batch, sequence=1 + BatchChange.objects.count(), kind="updated", model_label=label,
                object_id=str(lead.pk), before=before,
            )  # fmt: skip

        said = document.as_json(gathered(asked(household, worker), worker), AccessRequest.objects.get())

        changes = [row for row in said["parts"]["files"] if row["model"] == "files.BatchChange"]
        assert len(changes) == 1
        assert "Ancien" in changes[0]["before"][0]


class TestPassages:
    def test_masked_are_hidden_in_both_forms(self, household, worker):
        request = asked(household, worker)
        copy = gathered(request, worker)
        secret = next(each for each in document.every_passage(copy) if "dort mal" in each.text)
        read(request, copy, worker, masked=[secret.key])

        pdf = document.as_pdf(copy, request, lang="fr")
        printed = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)

        assert "dort mal" not in json.dumps(document.as_json(copy, request), ensure_ascii=False)
        assert "dort mal" not in printed.replace("\n", " ")
        assert "Près de l’école" in printed

    def test_written_since_are_read_again(self, household, worker):
        request = asked(household, worker)
        read(request, gathered(request, worker), worker)
        assert document.unread(gathered(request, worker), request) == ()

        household.refresh_from_db()
        actions.record_wishes(actor=worker, household=household, wishes="Loin de Karim.", on=TODAY)

        assert any("Karim" in each.text for each in document.unread(gathered(request, worker), request))

    @given(st.text())
    def test_lose_no_word(self, text):
        assert " ".join(each.text for each in passages(text, of="x")).split() == text.split()

    @given(st.text(min_size=1), st.text(min_size=1))
    def test_have_keys_that_change_with_their_words(self, one, other):
        mine = {each.key for each in passages(one, of="x")}
        theirs = {each.key: each.text for each in passages(other, of="x")}

        assert all(theirs[key] in one for key in mine & theirs.keys())

    def test_point_at_a_name_with_or_without_accents(self):
        assert speaks_of_others("chez zoe", {"Zoé"})
        assert not speaks_of_others("au zoo", {"Zoé"})


class TestPages:
    def test_lead_from_reading_to_printing_to_handing_on(self, client, household, worker):
        client.force_login(territories.account_of(worker))
        request = asked(household, worker)
        page, pdf, data, hand = (
            reverse(f"journeys:{name}", args=[request.pk])
            for name in ("access-copy", "access-copy-pdf", "access-copy-json", "hand-copy")
        )
        for early in (client.get(pdf), client.get(data), client.post(hand, {"how": "in_hand"})):
            assert early.url == page

        shown = BeautifulSoup(client.get(page).content, "html.parser")
        ticked = [box["value"] for box in shown.select("input[name=mask][checked]")]
        every = [box["value"] for box in shown.select("input[name=read]")]
        assert len(ticked) == 2, "the daughter's sentence and the worker's telephone"
        client.post(page, {"read": every, "mask": ticked})

        assert client.get(pdf)["Content-Type"] == "application/pdf"
        answer = client.get(data)
        assert "dort mal" not in answer.content.decode()
        assert answer["Cache-Control"] == "no-store"
        assert client.post(hand, {"how": "pigeon"}).status_code == 422
        for _again in range(2):
            assert client.post(hand, {"how": "in_hand"}).status_code == 302
        request.refresh_from_db()
        assert (request.handed_on, request.handed_how) == (TODAY, "in_hand")
        assert client.get(page).status_code == 200
        assert Entry.objects.filter(verb="people.copy.made").count() == 2

    def test_refuse_a_day_before_the_request(self, client, household, worker):
        client.force_login(territories.account_of(worker))
        request = asked(household, worker)
        read(request, gathered(request, worker), worker)
        before = TODAY - timedelta(days=40)
        day = {"day_day": before.day, "day_month": before.month, "day_year": before.year}

        answer = client.post(reverse("journeys:hand-copy", args=[request.pk]), {"how": "post", **day})

        assert answer.status_code == 422

    def test_say_when_the_role_does_not_read_the_whole(self, client, household, worker):
        lease_of(household, worker)
        outreach = territories.actor("outreach_worker", organisation=territories.organisation_of(worker))
        client.force_login(territories.account_of(outreach))
        request = asked(household, worker)
        page = reverse("journeys:access-copy", args=[request.pk])

        assert BeautifulSoup(client.get(page).content, "html.parser").select(".cz-notice-act")
        assert client.get(reverse("journeys:access-copy-pdf", args=[request.pk])).url == page

    @pytest.mark.parametrize("role", ["lead_worker", "outreach_worker"])
    def test_exist_for_the_circle_alone(self, client, household, worker, role):
        """ASVS 8.2.2 and 8.3.1: another's request answers 404, whatever its number and form."""
        request = asked(household, worker)
        client.force_login(territories.account_of(territories.actor(role)))

        for name in ("access-copy", "access-copy-pdf", "access-copy-json"):
            assert client.get(reverse(f"journeys:{name}", args=[request.pk])).status_code == 404


def lease_of(household, worker):
    """Sign a lease for a household, by a program."""
    landlord = territories.actor("social_landlord_agent")
    candidacy = tenancies.candidacy(household=household, offer=tenancies.offer(agent=landlord))
    return street_to_home.house(
        actor=landlord, candidacy=candidacy, kind="direct", signed_on=TODAY, starts_on=TODAY
    ).lease
