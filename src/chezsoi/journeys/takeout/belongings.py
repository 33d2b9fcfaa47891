"""
What belongs to an organisation: every model of the house is taken by a rule here, or `left_out` for a reason.

The order is that of loading: a row comes after those it refers to.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from chezsoi.allocation.models.requests import NUMBER_PURPOSE, POOL_NUMBER_PURPOSE
from chezsoi.fields import blind_index
from chezsoi.territories.models import Organisation

Row = Mapping[str, Any]
Taken = dict[str, set[int]]
Rule = Callable[["Owner", Taken], Q]


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The organisation whose records are taken, on a day."""

    organisation: Organisation
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table that is taken: which of its rows, and which of its columns are not written as they are."""

    label: str
    said: str
    rule: Rule | None = None
    natural: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    left_out: Mapping[str, str] = field(default_factory=dict)
    accounts: tuple[str, ...] = ()
    made_again: Mapping[str, Callable[[Row, int], Any]] = field(default_factory=dict)

    @property
    def model(self) -> type[Model]:
        return apps.get_model(self.label)

    @property
    def columns(self) -> list[Any]:
        """List the fields that are written, the many-to-many ones last."""
        meta = self.model._meta
        found = [each for each in meta.concrete_fields if not each.primary_key or each.name in self.natural]
        return [each for each in (*found, *meta.many_to_many) if self._is_written(each.name)]

    def rows(self, owner: Owner, taken: Taken) -> QuerySet[Any]:
        """Select the rows that belong to an organisation."""
        rule = self.rule(owner, taken) if self.rule else Q(pk__in=taken.get(self.label, set()))
        return self.model._default_manager.filter(rule)

    def _is_written(self, name: str) -> bool:
        return (name in self.only if self.only else True) and name not in self.left_out and name not in self.made_again


def of(*path_and_label: str) -> Rule:
    """Take the rows that hang on rows taken: `of("household", "people.Household")`."""
    path, label = path_and_label
    return lambda owner, taken: Q(**{f"{path}__in": taken[label]})


def either(*rules: Rule) -> Rule:
    """Take the rows that any of several rules takes."""

    def joined(owner: Owner, taken: Taken) -> Q:
        found = Q(pk__in=())
        for rule in rules:
            found |= rule(owner, taken)
        return found

    return joined


def own(path: str) -> Rule:
    """Take the rows that name the organisation itself."""
    return lambda owner, taken: Q(**{path: owner.organisation})


def _in_its_circle(owner: Owner, taken: Taken) -> Q:
    held = apps.get_model("people.CircleMembership")._default_manager.filter(organisation=owner.organisation)
    now = held.filter(starts_on__lte=owner.on).filter(Q(ends_on=None) | Q(ends_on__gt=owner.on))
    return Q(pk__in=now.values("household"))


def _members(owner: Owner, taken: Taken) -> Q:
    held = apps.get_model("people.HouseholdMember")._default_manager.filter(household__in=taken["people.Household"])
    return Q(pk__in=held.values("person"))


def _its_homes(owner: Owner, taken: Taken) -> Q:
    mine = Q(recorded_by=owner.organisation) | Q(owner__organisation=owner.organisation)
    leased = apps.get_model("tenancies.Lease")._default_manager.filter(household__in=taken["people.Household"])
    return mine | Q(pk__in=leased.values("dwelling"))


def _its_offers(owner: Owner, taken: Taken) -> Q:
    mine = Q(dwelling__recorded_by=owner.organisation) | Q(dwelling__owner__organisation=owner.organisation)
    leased = apps.get_model("tenancies.Lease")._default_manager.filter(household__in=taken["people.Household"])
    return mine & Q(dwelling__in=taken["homes.Dwelling"]) | Q(pk__in=leased.values("offer"))


def _owners(owner: Owner, taken: Taken) -> Q:
    homes = apps.get_model("homes.Dwelling")._default_manager.filter(pk__in=taken["homes.Dwelling"])
    return Q(organisation=owner.organisation) | Q(recorded_by=owner.organisation) | Q(pk__in=homes.values("owner"))


def _its_asks(owner: Owner, taken: Taken) -> Q:
    return Q(asked_for=owner.organisation, household__in=taken["people.Household"])


def _its_accounts(owner: Owner, taken: Taken) -> Q:
    roles = apps.get_model("territories.RoleAssignment")._default_manager.filter(organisation=owner.organisation)
    return Q(pk__in=roles.values("user"))


def _its_own(owner: Owner, taken: Taken) -> Q:
    return HOUSEHOLD(owner, taken) & Q(organisation=owner.organisation)


def _again(value: str, purpose: str) -> Callable[[Row, int], str]:
    return lambda row, rank: blind_index(row[value] or "", purpose=purpose)


HOUSEHOLD = of("household", "people.Household")
PERSON = of("person", "people.Person")
OF_HOUSEHOLDS, OF_PERSONS = "of the households taken", "of the persons taken"
REHEARD = {"digest": lambda row, rank: f"taken:{rank}"}

TABLES: tuple[Table, ...] = (
    Table(
        label="territories.Organisation",
        said="itself, and the name of each organisation that a row taken names",
        natural=("key",),
    ),
    Table(
        label="territories.User",
        said="the accounts that hold or held a role in it; their owners choose their passwords again",
        rule=_its_accounts,
        natural=("email",),
        only=("email", "full_name", "language", "is_active", "is_demo"),
    ),
    Table(label="territories.RoleAssignment", said="the roles held in it", rule=own("organisation")),
    Table(
        label="files.Source",
        said="its sources of files, and the name of each source that a row taken cites",
        natural=("territory", "organisation", "kind", "key"),
    ),
    Table(label="files.ColumnMemory", said="of its sources", rule=own("source__organisation")),
    Table(
        label="files.ImportBatch",
        said="of its sources",
        rule=own("source__organisation"),
        left_out={"stored_name": "the copy of the file stays, and goes after 30 days"},
        accounts=("opened_by_id",),
    ),
    Table(label="people.Household", said="the households whose circle it is in on that day", rule=_in_its_circle),
    Table(label="people.Person", said="everybody who is or was of these households", rule=_members),
    Table(label="people.HouseholdMember", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="people.Alias", said=OF_PERSONS, rule=PERSON),
    Table(label="people.Phone", said=OF_PERSONS, rule=PERSON, made_again={"number_index": _again("number", "phone")}),
    Table(
        label="people.PersonReference",
        said="the numbers its own sources give",
        rule=lambda owner, taken: PERSON(owner, taken) & Q(source__organisation=owner.organisation),
        made_again=REHEARD,
    ),
    Table(
        label="people.HouseholdReference",
        said="the numbers its own sources give",
        rule=lambda owner, taken: HOUSEHOLD(owner, taken) & Q(source__organisation=owner.organisation),
        made_again=REHEARD,
    ),
    Table(
        label="people.CircleMembership",
        said="its own place in these circles",
        rule=lambda owner, taken: HOUSEHOLD(owner, taken) & Q(organisation=owner.organisation),
    ),
    Table(label="people.Correction", said=OF_HOUSEHOLDS, rule=either(HOUSEHOLD, PERSON), accounts=("corrected_by",)),
    Table(
        label="people.PossibleDuplicate",
        said="the pairs whose two persons are taken",
        rule=lambda owner, taken: Q(first__in=taken["people.Person"]) & Q(second__in=taken["people.Person"]),
        accounts=("judged_by",),
    ),
    Table(label="people.HeldRow", said="of its imports", rule=own("batch__source__organisation")),
    Table(
        label="people.ResidentialSituation",
        said=OF_PERSONS,
        rule=PERSON,
        accounts=("recorded_by", "withdrawn_by"),
    ),
    Table(label="people.ResourceStatement", said=OF_PERSONS, rule=PERSON),
    Table(label="people.InformationGiven", said=OF_PERSONS, rule=PERSON, accounts=("given_by",)),
    Table(label="people.Objection", said=OF_PERSONS, rule=PERSON, accounts=("recorded_by",)),
    Table(label="people.LifeChange", said=OF_HOUSEHOLDS, rule=HOUSEHOLD, accounts=("recorded_by", "undone_by")),
    Table(
        label="homes.Dwelling", said="the homes it recorded or owns, and those its households lease", rule=_its_homes
    ),
    Table(label="homes.Owner", said="those it recorded, itself, and those of the homes taken", rule=_owners),
    Table(
        label="homes.DwellingShown",
        said="of the homes it recorded or owns",
        rule=lambda owner, taken: (
            of("dwelling", "homes.Dwelling")(owner, taken)
            & (Q(dwelling__recorded_by=owner.organisation) | Q(dwelling__owner__organisation=owner.organisation))
        ),
    ),
    Table(
        label="homes.DwellingReference",
        said="the numbers its own sources give",
        rule=lambda owner, taken: (
            of("dwelling", "homes.Dwelling")(owner, taken) & Q(source__organisation=owner.organisation)
        ),
        made_again=REHEARD,
    ),
    Table(label="homes.Offer", said="of the homes it recorded or owns, and those signed", rule=_its_offers),
    Table(
        label="allocation.HousingRequest",
        said=OF_HOUSEHOLDS,
        rule=HOUSEHOLD,
        made_again={"number_index": _again("number", NUMBER_PURPOSE)},
    ),
    Table(label="allocation.WishedCommune", said="of these requests", rule=of("request", "allocation.HousingRequest")),
    Table(label="allocation.PriorityLabel", said="of these requests", rule=of("request", "allocation.HousingRequest")),
    Table(
        label="allocation.PoolLabel",
        said="of these requests",
        rule=of("request", "allocation.HousingRequest"),
        made_again={"number_index": _again("number", POOL_NUMBER_PURPOSE)},
    ),
    Table(
        label="allocation.RequestEvent",
        said="of these requests",
        rule=of("request", "allocation.HousingRequest"),
        left_out={"former": "it names candidacies, whose rounds compare households of other services"},
    ),
    Table(label="allocation.Appeal", said="of these requests", rule=of("request", "allocation.HousingRequest")),
    Table(label="allocation.Pause", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="allocation.HomeAsk", said="asked in its name, for the households taken", rule=_its_asks),
    Table(label="allocation.ReservationAgreement", said="those it signed as a landlord", rule=own("landlord")),
    Table(label="allocation.FlowExit", said="of the homes taken", rule=of("offer", "homes.Offer")),
    Table(label="allocation.SharingWish", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="allocation.Commission", said="the commissions it holds", rule=own("organisation")),
    Table(label="allocation.CommissionMember", said="of these commissions", rule=own("commission__organisation")),
    Table(label="support.TeamPlaces", said="what its teams can follow", rule=own("organisation")),
    Table(label="support.SupportWish", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="support.NamedReferent", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="support.SupportMeasure", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="support.Task", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="support.IntensityChange", said="of these measures", rule=of("measure", "support.SupportMeasure")),
    Table(
        label="support.Contact", said="its own meetings with these households", rule=_its_own, accounts=("noted_by",)
    ),
    Table(
        label="support.Handover",
        said="between its own teams, of these households",
        rule=_its_own,
        accounts=("taken_up_by",),
    ),
    Table(label="siao.SiaoTeam", said="its own teams", rule=own("organisation")),
    Table(
        label="siao.TeamHousehold",
        said="of its own teams, for the households taken",
        rule=lambda owner, taken: HOUSEHOLD(owner, taken) & Q(team__organisation=owner.organisation),
        accounts=("recorded_by",),
    ),
    Table(
        label="siao.Assessment",
        said=OF_HOUSEHOLDS,
        rule=HOUSEHOLD,
        left_out={"team": "it may be another organisation’s: the organisation is named"},
        accounts=("recorded_by", "withdrawn_by"),
    ),
    Table(
        label="siao.Orientation",
        said=OF_HOUSEHOLDS,
        rule=HOUSEHOLD,
        left_out={"team": "it may be another organisation’s: the organisation is named"},
        accounts=("recorded_by", "withdrawn_by"),
    ),
    Table(
        label="siao.OrientationStep",
        said="of these orientations",
        rule=of("orientation", "siao.Orientation"),
        accounts=("recorded_by", "withdrawn_by"),
    ),
    Table(
        label="support.CaseMeeting",
        said="those it calls about these households",
        rule=_its_own,
        accounts=("noted_by",),
    ),
    Table(
        label="support.MeetingParticipant",
        said="of these meetings",
        rule=of("meeting", "support.CaseMeeting"),
        left_out={"circle": "the places of other services in a circle are theirs"},
    ),
    Table(
        label="support.MeetingCommitment",
        said="of these meetings",
        rule=of("participant", "support.MeetingParticipant"),
    ),
    Table(
        label="tenancies.Lease",
        said=OF_HOUSEHOLDS,
        rule=HOUSEHOLD,
        left_out={"candidacy": "its round compares households of other services"},
    ),
    Table(
        label="tenancies.LandlordCall",
        said="of these leases",
        rule=of("lease", "tenancies.Lease"),
        accounts=("taken_up_by",),
    ),
    Table(label="tenancies.ExchangeWish", said=OF_HOUSEHOLDS, rule=HOUSEHOLD),
    Table(label="tenancies.ExchangeCommune", said="of these wishes", rule=of("wish", "tenancies.ExchangeWish")),
)


def tables() -> list[Table]:
    """List the tables taken, a table after those it refers to."""
    waiting, found = {each.label: each for each in TABLES}, []
    while waiting:
        ready = [each for each in waiting.values() if not _needs(each) & set(waiting) - {each.label}]
        found += ready
        for each in ready:
            del waiting[each.label]
    return found


def _needs(table: Table) -> set[str]:
    return {each.related_model._meta.label for each in table.columns if each.is_relation}
