"""The sheet a household takes away: its request, its place, why, what would change it, how to contest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from chezsoi.allocation import plain_words, queries
from chezsoi.allocation.choices import CandidacyState, RequestState
from chezsoi.allocation.models import Candidacy, HousingRequest
from chezsoi.allocation.queries import HouseholdStanding
from chezsoi.kernel.actor import Actor
from chezsoi.law.parameters import parameter
from chezsoi.people.models import Household
from chezsoi.territories.access import Can
from chezsoi.territories.models import Commune
from chezsoi.ui import dates
from chezsoi.ui.pdf import letter as typeset
from chezsoi.ui.typography import euros


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A title and its sentences, one idea each."""

    title: str
    sentences: tuple[str, ...]


def parts(request: HousingRequest, *, on: date, actor: Actor, with_private: bool = False) -> tuple[Part, ...]:
    """
    Compose the sheet of a household in the language of the day.

    Grounds that a paper may betray, what the body needs, and the points (which, beside a published grid, give away a
    ground that is not named) stand on it `with_private` only; where a protected household wants to live, or is proposed
    to live, never does.
    """
    household = request.household
    stood = queries.standing_of(household, actor=actor)
    told = [
        (_("My request"), _request(request, with_private=with_private)),
        (_("My place"), _place(stood, actor, with_private=with_private)),
        (_("What counts for me"), _grounds(stood, with_private=with_private)),
        (_("The answer, and why"), _answer(stood, household, with_private=with_private)),
        (_("What would change the answer"), _change(stood, household)),
        (_("What never counts against me"), map(str, plain_words.NEVER_COUNTS)),
        (_("What comes next"), _next(request, on, actor)),
        (_("How to contest"), _contest(on)),
        (_("Whom to ask"), _whom()),
    ]
    found = [Part(title=title, sentences=tuple(dict.fromkeys(sentences))) for title, sentences in told]
    return tuple(part for part in found if part.sentences)


def as_pdf(request: HousingRequest, *, on: date, lang: str, actor: Actor, with_private: bool = False) -> bytes:
    """Print the sheet in large type; no name stands on it, no address, and of a file its number alone."""
    household = request.household
    with override(lang):
        composed = parts(request, on=on, actor=actor, with_private=with_private)
        data = {
            "organisation": {"name": household.territory.name, "lines": []},
            "date": on,
            "subject": _("My request for a home"),
            "made": _("Sheet made on %(day)s.") % {"day": dates.full(on)},
            "file": _("My file: %(number)s.") % {"number": household.reference},
            "parts": [{"title": part.title, "sentences": part.sentences} for part in composed],
        }
    return typeset("ui/typst/plain_sheet.typ", data, lang=lang)


def _request(request: HousingRequest, *, with_private: bool) -> Iterator[str]:
    yield str(plain_words.REQUEST_STATES[request.state])
    if request.number:
        yield _("Its number is %(number)s.") % {"number": request.number}
    else:
        yield _("It has no national number yet.")
    if request.requested_on:
        yield _("You asked on %(day)s.") % {"day": dates.full(request.requested_on)}
    yield from _wishes(request)
    if with_private and request.needs_wheelchair_access:
        yield _("You need a home open to a wheelchair.")
    if with_private and request.needs_lift_or_ground:
        yield _("You need a lift, or the ground floor.")


def _wishes(request: HousingRequest) -> Iterator[str]:
    if not request.household.is_protected:
        for wish in request.wished_communes.filter(withdrawn_on=None).order_by("rank").select_related("commune"):
            yield _("You wish to live in %(commune)s.") % {"commune": wish.commune.name}
    least, most = request.rooms_min, request.rooms_max
    if least:
        said = ngettext("You wish for %(rooms)s room or more.", "You wish for %(rooms)s rooms or more.", least)
        yield said % {"rooms": least}
    if most:
        said = ngettext("You wish for %(rooms)s room at most.", "You wish for %(rooms)s rooms at most.", most)
        yield said % {"rooms": most}
    if request.max_outlay_per_month is not None:
        amount = euros(request.max_outlay_per_month, decimals=None)
        yield _("You can pay %(amount)s a month, charges included.") % {"amount": amount}


def _place(stood: HouseholdStanding | None, actor: Actor, *, with_private: bool) -> Iterator[str]:
    if not actor.may(Can.SEE_SHORTLIST):
        yield _("We cannot read your place here.")
        yield _("Ask the housing and orientation service: it reads it.")
    elif stood is None:
        yield _("We find no search of a home with your request.")
        yield _("You keep the first day of your request.")
    else:
        yield _("We looked for homes on %(day)s.") % {"day": dates.full(stood.on)}
        if with_private:
            points = ngettext("You had %(points)s point.", "You had %(points)s points.", stood.points)
            yield points % {"points": stood.points}
        else:
            yield _("Your points are on the complete sheet. You can ask for it.")
        if stood.place is not None:
            yield _("Your place was %(place)s among %(among)s households.") % {
                "place": stood.place,
                "among": stood.among,
            }


