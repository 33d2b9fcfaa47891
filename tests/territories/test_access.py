"""The one table: no right here is wider than `data/roles`."""

import csv
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from chezsoi.territories import access, actions
from chezsoi.territories.access import Can, NotAllowed, Operator, Scope
from chezsoi.territories.models import Organisation, RoleAssignment, Territory

TODAY = date(2026, 11, 23)
ADMIN = access.operator(Operator.DEMONSTRATION, label="demonstration")

WRITES = {"W", "w"}
READS = WRITES | {"R", "r"}
CARDS = READS | {"M"}

NEEDS: dict[Can, dict[str, set[str]]] = {
    Can.LIST_PEOPLE: {"C1_identity": CARDS},
    Can.SEE_HOUSEHOLD: {"C1_identity": READS, "C2_household": READS, "C3_housing_request": READS},
    Can.REGISTER_PEOPLE: {"C1_identity": WRITES, "C2_household": WRITES},
    Can.RECORD_SITUATION: {"C3_housing_request": WRITES},
    Can.IMPORT_PEOPLE: {"C1_identity": WRITES, "C2_household": WRITES, "C3_housing_request": WRITES},
    Can.REVIEW_DUPLICATES: {"C1_identity": WRITES},
    Can.MANAGE_CIRCLE: {"C1_identity": WRITES},
    Can.RECORD_RIGHTS: {"C1_identity": WRITES},
    Can.GIVE_COPY: {"C1_identity": WRITES, "C3_housing_request": READS, "C4_social_notes": READS},
    Can.BREAK_GLASS: {"C1_identity": READS, "C2_household": READS, "C3_housing_request": READS},
    Can.REVIEW_EMERGENCY: {"C15_accounts_audit": {"audit"}},
    Can.SEE_RESOURCES: {"C5_resources": READS},
    Can.SEE_VIOLENCE: {"C8_violence_justice": READS},
    Can.FLAG_VIOLENCE: {"C8_violence_justice": READS | {"flag"}},
    Can.RECORD_REQUEST: {"C3_housing_request": WRITES},
    Can.SEE_HOMES: {"C10_dwellings_owners": READS | {"assigned"}},
    Can.RECORD_HOME: {"C10_dwellings_owners": WRITES},
    Can.IMPORT_HOMES: {"C10_dwellings_owners": WRITES},
    Can.OFFER_HOME: {"C10_dwellings_owners": WRITES},
    Can.MANAGE_FLOW: {"C10_dwellings_owners": WRITES},
    Can.ANSWER_TURN: {"C12_matching_commission": READS | {"own"}},
    Can.ASK_HOLDER: {"C3_housing_request": READS},
    Can.SEE_SHORTLIST: {"C12_matching_commission": READS | {"own"}},
    Can.RUN_ROUND: {"C12_matching_commission": WRITES},
    Can.SEE_COMMISSION: {"C12_matching_commission": READS | {"own", "vote"}},
    Can.PREPARE_COMMISSION: {"C12_matching_commission": WRITES},
    Can.VOTE: {"C12_matching_commission": {"vote"}},
    Can.RECORD_DECISION: {"C12_matching_commission": WRITES},
    Can.RECORD_ANSWER: {"C12_matching_commission": WRITES},
    Can.SEE_LEASES: {"C11_leases_rents": READS},
    Can.SIGN_LEASE: {"C11_leases_rents": WRITES},
    Can.UNDO_LEASE: {"C11_leases_rents": WRITES},
    Can.SEE_SUPPORT: {"C4_social_notes": READS},
    Can.RECORD_SUPPORT: {"C4_social_notes": WRITES},
    Can.SEE_ORIENTATIONS: {"C3_housing_request": CARDS, "C12_matching_commission": READS | {"own"}},
    Can.RECORD_ORIENTATION: {"C3_housing_request": WRITES, "C12_matching_commission": WRITES},
    Can.CALL_SUPPORT: {"C11_leases_rents": WRITES},
    Can.TAKE_CALL: {"C4_social_notes": WRITES, "C11_leases_rents": READS},
    Can.SEE_INDICATORS: {"C14_aggregates": {"A"}},
    Can.COMPARE_REGISTERS: {"C1_identity": CARDS, "C3_housing_request": CARDS, "C12_matching_commission": READS},
    Can.REPORT_TO_REGISTERS: {"C1_identity": READS, "C3_housing_request": READS, "C12_matching_commission": READS},
    Can.SEE_INDICATOR_ROWS: {"C11_leases_rents": READS | {"P", "dates"}},
    Can.RECORD_TOTAL: {"C14_aggregates": {"A"}},
    Can.READ_TRAIL: {"C15_accounts_audit": {"audit"}},
    Can.SEAL_TRAIL: {"C15_accounts_audit": {"audit"}},
    Can.MANAGE_ACCOUNTS: {"C15_accounts_audit": {"accounts"}},
    Can.PURGE_FILES: {"C15_accounts_audit": {"audit"}},
    Can.EXPORT_ORGANISATION: {"C15_accounts_audit": {"audit"}},
    Can.KEEP_FILE: {"C1_identity": WRITES, "C2_household": WRITES},
    Can.ATTACH_DOCUMENT: {"C1_identity": WRITES, "C2_household": WRITES},
}
HELD = [(role, can) for role, rights in sorted(access.GRANTS.items()) for can in sorted(rights)]


