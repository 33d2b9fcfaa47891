"""The support of a household on its page: what it wishes, who is named, the measures, what was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from chezsoi.kernel.actor import Actor
from chezsoi.people.models import Household
from chezsoi.support import queries as support
from chezsoi.support.choices import MeasureState
from chezsoi.support.models import (
    CaseMeeting,
    Contact,
    IntensityChange,
    NamedReferent,
    SupportMeasure,
    SupportWish,
    Task,
)
from chezsoi.tenancies import queries as tenancies
from chezsoi.ui.shapes import Entry, Fact, Kind, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Support:
    """What is shown now, what is planned or done, and the lines given to the history."""

    facts: tuple[Fact, ...]
    measures: tuple[Entry, ...]
    tasks: tuple[Task, ...]
    told: tuple[Entry, ...]
    visits: tuple[Entry, ...]


def read(household: Household, *, actor: Actor) -> Support:
    """Compose the support of a household, within what the actor may read of it."""
    wishes = tuple(support.wishes_of(household, actor=actor))
    named = tuple(support.referents_of(household, actor=actor))
    measures = tuple(support.measures_of(household, actor=actor))
    changes = tuple(support.changes_of(household, actor=actor))
    tasks = tuple(support.tasks_of(household, actor=actor))
    return Support(
        facts=tuple(_facts(wishes, named)),
        measures=tuple(_followed(measures)),
        tasks=tasks,
        told=(
            *_wished(wishes),
            *_named(named),
            *_measures(measures),
            *_changed(changes),
            *_gathered(support.meetings_of(household, actor=actor)),
            *_called(household, actor),
        ),
        visits=(*_visits(tasks), *_met(support.contacts_of(household, actor=actor))),
    )


def _facts(wishes: tuple[SupportWish, ...], named: tuple[NamedReferent, ...]) -> Iterator[Fact]:
    if wishes:
        yield Fact(label=_("Support wished"), value=wishes[0].get_intensity_display(), is_strong=True)
    if named:
        yield Fact(label=_("Referent named"), value=named[0].label)


def _followed(measures: Iterable[SupportMeasure]) -> Iterator[Entry]:
    """Say who brings which support, and where it stands."""
    for measure in measures:
        said = " · ".join((_("intensity: %(level)s") % {"level": measure.intensity_label}, _by(measure)))
        state = Tag(label=measure.get_state_display())
        yield Entry(when=measure.opened_on, title=capfirst(measure.get_scheme_display()), detail=said, tag=state)


def _by(measure: SupportMeasure) -> str:
    return measure.organisation.name if measure.organisation else _("to be named")


def _source(row: SupportWish | NamedReferent) -> str:
    return row.source.name if row.source else ""


def _wished(wishes: Iterable[SupportWish]) -> Iterator[Entry]:
    for wish in wishes:
        title = _("Support wished: %(intensity)s") % {"intensity": wish.get_intensity_display()}
        yield Entry(when=wish.stated_on, title=title, detail=_source(wish))


def _named(named: Iterable[NamedReferent]) -> Iterator[Entry]:
    for referent in named:
        yield Entry(when=referent.stated_on, title=_("Referent named"), lead=referent.label, detail=_source(referent))


def _measures(measures: Iterable[SupportMeasure]) -> Iterator[Entry]:
    for measure in measures:
        scheme, who = {"scheme": measure.get_scheme_display()}, _by(measure)
        state = Tag(label=measure.get_state_display())
        yield Entry(when=measure.opened_on, title=_("Support proposed: %(scheme)s") % scheme, detail=who, tag=state)
        if measure.ended_on is None:
            continue
        is_mistake = measure.state == MeasureState.CANCELLED
        title = _("Support cancelled: %(scheme)s") if is_mistake else _("Support ended: %(scheme)s")
        detail = " · ".join(each for each in (measure.end_reason, who) if each)
        yield Entry(when=measure.ended_on, title=title % scheme, detail=detail)


def _changed(changes: Iterable[IntensityChange]) -> Iterator[Entry]:
    """Tell how intense support became, and what was proposed and declined; not what was taken back."""
    for change in changes:
        if change.cancelled_on is None:
            said = _("Intensity of support: %(level)s") % {"level": change.get_intensity_display()}
            yield Entry(when=change.starts_on, title=said, detail=str(change.get_origin_display()))


def _gathered(meetings: Iterable[CaseMeeting]) -> Iterator[Entry]:
    """Tell the meetings that were held, and the agreements withdrawn; not those to come, nor those called off."""
    for meeting in meetings:
        title = capfirst(meeting.get_kind_display())
        if meeting.held_on is not None:
            yield Entry(when=meeting.held_on, title=title, detail=meeting.organisation.name)
        if meeting.withdrawn_on is not None:
            said = _("The household withdrew its agreement")
            yield Entry(when=meeting.withdrawn_on, title=said, detail=title)


def _called(household: Household, actor: Actor) -> Iterator[Entry]:
    """Tell when a landlord called during the lease, and when it was taken up."""
    for call in tenancies.calls_about(household, actor=actor):
        said, who = call.get_reason_display(), call.organisation.name if call.organisation else ""
        yield Entry(when=call.called_on, title=_("A landlord calls"), lead=said, detail=who)
        if call.taken_up_on is not None:
            yield Entry(when=call.taken_up_on, title=_("The call of the landlord taken up"), lead=said)


def _met(contacts: Iterable[Contact]) -> Iterator[Entry]:
    for contact in contacts:
        if contact.cancelled_on is None:
            said = _("Met %(place)s") % {"place": contact.get_place_display()}
            yield Entry(when=contact.met_on, title=said, detail=contact.organisation.name)


def _visits(tasks: Iterable[Task]) -> Iterator[Entry]:
    """Tell what was done and what was given up; what is still to come is not history."""
    for task in tasks:
        title, who = capfirst(task.get_kind_display()), task.organisation.name if task.organisation else ""
        if task.done_on is not None:
            yield Entry(when=task.done_on, title=title, detail=who, tag=Tag(label=_("done"), kind=Kind.HOME))
        elif task.cancelled_on is not None:
            yield Entry(when=task.cancelled_on, title=title, detail=who, tag=Tag(label=_("cancelled")))