def _grounds(stood: HouseholdStanding | None, *, with_private: bool) -> Iterator[str]:
    if stood is None:
        return
    if stood.contributions is None:
        yield _("The details of this search are erased.")
        return
    for each in stood.contributions:
        facts = each["facts"]
        if not (each["counts"] and each["points"]) or (plain_words.PRIVATE.intersection(facts) and not with_private):
            continue
        said = [plain_words.FACTS.get(code, plain_words.LOCAL_GROUND) for code in facts]
        yield from map(str, said or [plain_words.WAITING])
    yield _("Your file keeps every detail. You can ask to read it.")
    if not with_private:
        yield _("We leave out what you may want to keep private.")


def _answer(stood: HouseholdStanding | None, household: Household, *, with_private: bool) -> Iterator[str]:
    if stood is None:
        return
    if stood.candidacy is not None:
        yield from _proposed(stood.candidacy, household)
    elif not stood.fits:
        yield _("No home is proposed to you this time.")
        yield _("The homes we had did not suit your request.")
        yield _("Ask us which rule said no.")
    else:
        yield from _outranked(stood, with_private=with_private)


def _outranked(stood: HouseholdStanding, *, with_private: bool) -> Iterator[str]:
    yield _("No home is proposed to you this time.")
    if stood.may_share:
        yield _("The homes were shared out in the published order.")
        yield _("Those who share a home have their wishes too.")
    elif stood.is_joint:
        yield _("The homes went to households placed before you.")
    else:
        yield _("There was one home. Households placed before you are on its list.")
    last = stood.last_points
    if last is not None:
        said = ngettext("The last of them had %(last)s point.", "The last of them had %(last)s points.", last)
        yield said % {"last": last}
        if last == stood.points and with_private:
            yield _("You had as many points.")
            yield _("The longest wait comes first, then a public draw.")


def _proposed(candidacy: Candidacy, household: Household) -> Iterator[str]:
    yield _("We placed you on the list for one home.")
    if household.is_protected:
        yield _("Ask us where it is: this sheet does not say it.")
    elif (commune := candidacy.offer.dwelling.commune) is not None:
        yield _("It is in %(commune)s.") % {"commune": commune.name}
    yield str(plain_words.STATES[CandidacyState(candidacy.state)])


def _change(stood: HouseholdStanding | None, household: Household) -> Iterator[str]:
    if stood is None or stood.candidacy is not None:
        return
    if not stood.relaxation:
        if not stood.may_share:
            yield _("No change of one wish would change the answer.")
        yield _("You have nothing to give up.")
        return
    accept = stood.relaxation["accept"]
    if stood.relaxation["wish"] == "rooms_fit_wish":
        yield _("With %(rooms)s rooms, a home would be proposed to you.") % {"rooms": accept}
    elif household.is_protected:
        yield _("With one more commune, a home would be proposed to you.")
        yield _("Ask us which one: this sheet does not say it.")
    else:
        name = Commune.objects.filter(pk=accept).values_list("name", flat=True).first() or accept
        yield _("In %(commune)s, a home would be proposed to you.") % {"commune": name}
    yield _("You choose. You can keep your wish.")
    yield _("We never ask you to give up a need or a right.")


def _next(request: HousingRequest, on: date, actor: Actor) -> Iterator[str]:
    running = [row for row in queries.pauses(request.household, actor=actor) if row.runs_on(on)]
    if running:
        yield _("You asked for a pause until %(day)s.") % {"day": dates.full(running[0].until_on)}
        yield _("We propose no home to you before that day.")
        yield _("You can come back earlier. You keep your place.")
    elif request.state == RequestState.ACTIVE:
        yield _("Your request goes into the next search.")
    if request.valid_until is None:
        yield _("We do not know the last day of your request.")
        yield _("Look at your receipt, or ask us.")
    elif request.valid_until < on:
        yield _("Your request passed its last day on %(day)s.") % {"day": dates.full(request.valid_until)}
        yield _("Renew it now. You keep your place here.")
    else:
        yield _("Your request is good until %(day)s.") % {"day": dates.full(request.valid_until)}
        yield _("Renew it before that day. We can help you.")
    if request.valid_until is not None:
        yield _("Check this date on your receipt.")
    yield _("Tell us when something changes in your life.")


def _contest(on: date) -> Iterator[str]:
    yield _("Is something wrong on this sheet? Ask us to correct it.")
    yield _("Did a landlord refuse you? Write to the landlord.")
    yield _("You can also go to the administrative court.")
    months = int(parameter("appeal.court_months", on=on).number)
    yield ngettext(
        "You have %(count)s month after the letter.", "You have %(count)s months after the letter.", months
    ) % {"count": months}
    yield _("This delay is to be confirmed: read your letter.")
    yield _("Have you waited very long? Ask the mediation commission.")
    yield _("It decides on your right to a home.")
    yield _("The place alone cannot be contested. The points can be corrected.")


def _whom() -> Iterator[str]:
    yield _("Ask the person who gave you this sheet.")
    yield _("You can bring somebody you trust.")
    yield _("You can ask for somebody who speaks your language.")
