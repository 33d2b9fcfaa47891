"""The pages where a commission is registered and its members named, without a script."""

from datetime import timedelta

import pytest
from django.urls import reverse

from chezsoi.allocation.models import Commission, CommissionMember
from tests import htmx
from tests.factories import allocation, territories

COMMISSIONS = reverse("allocation:commissions")
NEW = reverse("allocation:new-commission")


def sign_in(client, actor):
    client.force_login(territories.account_of(actor))
    return client


def errors(response):
    return htmx.parse(response).select_one(".cz-errors")


def members_of(commission, page="members"):
    return reverse(f"allocation:{page}", args=[commission.pk])


def described(page, **more):
    """Fill the form as its page proposes it: the hidden fields come along."""
    hidden = {field["name"]: field["value"] for field in htmx.parse(page).select("main form input[type=hidden]")}
    return {"kind": "caleol", "name": "CALEOL du Graoully", "quorum": "3", "answer_days": "10", **hidden, **more}


@pytest.fixture
def secretary():
    return territories.actor("commission_secretary")


@pytest.fixture
def own(secretary):
    return allocation.commission(organisation=territories.organisation_of(secretary))


@pytest.fixture
def desk(client, secretary):
    return sign_in(client, secretary)


class TestTheCommissions:
    def test_are_empty_at_first_and_lead_to_a_new_one(self, desk):
        page = htmx.parse(desk.get(COMMISSIONS))

        assert page.select_one(".cz-empty")
        assert page.select_one(f"main a[href='{NEW}'], header a[href='{NEW}']")

    def test_name_who_sits_today_and_leave_out_the_others(self, desk, own):
        stayed, gone = allocation.members(own, 2)
        CommissionMember.objects.filter(pk=gone.pk).update(name="Gone", ends_on=allocation.today())
        elsewhere = allocation.commission()

        page = htmx.parse(desk.get(COMMISSIONS)).select_one("main").text

        assert own.name in page
        assert stayed.name in page
        assert "Gone" not in page
        assert elsewhere.name not in page

    def test_are_reached_from_the_sittings_by_who_prepares_them(self, client, desk):
        assert COMMISSIONS in desk.get(reverse("allocation:sittings")).content.decode()

        officer = sign_in(client, territories.actor("siao_officer"))
        assert COMMISSIONS not in officer.get(reverse("allocation:sittings")).content.decode()

    @pytest.mark.parametrize("page", [COMMISSIONS, NEW])
    def test_are_refused_to_who_does_not_prepare_them(self, client, page):
        assert sign_in(client, territories.actor("siao_officer")).get(page).status_code == 403


class TestANewCommission:
    def test_belongs_to_the_organisation_of_who_registers_it(self, desk, secretary):
        page = desk.get(NEW)

        answer = desk.post(NEW, described(page))

        made = Commission.objects.get()
        assert answer.url == members_of(made)
        assert (made.kind, made.quorum, made.answer_days) == ("caleol", 3, 10)
        assert made.organisation_id == secretary.organisation_id
        assert made.territory == territories.territory()

    def test_says_the_days_the_law_leaves_and_refuses_fewer(self, desk):
        page = desk.get(NEW)
        assert "10" in htmx.parse(page).select_one("#id_answer_days_field").text

        refused = desk.post(NEW, described(page, answer_days="9"))

        assert errors(refused)
        assert htmx.parse(refused).select_one("#id_answer_days_field.cz-field-wrong")
        assert not Commission.objects.exists()
        assert desk.post(NEW, described(page, answer_days="9", kind="local")).status_code == 302

    @pytest.mark.parametrize("wrong", [{"quorum": "0"}, {"quorum": "abc"}, {"name": ""}, {"kind": "other"}])
    def test_keeps_what_was_typed_when_something_is_wrong(self, desk, wrong):
        refused = desk.post(NEW, described(desk.get(NEW), **wrong))

        assert errors(refused)
        assert htmx.parse(refused).select_one("#id_answer_days")["value"] == "10"
        assert not Commission.objects.exists()

    def test_asks_for_the_territory_when_the_role_holds_in_several(self, client):
        metz, lille = territories.territory("metz"), territories.territory("lille")
        shared = territories.organisation(metz, lille)
        first = territories.assignment("commission_secretary", organisation=shared, territory=metz)
        territories.assignment("commission_secretary", organisation=shared, territory=lille, user=first.user)
        client.force_login(first.user)
        page = client.get(NEW)

        client.post(NEW, described(page, territory=lille.pk))

        assert len(htmx.parse(page).select("#id_territory option")) == 2
        assert Commission.objects.get().territory == lille

    def test_is_refused_for_a_territory_where_the_role_does_not_hold(self, desk):
        given = described(desk.get(NEW)) | {"territory": territories.territory("lille").pk}

        assert errors(desk.post(NEW, given))
        assert not Commission.objects.exists()


