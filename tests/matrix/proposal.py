"""
What each cell of the matrix should say, from the rights (`access.GRANTS`), the scopes of `data/roles` and DOMAIN rules.

Nothing here asks the code under test who sees what: the rules of existence are written again, from the table of roles.
"""

from collections.abc import Callable, Iterator

from chezsoi.territories.access import GRANTS, Can, Scope, roles
from tests.matrix.address import ACCOUNT, ANYBODY, METHODS, Address
from tests.matrix.addresses import ADDRESSES
from tests.matrix.world import ANONYMOUS, DISABLED, ROLES

OPEN, REFUSED, ABSENT, SIGN_IN, METHOD = "open", "refused", "absent", "sign_in", "method"
OUTCOMES = (OPEN, REFUSED, ABSENT, SIGN_IN, METHOD)

Key = tuple[str, str, str]


def rows() -> Iterator[Key]:
    """Give the rows of the matrix: an address, a method, a kind of thing."""
    for name, address in ADDRESSES.items():
        for method in METHODS:
            for kind in address.kinds:
                yield name, method, kind


def outcome(actor: str, key: Key) -> str:
    """Propose what an actor should be told."""
    name, method, kind = key
    address = ADDRESSES[name]
    if actor in {ANONYMOUS, DISABLED} and address.can != ANYBODY:
        return SIGN_IN
    for refusal in _refusals(actor, address, method):
        return refusal
    if address.thing == "first factor given":
        return SIGN_IN
    return OPEN if exists(actor, address.thing, kind) else ABSENT


def _refusals(actor: str, address: Address, method: str) -> Iterator[str]:
    other_method = method not in address.methods
    if other_method and address.asks_method_first:
        yield METHOD
    if address.can not in {ANYBODY, ACCOUNT} and address.can not in GRANTS.get(actor, set()):
        yield REFUSED
    if other_method:
        yield METHOD


def exists(actor: str, thing: str, kind: str) -> bool:
    """Tell whether a thing of a kind exists for an actor."""
    return RULES[thing](actor, kind)


def household(actor: str, kind: str) -> bool:
    """Circle roles know their circle; territory roles their territory but for protected files outside their circle."""
    if not _may(actor, Can.LIST_PEOPLE):
        return False
    if kind in {"own", "protected_own"}:
        return True
    return _scope(actor) is Scope.TERRITORY and kind in {"outside", "nobody", "expired"}


def pair(actor: str, kind: str) -> bool:
    """A pair exists for whom both files do."""
    return household(actor, "outside" if kind == "other" else kind)


def home(actor: str, kind: str) -> bool:
    """
    Homes exist for the territory, for its commissions, for the organisation they belong to, for who holds the quota.

    Those who follow households see the homes proposed to them: those of their own estate here.
    """
    if not _may(actor, Can.SEE_HOMES):
        return False
    wide = _scope(actor) in {Scope.TERRITORY, Scope.COMMISSION}
    return kind == "own" or (wide and kind == "other")


def offer(actor: str, kind: str) -> bool:
    """Of homes, those who follow households see what was proposed: an idle offer was proposed to nobody."""
    return home(actor, kind) and _scope(actor) is not Scope.CIRCLE


def round_(actor: str, kind: str) -> bool:
    """Rounds exist for the territory; for others where their homes, their table or their households are."""
    if not (_may(actor, Can.SEE_SHORTLIST) or _may(actor, Can.SEE_COMMISSION)):
        return False
    return kind == "own" or (_scope(actor) is Scope.TERRITORY and kind == "other")


def agreement(actor: str, kind: str) -> bool:
    """An agreement exists for the landlord that signed it, and for its territory."""
    wide = _scope(actor) is Scope.TERRITORY and kind == "other"
    return _may(actor, Can.SEE_HOMES) and _scope(actor) is not Scope.CIRCLE and (kind == "own" or wide)


