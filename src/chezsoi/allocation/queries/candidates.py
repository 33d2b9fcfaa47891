"""The candidates of a round, and why somebody is not one, as far as the reader may know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from chezsoi.allocation import dating, wording
from chezsoi.allocation.models import Candidacy, Examination, HolderProposal, JointAnswer, Round
from chezsoi.allocation.models.draws import frozen_of
from chezsoi.allocation.models.joint_draws import Examiner
from chezsoi.engines import matching
from chezsoi.people.models import households_seen_by
from chezsoi.territories.access import Can
from chezsoi.territories.models import Commune

EXACT = (Can.SEE_RESOURCES, Can.PREPARE_COMMISSION)
"""Who reads on which day a fact was said, and not in which month alone: who opens files, who prepares a sitting."""

if TYPE_CHECKING:
    from datetime import date

    from chezsoi.allocation.models import Decision, JointRound
    from chezsoi.allocation.models.facts import Waiting
    from chezsoi.kernel.actor import Actor
    from chezsoi.people.models import Household


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    A household for one home, under its file number: what was known at the freeze, and every reason in words.

    `known_since` says when each ground that earned points was; `keeps_days` is False when the draw kept no such day.
    """

    file_number: str
    rank: int | None
    points: int
    composition: str
    situation: str
    wish_rank: int | None
    is_protected: bool
    grounds: tuple[str, ...]
    reasons: tuple[wording.Said, ...]
    questions: tuple[str, ...]
    separation: tuple[str, ...]
    is_compatible: bool = True
    candidacy: Candidacy | None = None
    proposed_by: tuple[str, ...] = ()
    known_since: tuple[str, ...] = ()
    keeps_days: bool = True

    @property
    def letter(self) -> str:
        """Name the candidate before the room: A for the first of the published order, AA after Z; "" without a rank."""
        return wording.letter(self.rank)

    @property
    def decision(self) -> Decision | None:
        """Give what the commission decided, if it has."""
        return getattr(self.candidacy, "decision", None)


def candidates(
    round_: Round,
    *,
    actor: Actor,
    waiting: Waiting | None = None,
    before_the_room: bool = False,
) -> tuple[Line, ...]:
    """
    List the candidates of a round in the published order; who follows households sees theirs alone.

    Whoever lists the homes of a joint round reads who was `waiting` once for all of them. `before_the_room`, no
    reason tells more than anybody in the room may know, whatever the actor may read alone: no day, but its month.
    """
    rows = Candidacy.objects.visible_to(actor).filter(round=round_)
    rows = rows.select_related("household", "decision__taken_at", "decision__item__sitting", "offer").order_by("rank")
    held = {row.household_id: row for row in rows}
    proposed = _proposed(round_)
    examined = Examination.objects.filter(round=round_, household__in=held).select_related("household")
    build = _Lines.of(round_, actor, waiting, before_the_room=before_the_room)
    lines = (build.line(each, held[each.household_id]) for each in examined.order_by("rank"))
    return tuple(
        replace(line, proposed_by=proposed.get(line.candidacy.pk, ())) if line.candidacy else line for line in lines
    )


def why(round_: Round, file_number: str, *, actor: Actor) -> Line | None:
    """
    Tell why a household is where it is for this home; None when nobody the actor may see bears that number.

    Territory roles may ask of anybody examined, circles of their households, the others of the candidates.
    """
    rows = Examination.objects.filter(round=round_, household__reference__iexact=file_number.strip())
    match getattr(actor, "scope", None):
        case "territory":
            pass
        case "circle":
            rows = rows.filter(household__in=households_seen_by(actor))
        case _:
            seen = Candidacy.objects.visible_to(actor).filter(round=round_)
            rows = rows.filter(household__in=seen.values("household"))
    found = rows.filter(round__in=Round.objects.visible_to(actor)).select_related("household").first()
    if found is None and round_.joint is not None:
        found = _examined_now(round_, round_.joint, file_number, actor)
    return None if found is None else _Lines.of(round_, actor).line(found)