class TestTheMembers:
    def test_are_named_with_a_vote_or_without(self, desk, own):
        today = allocation.today().isoformat()
        address = members_of(own)
        assert htmx.parse(desk.get(address)).select_one(".cz-empty")

        for name, vote in (("Ada", {"has_vote": "on"}), ("Bob", {})):
            answer = desk.post(address, {"name": name, "capacity": "tenants", "starts_on": today, **vote})
            assert answer.url == address

        assert list(own.members.order_by("name").values_list("name", "has_vote")) == [("Ada", True), ("Bob", False)]
        assert "Bob" in htmx.parse(desk.get(address)).select_one(".cz-table").text

    def test_who_have_an_account_then_see_the_table(self, client, own):
        sitter = territories.actor("commission_member")
        desk = sign_in(client, territories.actor("coordinator"))
        given = {"name": "Me", "capacity": "State", "starts_on": allocation.today().isoformat()}

        desk.post(members_of(own), {**given, "user": sitter.user_id})

        called = allocation.sitting(own)
        page = reverse("allocation:sitting", args=[called.pk])
        assert sign_in(client, sitter).get(page).status_code == 200

    def test_bear_no_account_of_another_role_or_territory(self, desk, own):
        given = {"name": "Me", "capacity": "State", "starts_on": allocation.today().isoformat()}
        others = (
            territories.actor("siao_officer"),
            territories.actor("commission_member", territory=territories.territory("lille")),
        )

        for other in others:
            assert errors(desk.post(members_of(own), {**given, "user": other.user_id}))

        assert not own.members.exists()

    def test_say_what_is_missing(self, desk, own):
        refused = desk.post(members_of(own), {"name": "Ada", "capacity": "", "starts_on": "yesterday"})

        assert errors(refused)
        assert htmx.parse(refused).select_one("#id_name")["value"] == "Ada"
        assert not own.members.exists()

    def test_leave_on_a_day(self, desk, own):
        member, _other = allocation.members(own, 2)
        today = allocation.today()

        answer = desk.post(members_of(own, "end-member"), {"member": member.pk, "ends_on": today.isoformat()})

        member.refresh_from_db()
        assert (answer.url, member.ends_on) == (members_of(own), today)
        options = htmx.parse(desk.get(members_of(own))).select("#id_member option")
        assert str(member.pk) not in [option["value"] for option in options]

    def test_do_not_leave_before_they_came(self, desk, own):
        (member,) = allocation.members(own, 1)
        before = (member.starts_on - timedelta(days=1)).isoformat()

        refused = desk.post(members_of(own, "end-member"), {"member": member.pk, "ends_on": before})

        assert errors(refused)
        assert htmx.parse(refused).select_one("#id_ends_on")["value"] == before
        member.refresh_from_db()
        assert member.ends_on is None

    def test_of_another_commission_are_not_ended_from_this_one(self, desk, own):
        (stranger,) = allocation.members(allocation.commission(), 1)
        given = {"member": stranger.pk, "ends_on": allocation.today().isoformat()}

        assert errors(desk.post(members_of(own, "end-member"), given))
        stranger.refresh_from_db()
        assert stranger.ends_on is None

    def test_are_not_there_for_another_organisation_or_territory(self, client, own):
        strangers = (
            territories.actor("commission_secretary"),
            territories.actor("coordinator", territory=territories.territory("lille")),
        )

        for stranger in strangers:
            desk = sign_in(client, stranger)
            assert desk.get(members_of(own)).status_code == 404
            assert desk.post(members_of(own, "end-member"), {}).status_code == 404

    def test_are_refused_to_who_does_not_prepare_the_commission(self, client, own):
        assert sign_in(client, territories.actor("siao_officer")).get(members_of(own)).status_code == 403
