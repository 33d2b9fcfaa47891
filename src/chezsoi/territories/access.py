"""
The only place that decides who may do what.

Rights to act (`Can`) are granted by role here; what a role may read or write of each category of data is the table
`data/roles` (26 roles by 15 categories), and a test proves that no right here is wider than that table.
A thing out of an actor's scope does not exist for them (404); a page their role never opens is refused (403).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, wraps
from typing import Any, Protocol, TypeVar, runtime_checkable

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from chezsoi.kernel.actor import Actor as AnyActor
from chezsoi.territories import datasets
from chezsoi.territories.models import RoleAssignment, User

View = TypeVar("View", bound=Callable[..., HttpResponse])


class Can(StrEnum):
    """A right to act: a verb and a noun."""

    LIST_PEOPLE = "list_people"
    SEE_HOUSEHOLD = "see_household"
    REGISTER_PEOPLE = "register_people"
    RECORD_SITUATION = "record_situation"
    IMPORT_PEOPLE = "import_people"
    REVIEW_DUPLICATES = "review_duplicates"
    MANAGE_CIRCLE = "manage_circle"
    RECORD_RIGHTS = "record_rights"
    GIVE_COPY = "give_copy"
    BREAK_GLASS = "break_glass"
    REVIEW_EMERGENCY = "review_emergency"
    SEE_RESOURCES = "see_resources"
    SEE_VIOLENCE = "see_violence"
    FLAG_VIOLENCE = "flag_violence"
    RECORD_REQUEST = "record_request"
    SEE_HOMES = "see_homes"
    RECORD_HOME = "record_home"
    IMPORT_HOMES = "import_homes"
    OFFER_HOME = "offer_home"
    MANAGE_FLOW = "manage_flow"
    ANSWER_TURN = "answer_turn"
    ASK_HOLDER = "ask_holder"
    SEE_SHORTLIST = "see_shortlist"
    RUN_ROUND = "run_round"
    SEE_COMMISSION = "see_commission"
    PREPARE_COMMISSION = "prepare_commission"
    VOTE = "vote"
    RECORD_DECISION = "record_decision"
    RECORD_ANSWER = "record_answer"
    SEE_LEASES = "see_leases"
    SIGN_LEASE = "sign_lease"
    UNDO_LEASE = "undo_lease"
    SEE_SUPPORT = "see_support"
    RECORD_SUPPORT = "record_support"
    SEE_ORIENTATIONS = "see_orientations"
    RECORD_ORIENTATION = "record_orientation"
    CALL_SUPPORT = "call_support"
    TAKE_CALL = "take_call"
    SEE_INDICATORS = "see_indicators"
    SEE_INDICATOR_ROWS = "see_indicator_rows"
    RECORD_TOTAL = "record_total"
    COMPARE_REGISTERS = "compare_registers"
    REPORT_TO_REGISTERS = "report_to_registers"
    READ_TRAIL = "read_trail"
    SEAL_TRAIL = "seal_trail"
    MANAGE_ACCOUNTS = "manage_accounts"
    PURGE_FILES = "purge_files"
    EXPORT_ORGANISATION = "export_organisation"
    KEEP_FILE = "keep_file"
    ATTACH_DOCUMENT = "attach_document"


class Scope(StrEnum):
    """Where a role's rights hold."""

    CIRCLE = "circle"
    ORGANISATION = "organisation"
    TERRITORY = "territory"
    COMMISSION = "commission"
    EVENT = "event"
    SESSION = "session"
    OWN = "own"
    NATIONAL = "national"


class Operator(StrEnum):
    """Actors that are programs; each names itself in the trail."""

    COMMAND_LINE = "command_line"
    REFERENCE_LOADER = "reference_loader"
    DEMONSTRATION = "demonstration"
    JOURNEY = "journey"
    ENTRANCE = "entrance"


