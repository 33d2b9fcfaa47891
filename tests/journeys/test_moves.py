"""A household goes to another territory: what is known there before, what goes along, and how it is undone."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.allocation import actions as requests
from chezsoi.allocation.choices import CandidacyState, RequestState
from chezsoi.allocation.models import Candidacy, HousingRequest, WishedCommune
from chezsoi.journeys.moves import territories as moving
from chezsoi.people import actions, queries
from chezsoi.people.choices import Closing, InformationMeans, LifeEvent, LinkJudgement, MemberRole, MoveState
from chezsoi.people.models import (
    CircleMembership,
    Household,
    HouseholdMember,
    HouseholdMove,
    LifeChange,
    Objection,
    Person,
    PossibleDuplicate,
)
from chezsoi.support import actions as support
from chezsoi.support.choices import Intensity, Scheme, TaskKind
from chezsoi.support.models import SupportMeasure, SupportWish, Task
from chezsoi.territories.access import NotAllowed
from tests.factories import allocation, documents, people, tenancies, territories
from tests.harness.patience import ONE_FIXTURE_FOR_ALL

TODAY = timezone.localdate()
BEFORE = TODAY - timedelta(days=30)
OLD = TODAY - timedelta(days=900)


@pytest.fixture(autouse=True)
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "uploads"


@pytest.fixture
def siao():
    return territories.actor("siao_officer")


@pytest.fixture
def there():
    return territories.actor("siao_officer", territory=territories.territory("strasbourg"))


@pytest.fixture
def couple(siao) -> Household:
    return a_couple(siao)


def a_couple(siao) -> Household:
    made = people.looked_for(
        people.member(situation=people.street(BEFORE)),
        people.member("Karim", role=MemberRole.PARTNER),
        actor=siao,
        on=BEFORE,
    )
    allocation.request(made, "dalo", requested_on=OLD)
    return made


def ask(siao, there, household: Household, *, keeps_circle: bool = False, on=TODAY) -> HouseholdMove:
    receiver = territories.account_of(there).roles.get()
    agreement = actions.Agreement(
        on=on, how=InformationMeans.ORAL, by=household.members_on(TODAY).first().person, keeps_circle=keeps_circle
    )
    return actions.ask_to_move(actor=siao, household=household, receiver=receiver, agreement=agreement, on=TODAY)


def measure_of(household: Household, organisation=None) -> SupportMeasure:
    program = territories.program()
    measure = support.open_measure(
        actor=program, household=household, scheme=Scheme.AVDL, intensity=Intensity.LIGHT, opened_on=BEFORE,
        organisation=organisation,
    )  # fmt: skip
    support.plan_task(
        actor=program,
        household=household,
        kind=TaskKind.FIRST_VISIT,
        due_on=TODAY,
        organisation=organisation,
        measure=measure,
    )
    return measure


class TestAsking:
    def test_shows_nothing_there_but_how_many_they_are_and_that_they_agree(self, client, siao, there, couple):
        ask(siao, there, couple)
        client.force_login(territories.account_of(there))

        page = client.get(reverse("journeys:moves")).content.decode()
        text = BeautifulSoup(page, "html.parser").get_text(" ", strip=True)

        assert "2 personnes" in text
        assert "à l’oral" in text
        names = [each for person in Person.objects.all() for each in (person.given_names, person.birth_name)]
        for hidden in (couple.reference, territories.organisation_of(siao).name, *filter(None, names)):
            assert hidden not in text
        assert not Household.objects.visible_to(there).filter(pk=couple.pk).exists()
        assert client.get(reverse("people:household", args=[couple.pk])).status_code == 404

    def test_reaches_the_service_asked_alone(self, siao, there, couple):
        move = ask(siao, there, couple)
        strangers = [
            territories.actor("siao_officer", territory=territories.territory("strasbourg")),
            territories.actor("hotline_agent", territory=territories.territory("strasbourg")),
            siao,
            territories.program(territories.territory("strasbourg")),
        ]

        assert queries.move_asked(move.pk, actor=there) == move
        for reader in strangers:
            assert not queries.moves_asked(actor=reader).exists()
            with pytest.raises(NotAllowed):
                actions.decline_move(actor=reader, move=move, reason="full")

    def test_refuses_what_cannot_be(self, siao, there, couple):
        stranger = people.looked_for(people.member("Zoé"), actor=siao, on=BEFORE)
        with pytest.raises(actions.NotAReceiver):
            ask(siao, siao, couple)
        with pytest.raises(actions.InTheFuture):
            ask(siao, there, couple, on=TODAY + timedelta(days=1))
        agreement = actions.Agreement(on=TODAY, how="oral", by=stranger.members.get().person)
        receiver = territories.account_of(there).roles.get()
        with pytest.raises(actions.NotAMember):
            actions.ask_to_move(actor=siao, household=couple, receiver=receiver, agreement=agreement, on=TODAY)
        ask(siao, there, couple)
        with pytest.raises(actions.MoveUnderWay):
            ask(siao, there, couple)

    @pytest.mark.parametrize("is_late", [False, True])
    def test_respects_who_objects_to_that_service(self, siao, there, couple, is_late):
        move = ask(siao, there, couple) if is_late else None
        _object(couple, there)

        with pytest.raises(actions.ObjectsToSharing):
            receive(there, move) if move else ask(siao, there, couple)

    def test_costs_nothing_when_declined_or_taken_back(self, siao, there, couple):
        before = state()
        declined = ask(siao, there, couple)
        with pytest.raises(actions.NeedsAReason):
            actions.decline_move(actor=there, move=declined, reason=" ")
        actions.decline_move(actor=there, move=declined, reason="no place")
        taken = ask(siao, there, couple)
        actions.take_move_back(actor=siao, move=taken)

        assert state() == before
        assert [each.state for each in queries.moves_of(couple, actor=siao)] == [
            MoveState.TAKEN_BACK,
            MoveState.DECLINED,
        ]
        with pytest.raises(actions.AlreadyAnswered):
            actions.take_move_back(actor=siao, move=taken)
        with pytest.raises(NotAllowed):
            receive(there, taken)


class TestReceiving:
    def test_takes_people_request_wishes_and_documents_along(self, siao, there, couple):
        SupportWish.objects.create(household=couple, intensity=Intensity.LIGHT, stated_on=BEFORE)
        WishedCommune.objects.create(request=couple.request, commune_id="57463", rank=1)
        program = territories.program(couple.territory)
        requests.label_request(actor=program, request=couple.request, pool="syplo", labelled_on=BEFORE, issuer="DDETS")
        letter = documents.kept(couple)

        opened = receive(there, ask(siao, there, couple))

        couple.refresh_from_db()
        assert opened.reference != couple.reference
        assert [row.role for row in opened.members_on(TODAY)] == [MemberRole.LEAD, MemberRole.PARTNER]
        assert {row.person.territory_id for row in opened.members_on(TODAY)} == {opened.territory_id}
        assert (opened.request.requested_on, opened.request.labels.get().label) == (OLD, "dalo")
        assert opened.request.pool_labels.get().pool == "syplo"
        assert opened.support_wishes.count() == 1
        assert opened.request.wished_communes.get().commune_id == "57463"
        assert opened.attachments.get() == letter
        assert (couple.closed_on, couple.closed_because) == (TODAY, Closing.MOVED)
        assert couple.request.state == RequestState.CLOSED
        assert not couple.members_on(TODAY).exists()
        assert queries.household(opened.pk, actor=there) == opened
        assert not Household.objects.visible_to(siao).filter(pk=opened.pk).exists()
        (here,), (left,) = queries.life(opened, actor=there), queries.life(couple, actor=siao)
        assert (here.event, len(here.names), here.is_here, here.other) == (LifeEvent.MOVED, 2, True, None)
        assert (left.event, left.names, left.others, left.is_here, left.other) == (LifeEvent.MOVED, (), 2, False, None)

    def test_asks_nothing_for_those_who_asked_for_nothing(self, siao, there, couple):
        couple.request.delete()

        assert not HousingRequest.objects.filter(household=receive(there, ask(siao, there, couple))).exists()

    def test_withdraws_candidacies_only_then(self, siao, there, couple):
        agent = territories.actor("social_landlord_agent")
        held = tenancies.candidacy(couple, offer=tenancies.offer(agent=agent), state=CandidacyState.OFFERED)
        move = ask(siao, there, couple)
        assert Candidacy.objects.get(pk=held.pk).state == CandidacyState.OFFERED

        receive(there, move)

        assert Candidacy.objects.get(pk=held.pk).state == CandidacyState.WITHDRAWN

    def test_lets_support_follow_when_its_service_works_there(self, siao, there, couple):
        stays = measure_of(couple, territories.organisation())
        shared = territories.organisation(territories.territory(), territories.territory("strasbourg"))
        goes = measure_of(couple, shared)

        opened = receive(there, ask(siao, there, couple))

        stays.refresh_from_db()
        goes.refresh_from_db()
        assert (stays.household, stays.ended_on) == (couple, TODAY)
        assert (goes.household, goes.ended_on) == (opened, None)
        assert Task.objects.get(measure=goes).household == opened
        assert Task.objects.get(measure=stays).cancelled_on == TODAY

    @pytest.mark.parametrize("keeps", [False, True])
    def test_ends_the_circle_unless_they_wish_to_keep_who_works_in_both(self, siao, there, couple, keeps):
        shared = territories.organisation(territories.territory(), territories.territory("strasbourg"))
        for service in (shared, territories.organisation()):
            actions.open_circle(
                actor=siao, household=couple, organisation=service, basis="referral", purpose="x", on=BEFORE, lasts=True
            )

        opened = receive(there, ask(siao, there, couple, keeps_circle=keeps))

        assert not couple.circle.filter(ends_on=None).exists()
        kept = {there.organisation_id} | ({shared.pk} if keeps else set())
        assert set(opened.circle.values_list("organisation_id", flat=True)) == kept

    def test_says_nothing_of_a_protected_one_to_anybody_else(self, siao, there, couple):
        actions.protect_household(actor=siao, household=couple, on=TODAY)
        couple.refresh_from_db()
        colleagues = [
            territories.actor("siao_officer", territory=place, organisation=territories.organisation_of(who), on=TODAY)
            for place, who in ((territories.territory(), siao), (territories.territory("strasbourg"), there))
        ]

        opened = receive(there, ask(siao, there, couple))

        assert opened.is_protected
        for reader in (siao, *colleagues):
            assert not Household.objects.visible_to(reader).filter(pk__in=(couple.pk, opened.pk)).exists()
        assert queries.household(opened.pk, actor=there) == opened

    def test_takes_pairs_from_readers_who_may_not_know_any_more(self, siao, there, couple):
        other = people.looked_for(people.member("Zoé", "Weber"), actor=siao, on=BEFORE).members.get().person
        first, second = sorted(couple.members.values_list("person_id", flat=True))
        inside = _pair(couple, first, second, siao)
        across = _pair(couple, first, other.pk, siao)

        opened = receive(there, ask(siao, there, couple))

        inside.refresh_from_db()
        across.refresh_from_db()
        assert (inside.reviewer, inside.territory_id) == (None, opened.territory_id)
        assert (across.reviewer, across.territory_id) == (None, couple.territory_id)
        assert not PossibleDuplicate.objects.all().visible_to(siao).exists()

    def test_refuses_a_household_that_is_not_the_one_that_agreed(self, siao, there, couple):
        move = ask(siao, there, couple)
        karim = couple.members.get(role=MemberRole.PARTNER).person
        actions.end_membership(actor=siao, household=couple, person=karim, on=TODAY, reason="")

        with pytest.raises(actions.AgreementOutOfDate):
            receive(there, move)


class TestUndoing:
    @settings(max_examples=8, suppress_health_check=ONE_FIXTURE_FOR_ALL)
    @given(asked=st.booleans(), supported=st.booleans(), protected=st.booleans(), keeps=st.booleans())
    def test_is_the_identity(self, db, asked, supported, protected, keeps):
        siao = territories.actor("siao_officer")
        there = territories.actor("siao_officer", territory=territories.territory("strasbourg"))
        couple = a_couple(siao)
        if not asked:
            couple.request.delete()
        if supported:
            measure_of(couple, territories.organisation())
        if protected:
            actions.protect_household(actor=siao, household=couple, on=TODAY)
        move = ask(siao, there, Household.objects.get(pk=couple.pk), keeps_circle=keeps)
        before = state()

        opened = receive(there, move)
        assert state() != before
        undo(there, opened)

        assert state() == before
        assert not opened.members_on(TODAY).exists()
        assert queries.move_asked(move.pk, actor=there) == move

    def test_is_for_those_who_received_for_30_days(self, siao, there, couple):
        opened = receive(there, ask(siao, there, couple))

        with pytest.raises(NotAllowed):
            undo(siao, opened)
        with pytest.raises(actions.TooLateToUndo):
            undo(there, opened, on=TODAY + timedelta(days=31))
        undo(there, opened, on=TODAY + timedelta(days=30))


class TestPages:
    @pytest.fixture
    def typed(self, there, couple) -> dict[str, object]:
        return {
            "service": territories.account_of(there).roles.get().pk,
            "by": couple.members_on(TODAY).first().person_id,
            "how": "oral",
            "everybody": "on",
        }

    def test_a_service_asks_takes_back_and_reads_why_it_was_declined(self, client, siao, there, couple, typed):
        url = reverse("journeys:move", args=[couple.pk])
        client.force_login(territories.account_of(siao))
        assert client.post(url, {**typed, "everybody": ""}).status_code == 422
        assert client.post(url, typed).status_code == 302
        assert "n’a pas encore répondu" in client.get(url).content.decode()
        assert client.post(url, {"take_back": "1"}).status_code == 302
        assert client.post(url, {"take_back": "1"}).status_code == 302
        assert client.post(url, typed).status_code == 302
        actions.decline_move(actor=there, move=HouseholdMove.objects.get(state=MoveState.ASKED), reason="Complet ici")
        assert "Complet ici" in client.get(url).content.decode()
        _object(couple, there)
        assert client.post(url, typed).status_code == 422

    def test_the_other_one_declines_with_a_reason_or_receives(self, client, siao, there, couple):
        move = ask(siao, there, couple)
        client.force_login(territories.account_of(there))
        url = reverse("journeys:moves")
        assert reverse("journeys:moves") in client.get(reverse("portal:day")).content.decode()
        assert client.post(url, {"move": move.pk, "answer": "decline"}).status_code == 422
        assert client.post(url, {"move": move.pk, "answer": "decline", "reason": "complet"}).status_code == 302
        assert client.post(url, {"move": move.pk, "answer": "accept"}).status_code == 404
        again = ask(siao, there, couple)

        response = client.post(url, {"move": again.pk, "answer": "accept"})

        again.refresh_from_db()
        assert response.url == reverse("people:household", args=[again.opened_id])
        assert "D’un territoire" in BeautifulSoup(client.get(response.url).content, "html.parser").get_text()


def receive(there, move: HouseholdMove) -> Household:
    return moving.receive(actor=there, move=move, on=TODAY)


def undo(actor, opened: Household, on=TODAY) -> LifeChange:
    change = LifeChange.objects.get(household=opened, event=LifeEvent.MOVED)
    return actions.undo_change(actor=actor, change=change, on=on, reason="wrong file")


def _object(household: Household, there) -> None:
    Objection.objects.create(
        person=household.members.first().person,
        purpose="sharing",
        organisation_id=there.organisation_id,
        made_on=BEFORE,
    )


def _pair(household: Household, first: int, second: int, siao) -> PossibleDuplicate:
    first, second = sorted((first, second))
    PossibleDuplicate.objects.filter(first=first, second=second).delete()
    return PossibleDuplicate.objects.create(
        territory=household.territory,
        first_id=first,
        second_id=second,
        reviewer_id=siao.user_id,
        weight=1,
        reasons=[],
        judgement=LinkJudgement.WAITING,
    )


def state() -> list[object]:
    """Give all that stands of everybody, leaving out memberships that began on no day and files opened by mistake."""
    files = Household.objects.exclude(closed_because=Closing.MISTAKE)
    tables = (
        (files, ("territory", "reference", "closed_on", "closed_because", "is_protected")),
        (Person.objects.all(), ("territory",)),
        (_begun(HouseholdMember), ("household", "person", "role", "starts_on", "ends_on")),
        (_begun(CircleMembership), ("household", "organisation", "user", "starts_on", "ends_on")),
        (HousingRequest.objects.all(), ("household", "state", "requested_on")),
        (Candidacy.objects.all(), ("household", "state")),
        (SupportWish.objects.all(), ("household",)),
        (SupportMeasure.objects.all(), ("household", "state", "ended_on", "end_reason")),
        (Task.objects.all(), ("household", "cancelled_on")),
        (PossibleDuplicate.objects.all(), ("territory", "reviewer", "judgement")),
    )
    return [list(rows.order_by("pk").values_list("pk", *names)) for rows, names in tables]


def _begun(model):
    return model.objects.filter(Q(ends_on=None) | ~Q(ends_on=F("starts_on")))