def _proposed(round_: Round) -> dict[int, tuple[str, ...]]:
    """Name, by candidacy, the reservation holders that proposed it at their turn."""
    found: dict[int, tuple[str, ...]] = {}
    rows = HolderProposal.objects.filter(candidacy__round=round_).order_by("proposed_on", "pk")
    for candidacy, holder in rows.values_list("candidacy_id", "turn__holder__name"):
        found[candidacy] = (*found.get(candidacy, ()), holder)
    return found


def _examined_now(round_: Round, joint: JointRound, file_number: str, actor: Actor) -> Examination | None:
    """Examine a household that a joint round did not make a candidate of this home, from what it froze."""
    answers = JointAnswer.objects.visible_to(actor).filter(
        joint=joint, household__reference__iexact=file_number.strip()
    )
    answer = answers.select_related("household").first()
    if answer is None or not joint.snapshot:
        return None
    found = Examiner.of(joint).examine(round_, answer.household.reference, rank=None)
    return Examination(round=round_, household=answer.household, **found)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lines:
    """What lines are built with; nobody is `frozen` once the facts of the round were erased, nor has `days`."""

    frozen: dict[str, matching.Household]
    commune: str
    home: str
    reader: wording.Reader
    is_exact: bool
    keeps_days: bool
    days: dict[str, dict[str, date]] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        round_: Round,
        actor: Actor,
        waiting: Waiting | None = None,
        *,
        before_the_room: bool = False,
    ) -> _Lines:
        facts = frozen_of(round_, waiting) if round_.facts_erased_on is None else None
        commune = round_.offer.dwelling.commune if facts is None else None
        code = facts.home.commune if facts is not None else commune.code if commune is not None else ""
        reader = wording.Reader(
            sees_resources=not before_the_room and actor.may(Can.SEE_RESOURCES),
            sees_guarded=not before_the_room and actor.may(Can.SEE_VIOLENCE),
            communes=dict(Commune.objects.filter(pk=code).values_list("code", "name")),
        )
        frozen = {each.ref: each for each in facts.households} if facts is not None else {}
        return cls(
            frozen=frozen,
            commune=code,
            home=facts.home.ref if facts is not None else "",
            reader=reader,
            is_exact=not before_the_room and any(actor.may(power) for power in EXACT),
            keeps_days=facts is None or facts.days is not None,
            days=dating.by_ref(facts.days or ()) if facts is not None else {},
        )

    def line(self, examined: Examination, candidacy: Candidacy | None = None) -> Line:
        household = examined.household
        known = self.frozen.get(household.reference, matching.Household(ref=household.reference))
        days = self._days(household)
        return Line(
            file_number=household.reference,
            rank=examined.rank,
            points=examined.points,
            composition=wording.composition(known.adults, known.children, known.persons),
            situation=wording.situation(known.situation),
            wish_rank=None if household.is_protected else self._wish_rank(known),
            is_protected=household.is_protected,
            grounds=wording.grounds(examined.contributions, self.reader),
            reasons=dating.with_days(wording.vector(examined.reasons, self.reader), examined.reasons, days),
            questions=wording.questions(examined.reasons, self.reader),
            separation=wording.separation(examined.standing, examined.points, self.reader),
            is_compatible=examined.is_compatible,
            candidacy=candidacy,
            known_since=dating.grounds(examined.contributions, self.reader, days),
            keeps_days=self.keeps_days,
        )

    def _days(self, household: Household) -> dating.Days:
        """Give the days of a household: of a protected one to the month, but for who may know why it is."""
        is_exact = self.is_exact and (not household.is_protected or self.reader.sees_guarded)
        known, told = self.days.get(household.reference, {}), self.days.get(self.home, {})
        return dating.Days(home=self.home, known=known, told=told, is_exact=is_exact)

    def _wish_rank(self, known: matching.Household) -> int | None:
        wished = known.wished_communes
        return wished.index(self.commune) + 1 if self.commune in wished else None
