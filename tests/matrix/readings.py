"""Which words of which files an actor may come to read, from the table of roles."""

from chezsoi.territories.access import GRANTS, Can, roles
from tests.matrix import proposal
from tests.matrix.proposal import Key
from tests.matrix.world import ROLES

READ = frozenset({"R", "W", "r", "w"})
CATEGORIES = {
    "C1 family name": "C1_identity",
    "C1 phone": "C1_identity",
    "C1 how to reach": "C1_identity",
    "C3 wishes": "C3_housing_request",
    "C5 amount": "C5_resources",
}
# A letter names its reader, printed by the role that sends it (ADR 16).
THE_LETTERS_SENT = {
    ("commission_secretary", "allocation:letter", "C1 family name"),
    ("commission_secretary", "allocation:refusal-letter", "C1 family name"),
}
FILES = {"own file": "own", "other file": "other", "elsewhere file": "elsewhere"}
BY_ESTATE = {"own candidate": "own", "other candidate": "outside", "elsewhere candidate": "elsewhere"}


def may_read(actor: str, key: Key, sighting: tuple[str, str, str]) -> bool:
    """Tell whether a word read somewhere was for the actor."""
    kind, category, _word = sighting
    if actor not in ROLES:
        return False
    if category == "C10 address":
        return _address(actor, kind)
    if kind in FILES:
        return proposal.batch(actor, FILES[kind])
    if category == "existence":
        return _exists(actor, kind)
    if (actor, key[0], category) in THE_LETTERS_SENT:
        return _exists(actor, kind)
    return _exists(actor, kind) and roles()[actor].categories[CATEGORIES[category]] in READ


def must_read(actor: str) -> set[str]:
    """Give the categories whose words an actor must come to read of the household it follows, or no test is one."""
    if Can.SEE_HOUSEHOLD not in GRANTS.get(actor, set()):
        return set()
    cells = roles()[actor].categories
    read = {category for category, column in CATEGORIES.items() if cells[column] in READ}
    return read if Can.SEE_RESOURCES in GRANTS[actor] else read - {"C5 amount"}


def _exists(actor: str, kind: str) -> bool:
    """A file exists for whom the household does and, once proposed for a home, for whom the round does."""
    if proposal.household(actor, BY_ESTATE.get(kind, kind)):
        return True
    if kind in BY_ESTATE:
        estate = kind.split(maxsplit=1)[0]
        return proposal.round_(actor, estate) or proposal.lease(actor, estate)
    return False


def _address(actor: str, kind: str) -> bool:
    """Where a home is: for whom it exists, in a lease and, if the role reads anything of homes, on the table."""
    if proposal.lease(actor, kind) or proposal.home(actor, kind):
        return True
    return roles()[actor].categories["C10_dwellings_owners"] != "-" and proposal.commission(actor, kind)
