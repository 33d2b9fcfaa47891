"""The page of permissions says what the code does."""

from chezsoi.territories.access import Can, roles
from tests.checks import permissions


class TestPage:
    def test_is_what_the_code_does(self):
        written = permissions.PATH.read_text(encoding="utf-8")

        assert written == permissions.page(), "run: python -m tests.checks.permissions --write"

    def test_names_every_role_and_every_right(self):
        page = permissions.page()

        assert [role for role in roles() if f"(`{role}`)" not in page] == []
        assert [right for right in Can if f"| `{right}` |" not in page] == []
