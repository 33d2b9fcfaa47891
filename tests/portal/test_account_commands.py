"""Organisations and accounts from the command line: what a real site starts with."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from chezsoi.portal.command_line import app
from chezsoi.territories.access import actor_for, assignments_of, roles
from chezsoi.territories.models import Organisation, RoleAssignment, User
from chezsoi.trail.models import Entry
from tests.factories import territories

PASSWORD = "trois canards sur un toit"


@pytest.fixture
def run():
    runner = CliRunner()
    return lambda *arguments, typed="": runner.invoke(app, list(arguments), input=typed)


@pytest.fixture
def siao():
    return territories.organisation(key="siao-57", name="SIAO 57", kind="siao")


def today() -> date:
    return timezone.localdate()


def opening(email="a.nom@example.fr", *, role="siao_officer", **more):
    """Spell the command that opens an account of the SIAO."""
    options = {"name": "A. Nom", "role": role, "organisation": "siao-57", **more}
    return ["account", "open", email, *(word for name, value in options.items() for word in (f"--{name}", value))]


def says_no(result, *words, code=2):
    """Tell whether a command refused in words, without a traceback and saying that nothing was done."""
    said = " ".join(result.stderr.split())
    return result.exit_code == code and result.stdout == "" and all(word in said for word in words)


class TestOrganisationAdd:
    ASKED = ("organisation", "add", "siao-57", "--name", "SIAO 57", "--kind", "siao")

    def test_registers_it_in_each_of_its_territories(self, run):
        result = run(*self.ASKED, "--territory", "metz", "--territory", "lille")

        made = Organisation.objects.get(key="siao-57")
        assert result.exit_code == 0
        assert (made.name, made.kind) == ("SIAO 57", "siao")
        assert set(made.territories.values_list("key", flat=True)) == {"metz", "lille"}

    def test_names_the_operator_and_the_user_of_the_machine(self, run):
        run(*self.ASKED, "--territory", "metz")

        entry = Entry.objects.get(verb="territories.organisation.registered")
        assert entry.role == "command_line"
        assert entry.actor_label.startswith("command line (")

    def test_refuses_a_key_taken(self, run, siao):
        assert says_no(run(*self.ASKED, "--territory", "metz"), "siao-57", "Nothing was done", code=1)
        assert Organisation.objects.count() == 1

    @pytest.mark.parametrize(
        ("asked", "said"),
        [
            (("a key", "--name", "N", "--kind", "siao", "--territory", "metz"), "a key is not a key"),
            (("k" * 51, "--name", "N", "--kind", "siao", "--territory", "metz"), "is not a key"),
            (("k", "--name", " ", "--kind", "siao", "--territory", "metz"), "1 to 150 characters"),
            (("k", "--name", "n" * 151, "--kind", "siao", "--territory", "metz"), "1 to 150 characters"),
            (("k", "--name", "N", "--kind", "bank", "--territory", "metz"), "municipal_social_centre"),
            (("k", "--name", "N", "--kind", "siao", "--territory", "atlantis"), "metz"),
        ],
    )
    def test_says_in_one_sentence_what_is_wrong(self, run, asked, said):
        assert says_no(run("organisation", "add", *asked), said, "Nothing was done")
        assert not Organisation.objects.exists()

    def test_needs_a_territory(self, run):
        assert run(*self.ASKED).exit_code == 2


class TestAccountOpen:
    def test_lets_somebody_work_from_today(self, run, siao):
        result = run(*opening("A.Nom@Example.fr"), typed=f"{PASSWORD}\n{PASSWORD}\n")

        assert result.exit_code == 0, result.stderr
        user = User.objects.get(email="a.nom@example.fr")
        (held,) = assignments_of(user, on=today())
        assert user.check_password(PASSWORD)
        assert actor_for(held, on=today()).role == "siao_officer"
        assert (held.organisation, held.territory, held.starts_on) == (siao, territories.territory(), today())
        assert PASSWORD not in result.output

    def test_signs_in(self, run, siao, client):
        run(*opening(), "--password-stdin", typed=f"{PASSWORD}\n")

        assert client.login(username="a.nom@example.fr", password=PASSWORD)

    def test_records_the_operator(self, run, siao):
        run(*opening(), "--password-stdin", typed=PASSWORD)

        verbs = Entry.objects.filter(role="command_line").values_list("verb", flat=True)
        assert {"territories.account.opened", "territories.role.given"} <= set(verbs)

    def test_asks_again_when_the_two_differ(self, run, siao):
        typed = f"{PASSWORD}\nanother one altogether\n{PASSWORD}\n{PASSWORD}\n"

        assert run(*opening(), typed=typed).exit_code == 0
        assert User.objects.get().check_password(PASSWORD)

    @pytest.mark.parametrize(
        ("password", "said"),
        [
            ("short", "has fewer than 15 characters"),
            ("yfdbufnjh10305070", "is among the most common"),
            ("a.nom@example.fr", "is too close to the name or the address"),
            ("", "has fewer than 15 characters"),
        ],
    )
    def test_refuses_a_password_too_easily_guessed(self, run, siao, password, said):
        refused = run(*opening(), "--password-stdin", typed=f"{password}\n")

        assert says_no(refused, said, "No account was opened")
        assert not User.objects.exists()

    def test_lists_the_roles_when_one_is_unknown(self, run, siao):
        assert says_no(run(*opening(role="boss")), "No role is called boss", *roles())

    def test_lists_the_organisations_when_one_is_unknown(self, run, siao):
        assert says_no(run(*opening(organisation="nobody")), "siao-57", "Nothing was done")

    def test_says_how_to_register_the_first_organisation(self, run):
        assert says_no(run(*opening()), "chezsoi organisation add")

    @pytest.mark.parametrize(
        ("email", "name"), [("a.nom", "A. Nom"), (f"{'a' * 250}@example.fr", "A. Nom"), ("a@b.fr", " ")]
    )
    def test_refuses_what_is_no_address_or_no_name(self, run, siao, email, name):
        assert says_no(run(*opening(email, name=name)), "Nothing was done")

    def test_refuses_an_address_that_has_an_account_whatever_its_case(self, run, siao):
        territories.user("a.nom@example.fr")

        refused = run(*opening("A.NOM@example.fr"), "--password-stdin", typed=PASSWORD)

        assert says_no(refused, "chezsoi account role", code=1)
        assert not RoleAssignment.objects.exists()

    def test_asks_which_territory_when_the_organisation_has_several(self, run):
        territories.organisation(territories.territory("metz"), territories.territory("lille"), key="siao-57")

        assert says_no(run(*opening()), "several territories", "lille, metz")
        assert run(*opening(territory="lille"), "--password-stdin", typed=PASSWORD).exit_code == 0
        assert RoleAssignment.objects.get().territory == territories.territory("lille")

    def test_refuses_a_territory_where_the_organisation_does_not_work(self, run, siao):
        assert says_no(run(*opening(territory="lille")), "does not work in lille", "metz")

    def test_gives_a_national_role_no_territory(self, run, siao):
        assert says_no(run(*opening(role="national_analyst", territory="metz")), "whole nation")
        assert run(*opening(role="national_analyst"), "--password-stdin", typed=PASSWORD).exit_code == 0
        assert RoleAssignment.objects.get().territory is None


class TestAccountRole:
    ASKED = ("account", "role", "a.nom@example.fr", "--organisation", "siao-57", "--role")

    @pytest.fixture
    def user(self, siao):
        return territories.user("a.nom@example.fr")

    def test_gives_one_more_until_a_day(self, run, user):
        last = today() + timedelta(days=30)

        assert run(*self.ASKED, "hotline_agent").exit_code == 0
        assert run(*self.ASKED, "siao_officer", "--until", last.isoformat()).exit_code == 0

        assert list(user.roles.order_by("pk").values_list("role", "starts_on", "ends_on")) == [
            ("hotline_agent", today(), None),
            ("siao_officer", today(), last),
        ]

    def test_ends_one_held_already(self, run, user, siao):
        territories.assignment("siao_officer", organisation=siao, user=user)
        assert says_no(run(*self.ASKED, "siao_officer"), "--until", code=1)

        assert run(*self.ASKED, "siao_officer", "--until", today().isoformat()).exit_code == 0

        assert user.roles.get().ends_on == today()
        assert assignments_of(user, on=today()) == []
        assert Entry.objects.get(verb="territories.role.ended").role == "command_line"

    @pytest.mark.parametrize("days", [0, -1])
    def test_refuses_one_that_would_end_before_it_starts(self, run, user, days):
        day = (today() + timedelta(days=days)).isoformat()

        assert says_no(run(*self.ASKED, "siao_officer", "--until", day), "give a later day")
        assert not user.roles.exists()

    def test_never_rewrites_the_days_that_have_passed(self, run, user, siao):
        territories.assignment("siao_officer", organisation=siao, user=user)
        yesterday = (today() - timedelta(days=1)).isoformat()

        assert says_no(run(*self.ASKED, "siao_officer", "--until", yesterday), "give a later day")

    def test_refuses_what_is_no_day(self, run, user):
        assert says_no(run(*self.ASKED, "siao_officer", "--until", "1/2/2027"), "YYYY-MM-DD")

    def test_refuses_an_address_without_account(self, run, siao):
        assert says_no(run(*self.ASKED, "siao_officer"), "No account has the address")


class TestAccountDisable:
    def test_ends_its_roles_and_says_why_in_the_trail(self, run):
        user = territories.account_of(territories.actor("siao_officer"))

        assert run("account", "disable", user.email.upper(), "--reason", "has left").exit_code == 0

        user.refresh_from_db()
        entry = Entry.objects.get(verb="territories.account.disabled")
        assert not user.is_active
        assert assignments_of(user, on=today()) == []
        assert (entry.role, entry.reason) == ("command_line", "has left")

    def test_refuses_twice_or_without_a_reason(self, run):
        user = territories.user()

        assert says_no(run("account", "disable", user.email, "--reason", " "), "--reason")
        assert run("account", "disable", user.email, "--reason", "has left").exit_code == 0
        assert says_no(run("account", "disable", user.email, "--reason", "has left"), "already", code=1)

    def test_refuses_an_address_without_account(self, run):
        assert says_no(run("account", "disable", "nobody@example.fr", "--reason", "has left"), "nobody@example.fr")