def first_word(cell: str) -> str:
    return cell.split(maxsplit=1)[0]


@pytest.fixture
def metz() -> Territory:
    return Territory.objects.get(key="metz")


@pytest.fixture
def siao(metz) -> Organisation:
    return actions.register_organisation(actor=ADMIN, key="siao-57", name="SIAO 57", kind="siao", territories=[metz])


def account(name: str):
    return actions.open_account(actor=ADMIN, email=f"{name}@example.org", full_name=name, password=None)


def give(user, role, organisation, territory, **days) -> RoleAssignment:
    days.setdefault("starts_on", TODAY - timedelta(days=1))
    return actions.give_role(actor=ADMIN, user=user, role=role, organisation=organisation, territory=territory, **days)


class TestTheTable:
    def test_grants_something_to_each_of_the_26_roles_and_to_no_other(self):
        with (settings.REFERENCE_DIR / "roles" / "data.csv").open(encoding="utf-8") as file:
            assert set(access.GRANTS) == {row["role"] for row in csv.DictReader(file)} == set(access.roles())

    def test_says_what_every_right_needs(self):
        assert set(NEEDS) == set(Can)

    @pytest.mark.parametrize(("role", "can"), HELD)
    def test_is_never_exceeded_by_a_right_to_act(self, role, can):
        cells = access.roles()[role].categories

        for category, enough in NEEDS[can].items():
            assert first_word(cells[category]) in enough, f"{role}: {category} is {cells[category]!r}"

    def test_lets_three_roles_import_people(self):
        allowed = {role for role, rights in access.GRANTS.items() if Can.IMPORT_PEOPLE in rights}

        assert allowed == {"siao_officer", "outreach_worker", "lead_worker"}

    def test_lets_no_administrator_see_anybody(self):
        for role in ("local_admin", "dpo", "analyst", "national_analyst", "volunteer", "prospector"):
            assert not access.GRANTS[role] & {Can.LIST_PEOPLE, Can.SEE_HOUSEHOLD, Can.SEE_SUPPORT}


class TestActorFor:
    def test_holds_in_every_territory_of_a_shared_organisation(self, metz):
        nice, casa = Territory.objects.get(key="nice"), Territory.objects.get(key="casa")
        shared = actions.register_organisation(
            actor=ADMIN, key="siao-06", name="SIAO 06", kind="siao", territories=[nice, casa]
        )
        user = account("nadia")
        held = give(user, "siao_officer", shared, nice)
        give(user, "siao_officer", shared, casa)

        actor = access.actor_for(held, on=TODAY)

        assert actor.territory_ids == {nice.pk, casa.pk}
        assert actor.scope is Scope.TERRITORY
        assert metz.pk not in actor.territory_ids

    def test_takes_no_right_from_another_role_of_the_same_account(self, metz, siao):
        user = account("paul")
        analyst = give(user, "analyst", siao, metz)
        give(user, "siao_officer", siao, metz)

        assert not access.actor_for(analyst, on=TODAY).may(Can.LIST_PEOPLE)

    def test_works_for_the_nation_without_a_territory(self, siao):
        held = give(account("dihal"), "national_analyst", siao, None)

        assert access.actor_for(held, on=TODAY, purpose="yearly report").territory_ids == frozenset()

    def test_is_only_built_from_roles_in_force(self, metz, siao):
        user = account("ended")
        give(user, "outreach_worker", siao, metz, starts_on=date(2025, 1, 1), ends_on=TODAY)
        give(user, "lead_worker", siao, metz, starts_on=TODAY + timedelta(days=1))
        kept = give(user, "siao_officer", siao, metz)

        assert access.assignments_of(user, on=TODAY) == [kept]
        assert access.assignments_of(user, on=date(2025, 6, 1))[0].role == "outreach_worker"

    def test_is_refused_to_a_disabled_account_or_organisation(self, metz, siao):
        user = account("gone")
        give(user, "siao_officer", siao, metz)
        siao.is_active = False
        siao.save()
        assert access.assignments_of(user, on=TODAY) == []

        siao.is_active = True
        siao.save()
        actions.disable_account(actor=ADMIN, user=user, reason="left")
        assert access.assignments_of(user, on=TODAY) == []