class NotAllowed(PermissionDenied):
    """The role does not carry the right, or the right does not hold for this thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """A role: its stable key, what people call it, where it holds, what it may do, what it sees of each category."""

    key: str
    label_fr: str
    label_en: str
    scope: Scope
    rights: frozenset[Can]
    categories: dict[str, str]
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody, or a named program, at work in one role; built once, passed explicitly."""

    user_id: int | None
    label: str
    role: str
    scope: Scope | None
    organisation_id: int | None = None
    territory_ids: frozenset[int] = frozenset()
    permissions: frozenset[Can] = frozenset()
    purpose: str = ""

    def may(self, permission: str) -> bool:
        """Tell whether the role carries a right, wherever it holds."""
        return permission in self.permissions

    @property
    def is_operator(self) -> bool:
        return self.role in set(Operator)


class Request(HttpRequest):
    """A request as every view receives it: `ActorMiddleware` has said who acts."""

    actor: Actor
    assignments: list[RoleAssignment]
    lacks_second_factor: bool
    was_closed: bool


ANONYMOUS = Actor(user_id=None, label="", role="anonymous", scope=None)
SENSITIVE_CATEGORIES = ("C7_health", "C8_violence_justice")
READ_CELLS = frozenset("RWrw")

_OUTREACH = {
    Can.LIST_PEOPLE, Can.SEE_HOUSEHOLD, Can.REGISTER_PEOPLE, Can.RECORD_SITUATION, Can.IMPORT_PEOPLE,
    Can.REVIEW_DUPLICATES, Can.MANAGE_CIRCLE, Can.SEE_RESOURCES, Can.FLAG_VIOLENCE, Can.RECORD_REQUEST,
    Can.SEE_SUPPORT, Can.RECORD_SUPPORT, Can.SEE_INDICATORS, Can.RECORD_RIGHTS, Can.GIVE_COPY, Can.BREAK_GLASS,
    Can.ATTACH_DOCUMENT, Can.SEE_ORIENTATIONS,
}  # fmt: skip
_SUPPORT = _OUTREACH | {
    Can.SEE_VIOLENCE, Can.SEE_HOMES, Can.SEE_LEASES, Can.SEE_SHORTLIST, Can.KEEP_FILE, Can.ASK_HOLDER, Can.TAKE_CALL,
}  # fmt: skip
_SIAO = {
    Can.LIST_PEOPLE, Can.SEE_HOUSEHOLD, Can.REGISTER_PEOPLE, Can.RECORD_SITUATION, Can.IMPORT_PEOPLE,
    Can.REVIEW_DUPLICATES, Can.MANAGE_CIRCLE, Can.SEE_RESOURCES, Can.SEE_VIOLENCE, Can.FLAG_VIOLENCE,
    Can.RECORD_REQUEST, Can.SEE_HOMES, Can.SEE_SHORTLIST, Can.RUN_ROUND, Can.RECORD_ANSWER, Can.SEE_COMMISSION,
    Can.SEE_INDICATORS, Can.RECORD_RIGHTS, Can.GIVE_COPY, Can.KEEP_FILE, Can.ATTACH_DOCUMENT, Can.ASK_HOLDER,
    Can.SEE_ORIENTATIONS, Can.RECORD_ORIENTATION, Can.COMPARE_REGISTERS, Can.REPORT_TO_REGISTERS,
}  # fmt: skip
_LANDLORD = {
    Can.SEE_HOMES, Can.RECORD_HOME, Can.IMPORT_HOMES, Can.OFFER_HOME, Can.SEE_LEASES, Can.SIGN_LEASE, Can.UNDO_LEASE,
    Can.CALL_SUPPORT, Can.SEE_INDICATORS,
}  # fmt: skip