def ask(actor: str, kind: str) -> bool:
    """A home asked for exists for the body it is asked of, and for those for whom the household does."""
    if _may(actor, Can.ANSWER_TURN):
        return kind == "own"
    return household(actor, "outside" if kind == "other" else kind)


def joint(actor: str, kind: str) -> bool:
    """Joint rounds exist for the territory; for those who follow households, where one of theirs was answered."""
    if not _may(actor, Can.SEE_SHORTLIST):
        return False
    own = kind == "own" and _scope(actor) is Scope.CIRCLE
    return own or (_scope(actor) is Scope.TERRITORY and kind in {"own", "other"})


def commission(actor: str, kind: str) -> bool:
    """A table exists for the territory, for the organisation that keeps it, for who sits."""
    if not _may(actor, Can.SEE_COMMISSION):
        return False
    return kind == "own" or (_scope(actor) is Scope.TERRITORY and kind == "other")


def lease(actor: str, kind: str) -> bool:
    """A lease exists for the landlord and for those who follow the household."""
    return _may(actor, Can.SEE_LEASES) and kind == "own"


def task(actor: str, kind: str) -> bool:
    """A task exists for the organisation that has to do it."""
    return _may(actor, Can.SEE_SUPPORT) and kind == "own"


def batch(actor: str, kind: str) -> bool:
    """A file exists for the organisation that sent it."""
    return kind == "own" and (_may(actor, Can.IMPORT_PEOPLE) or _may(actor, Can.IMPORT_HOMES))


def territory(actor: str, kind: str) -> bool:
    """A territory's own figures exist for those whose role holds there; the nation's role holds in none."""
    return kind == "own" and actor in ROLES and _scope(actor) is not Scope.NATIONAL


def grid(actor: str, kind: str) -> bool:
    """A published grid exists for every account at work in its territory: the law wants it published."""
    return territory(actor, kind)


def grid_draft(actor: str, kind: str) -> bool:
    """A draft exists for those who open rounds in its territory."""
    return kind == "own" and _may(actor, Can.RUN_ROUND)


def account(actor: str, kind: str) -> bool:
    """An account exists for who manages those of its organisation in the territory."""
    return _may(actor, Can.MANAGE_ACCOUNTS) and kind == "own"


def assignment(actor: str, kind: str) -> bool:
    """A role may be taken up by the account that holds it."""
    return kind == "own" and actor in ROLES


def emergency(actor: str, kind: str) -> bool:
    """An emergency access exists for who reviews those of the territory."""
    return _may(actor, Can.REVIEW_EMERGENCY) and kind in {"own", "other"}


def siao_team(actor: str, kind: str) -> bool:
    """A team exists wherever its SIAO works."""
    return _may(actor, Can.SEE_ORIENTATIONS) and kind in {"own", "other"}


RULES: dict[str, Callable[[str, str], bool]] = {
    "": lambda actor, kind: True,
    "demonstration": lambda actor, kind: False,
    "household": household,
    "pair": pair,
    "dwelling": home,
    "offer": offer,
    "agreement": agreement,
    "turn": offer,
    "ask": ask,
    "round": round_,
    "joint round": joint,
    "candidacy": round_,
    "letter": round_,
    "refusal": round_,
    "commission": commission,
    "grid": grid,
    "grid draft": grid_draft,
    "siao team": siao_team,
    "siao team of ours": lambda actor, kind: kind == "own",
    "shared siao": lambda actor, kind: False,  # nobody here works in both territories
    "lease": lease,
    "call": lease,
    "task": task,
    "batch": batch,
    "emergency": emergency,
    "own emergency": lambda actor, kind: False,
    "territory": territory,
    "public territory": lambda actor, kind: True,
    "account": account,
    "assignment": assignment,
}


def _may(actor: str, can: Can) -> bool:
    return can in GRANTS.get(actor, set())


def _scope(actor: str) -> Scope | None:
    return roles()[actor].scope if actor in ROLES else None