class TestAuthorize:
    def test_refuses_without_the_right(self, metz, siao):
        actor = access.actor_for(give(account("vera"), "volunteer", siao, metz), on=TODAY)

        with pytest.raises(NotAllowed):
            access.authorize(actor, Can.LIST_PEOPLE)

    def test_refuses_a_thing_of_another_territory(self, metz, siao):
        actor = access.actor_for(give(account("omar"), "siao_officer", siao, metz), on=TODAY)

        class Elsewhere:
            territory_id = Territory.objects.get(key="nice").pk

        class Here:
            territory_id = metz.pk

        access.authorize(actor, Can.LIST_PEOPLE, Here())
        with pytest.raises(NotAllowed):
            access.authorize(actor, Can.LIST_PEOPLE, Elsewhere())

    def test_refuses_a_thing_that_does_not_exist_for_the_actor(self, metz, siao):
        other = actions.register_organisation(
            actor=ADMIN, key="ccas", name="CCAS", kind="municipal_social_centre", territories=[metz]
        )
        admin = access.actor_for(give(account("admin"), "local_admin", siao, metz), on=TODAY)

        access.authorize(admin, Can.MANAGE_ACCOUNTS, siao)
        with pytest.raises(NotAllowed):
            access.authorize(admin, Can.MANAGE_ACCOUNTS, other)

    def test_lets_an_administrator_act_on_the_accounts_of_the_organisation_alone(self, metz, siao):
        admin = access.actor_for(give(account("admin"), "local_admin", siao, metz), on=TODAY)
        colleague, stranger = account("colleague"), account("stranger")
        give(colleague, "siao_officer", siao, metz)

        actions.disable_account(actor=admin, user=colleague, reason="left")
        with pytest.raises(NotAllowed):
            actions.disable_account(actor=admin, user=stranger, reason="left")

    def test_gives_anonymous_visitors_nothing(self):
        assert not any(access.ANONYMOUS.may(can) for can in Can)
        assert not access.ANONYMOUS.is_operator


class TestConsequencesOf:
    def test_keeps_naming_the_person_and_holds_only_the_journeys_rights(self, metz, siao):
        actor = access.actor_for(give(account("lise"), "social_landlord_agent", siao, metz), on=TODAY)

        journey = access.consequences_of(actor, "street_to_home", Can.RECORD_SITUATION)

        assert (journey.user_id, journey.label, journey.purpose) == (actor.user_id, "lise", "street_to_home")
        assert journey.permissions == {Can.RECORD_SITUATION}
        assert journey.is_operator
        assert not actor.is_operator


class TestTheDoors:
    def request(self, actor) -> HttpRequest:
        request = HttpRequest()
        request.actor = actor
        return request

    def test_opens_a_view_to_a_role_with_the_right_only(self):
        @access.allow(Can.LIST_PEOPLE)
        def people(request, number):
            return HttpResponse(f"{number}")

        allowed = replace(access.ANONYMOUS, permissions=frozenset({Can.LIST_PEOPLE}))
        assert people.permission is Can.LIST_PEOPLE
        assert people(self.request(allowed), number=3).content == b"3"
        with pytest.raises(NotAllowed):
            people(self.request(access.ANONYMOUS), number=3)

    def test_says_why_a_view_asks_for_no_right(self):
        @access.public("everybody may read it")
        def front(request):
            return HttpResponse()

        @access.signed_in("each account sees its own")
        def mine(request):
            return HttpResponse()

        assert (front.public_reason, front.login_required) == ("everybody may read it", False)
        assert mine.open_reason == "each account sees its own"


class TestGiveRole:
    def test_refuses_a_role_the_table_does_not_know(self, metz, siao):
        with pytest.raises(actions.UnknownRole):
            give(account("eve"), "superuser", siao, metz)

    def test_refuses_a_territory_where_the_organisation_does_not_work(self, siao):
        with pytest.raises(actions.RoleOutsideItsOrganisation):
            give(account("eve"), "siao_officer", siao, Territory.objects.get(key="nice"))

    def test_ends_on_a_day(self, metz, siao):
        user = account("zoe")
        held = give(user, "siao_officer", siao, metz)

        actions.end_role(actor=ADMIN, assignment=held, ends_on=TODAY)

        assert access.assignments_of(user, on=TODAY) == []
        assert access.assignments_of(user, on=TODAY - timedelta(days=1)) == [held]