GRANTS: dict[str, set[Can]] = {
    "outreach_worker": _OUTREACH,
    "hotline_agent": {Can.REGISTER_PEOPLE, Can.FLAG_VIOLENCE, Can.SEE_INDICATORS},
    "siao_officer": _SIAO,
    "coordinator": {
        Can.LIST_PEOPLE, Can.SEE_HOMES, Can.SEE_SHORTLIST, Can.RUN_ROUND, Can.SEE_COMMISSION, Can.PREPARE_COMMISSION,
        Can.RECORD_ANSWER, Can.SEE_INDICATORS, Can.SEE_INDICATOR_ROWS, Can.RECORD_TOTAL, Can.SEE_ORIENTATIONS,
        Can.COMPARE_REGISTERS,
    },
    "lead_worker": _SUPPORT,
    "peer_worker": {
        Can.LIST_PEOPLE, Can.SEE_HOUSEHOLD, Can.RECORD_SITUATION, Can.FLAG_VIOLENCE, Can.RECORD_REQUEST, Can.SEE_HOMES,
        Can.SEE_LEASES, Can.SEE_SUPPORT, Can.RECORD_SUPPORT, Can.TAKE_CALL, Can.SEE_INDICATORS, Can.RECORD_RIGHTS,
        Can.SEE_ORIENTATIONS,
    },
    "health_worker": {Can.LIST_PEOPLE, Can.SEE_HOUSEHOLD, Can.SEE_SUPPORT, Can.SEE_INDICATORS, Can.BREAK_GLASS},
    "prospector": {Can.SEE_HOMES, Can.RECORD_HOME, Can.IMPORT_HOMES, Can.OFFER_HOME, Can.SEE_INDICATORS},
    "rental_manager": _LANDLORD | {Can.SEE_SHORTLIST},
    "landlord_user": {Can.SEE_INDICATORS},
    "social_landlord_agent": _LANDLORD | {Can.SEE_SHORTLIST, Can.SEE_COMMISSION, Can.MANAGE_FLOW},
    "reservation_agent": {Can.SEE_HOMES, Can.SEE_SHORTLIST, Can.SEE_INDICATORS, Can.ANSWER_TURN},
    "commission_secretary": {
        Can.SEE_HOMES, Can.SEE_SHORTLIST, Can.SEE_COMMISSION, Can.PREPARE_COMMISSION, Can.RECORD_DECISION,
        Can.RECORD_ANSWER, Can.SEE_INDICATORS,
    },
    "commission_member": {Can.SEE_COMMISSION, Can.VOTE, Can.SEE_INDICATORS},
    "legal_adviser": {Can.LIST_PEOPLE, Can.SEE_HOUSEHOLD, Can.SEE_RESOURCES, Can.SEE_LEASES, Can.SEE_INDICATORS},
    "ccapex_secretary": {Can.SEE_INDICATORS},
    "count_manager": set(),
    "sector_lead": set(),
    "volunteer": set(),
    "trainer": {Can.SEE_INDICATORS},
    "training_manager": {Can.SEE_INDICATORS},
    "analyst": {Can.SEE_INDICATORS, Can.SEE_INDICATOR_ROWS, Can.RECORD_TOTAL},
    "national_analyst": {Can.SEE_INDICATORS},
    "local_admin": {Can.SEE_INDICATORS, Can.MANAGE_ACCOUNTS},
    "dpo": {
        Can.SEE_INDICATORS, Can.READ_TRAIL, Can.SEAL_TRAIL, Can.REVIEW_EMERGENCY, Can.PURGE_FILES,
        Can.EXPORT_ORGANISATION,
    },
    "person_user": set(),
}  # fmt: skip


@cache
def roles() -> dict[str, Role]:
    """Give every role of the table, with its rights to act."""
    found = {}
    for row in datasets.read("roles", directory=settings.REFERENCE_DIR):
        found[row["role"]] = Role(
            key=row["role"],
            label_fr=row["label_fr"],
            label_en=row["label_en"],
            scope=Scope(row["scope"]),
            rights=frozenset(GRANTS[row["role"]]),
            categories={name: cell for name, cell in row.items() if name.startswith("C") and name[1].isdigit()},
            note=row["note"],
        )
    return found


def operator(
    kind: Operator, *, label: str, territory_ids: frozenset[int] = frozenset(), organisation_id: int | None = None
) -> Actor:
    """Build the actor of a program: it may act on what it is given, and gains no right to read later."""
    return Actor(
        user_id=None,
        label=label,
        role=kind.value,
        scope=None,
        organisation_id=organisation_id,
        territory_ids=territory_ids,
        permissions=frozenset(Can),
        purpose=kind.value,
    )


def consequences_of(actor: AnyActor, journey: str, *rights: Can) -> Actor:
    """
    Build the actor of what an authorised act brings about elsewhere (a lease signed changes where people live).

    The trail keeps naming the person; the rights are the journey's own, listed where it is written; none reads.
    """
    return Actor(
        user_id=actor.user_id,
        label=actor.label,
        role=Operator.JOURNEY.value,
        scope=None,
        organisation_id=actor.organisation_id,
        territory_ids=actor.territory_ids,
        permissions=frozenset(rights),
        purpose=journey,
    )


def actor_for(assignment: RoleAssignment, *, on: date, purpose: str = "") -> Actor:
    """
    Build the actor of an account at work in one of its roles.

    The same role held in the same organisation for several territories (a shared SIAO) holds in all of them at once.
    """
    role = roles()[assignment.role]
    same = RoleAssignment.objects.in_force_on(on).filter(
        user_id=assignment.user_id, role=assignment.role, organisation_id=assignment.organisation_id
    )
    return Actor(
        user_id=assignment.user_id,
        label=assignment.user.full_name,
        role=role.key,
        scope=role.scope,
        organisation_id=assignment.organisation_id,
        territory_ids=frozenset(same.exclude(territory=None).values_list("territory_id", flat=True)),
        permissions=role.rights,
        purpose=purpose or role.key,
    )


def assignments_of(user: User, *, on: date) -> list[RoleAssignment]:
    """List the roles an account may take up on a day, one per role and organisation, the oldest first."""
    rows = RoleAssignment.objects.in_force_on(on).filter(user=user, role__in=roles())
    found: dict[tuple[str, int], RoleAssignment] = {}
    for row in rows.select_related("organisation", "territory", "user").order_by("starts_on", "pk"):
        found.setdefault((row.role, row.organisation_id), row)
    return list(found.values())


def needs_second_factor(role: str) -> bool:
    """
    Tell whether a role may be taken up only after a second factor: it reads health or violence, or manages accounts.

    `CHEZSOI_SECOND_FACTOR` says whether the house asks for it.
    """
    if settings.SECOND_FACTOR != "sensitive_roles" or role not in roles():
        return False
    held = roles()[role]
    reads = {held.categories[category].split(maxsplit=1)[0] for category in SENSITIVE_CATEGORIES}
    return bool(reads & READ_CELLS) or Can.MANAGE_ACCOUNTS in held.rights


@runtime_checkable
class Scoped(Protocol):
    """A thing that knows for whom it exists."""

    def is_open_to(self, actor: AnyActor) -> bool:
        """Tell whether the thing exists for an actor."""


def authorize(actor: AnyActor, can: Can, thing: object = None) -> None:
    """
    Refuse unless the actor's role carries the right and the right holds for the thing.

    Raises
    ------
    NotAllowed
        Without the right; for a thing of another territory; for a thing that does not exist for the actor.
    """
    if not actor.may(can):
        raise NotAllowed(f"{actor.role} may not {can}")
    territory_id = getattr(thing, "territory_id", None)
    if territory_id is not None and territory_id not in actor.territory_ids:
        raise NotAllowed(f"{can} does not hold in this territory")
    if isinstance(thing, Scoped) and not thing.is_open_to(actor):
        raise NotAllowed(f"{can} does not hold here")


def allow(can: Can) -> Callable[[View], View]:
    """Open a view to the roles that carry a right; the first of the three doors."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
            if not request.actor.may(can):
                raise NotAllowed(f"{request.actor.role} may not {can}")
            return view(request, *args, **kwargs)

        guarded.permission = can  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return decorate


def signed_in(reason: str, *, before_second_factor: bool = False) -> Callable[[View], View]:
    """Open a view to every account, whatever its role, and say why; perhaps before a second factor that is due."""

    def decorate(view: View) -> View:
        view.open_reason = reason  # type: ignore[attr-defined]
        view.before_second_factor = before_second_factor  # type: ignore[attr-defined]
        return view

    return decorate


def public(reason: str) -> Callable[[View], View]:
    """Open a view to anybody, and say why."""

    def decorate(view: View) -> View:
        view.login_required = False  # type: ignore[attr-defined]
        view.public_reason = reason  # type: ignore[attr-defined]
        return view

    return decorate
