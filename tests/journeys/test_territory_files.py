"""On an empty, migrated database: a territory's own files, a scripted commission, and what the figures say then."""

import csv
import io
import json
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone
from typer.testing import CliRunner

from chezsoi.allocation import actions as allocation
from chezsoi.allocation.choices import CommissionKind, DecisionKind
from chezsoi.allocation.models import Candidacy
from chezsoi.engines.matching import PublicRandomness
from chezsoi.homes.models import Offer
from chezsoi.journeys import rounds, street_to_home
from chezsoi.people.choices import HOMELESS
from chezsoi.people.models import Household, Person
from chezsoi.people.queries import last_observation, lead
from chezsoi.portal.command_line import app
from chezsoi.tenancies.choices import LeaseKind
from tests.factories import territories

pytestmark = pytest.mark.slow

CASES = Path(__file__).parents[1] / "cases" / "territory"
HOMES = 3


def command(*arguments: str) -> str:
    result = CliRunner().invoke(app, list(arguments))
    assert result.exit_code == 0, result.stderr
    return result.stdout


def bring_in(kind: str, name: str) -> dict:
    return json.loads(command("import", kind, str(CASES / name), "--territory", "metz", "--yes", "--json"))


def test_files_then_a_commission_then_the_figures():
    people, homes = bring_in("people", "menages.csv"), bring_in("homes", "logements.xlsx")
    assert people["households"]["created"] == Household.objects.count() == 436
    assert people["persons"]["created"] == Person.objects.count() == 729
    assert homes["homes"] == {"created": 90, "updated": 0, "unchanged": 0, "not_offerable": 7}

    housed = [house(offer) for offer in social_offers()]

    year = timezone.localdate().year
    told = command("report", "indicators", "--territory", "metz", "--year", str(year), "--audience", "internal")
    said = {row["code"]: row for row in csv.DictReader(io.StringIO(told))}
    homeless = [candidacy for candidacy, was_homeless in housed if was_homeless]
    assert int(said["attribution.homeless"]["numerator"]) == len(homeless) > 0
    assert said["attribution.homeless_share"]["qualifier"] == "share_unavailable"
    assert int(said["direct_access.households"]["numerator"]) <= HOMES
    hidden = command("report", "indicators", "--territory", "metz", "--year", str(year))
    assert {row["suppressed"] for row in csv.DictReader(io.StringIO(hidden))} == {"true"}


def social_offers() -> list[Offer]:
    found = Offer.objects.filter(dwelling__stock="social", state="open", dwelling__rooms=1)
    return list(found.select_related("dwelling__territory").order_by("dwelling__reference")[:HOMES])


def house(offer: Offer) -> tuple[Candidacy, bool]:
    """Walk one home through the whole chain, every act by a program."""
    program, today, now = territories.program(), timezone.localdate(), timezone.now()
    drawn = draw(offer, today, now)
    sitting = sit(drawn, program, today)
    chosen = drawn.candidacies.get(rank=1)
    letter = allocation.send_offer(actor=program, candidacy=chosen, sent_on=sitting.held_on)
    allocation.record_answer(actor=program, letter=letter, is_accepted=True, answered_on=today)
    chosen.refresh_from_db()
    applicant = lead(chosen.household, on=today, actor=program).person
    before = last_observation(applicant, on_or_before=today, actor=program)
    street_to_home.house(actor=program, candidacy=chosen, kind=LeaseKind.DIRECT, signed_on=today, starts_on=today)
    return chosen, before is not None and before.situation in HOMELESS


def draw(offer: Offer, today: date, now: datetime):
    program = territories.program()
    (grid,) = allocation.load_grids(settings.REFERENCE_DIR / "scoring-grids", actor=program)
    opened = rounds.open_round(actor=program, offer=offer, grid=grid, on=today, at=now - timedelta(hours=2))
    public = PublicRandomness(value="07 12 23 31 44", source="public draw", drawn_at=now - timedelta(hours=1))
    return allocation.draw_round(actor=program, round_=opened, public=public, at=now)


def sit(drawn, program, today: date):
    commission = allocation.register_commission(
        actor=program,
        territory=drawn.offer.dwelling.territory,
        organisation=territories.organisation(),
        kind=CommissionKind.CALEOL,
        name=f"CALEOL {drawn.pk}",
        quorum=3,
        answer_days=10,
        on=today,
    )
    for number in range(3):
        allocation.name_member(
            actor=program, commission=commission, name=f"Member {number}", capacity="board", starts_on=today
        )
    sitting = allocation.call_sitting(actor=program, commission=commission, held_on=today)
    item = allocation.put_on_table(actor=program, sitting=sitting, round_=drawn)
    allocation.record_attendance(actor=program, sitting=sitting, members=commission.members.order_by("pk"))
    for candidacy in drawn.candidacies.order_by("rank"):
        verdict = allocation.Verdict(kind=DecisionKind.ALLOCATED_RANKED, rank=candidacy.rank, reason="published order")
        allocation.decide(actor=program, item=item, candidacy=candidacy, verdict=verdict, on=today)
    return allocation.close_sitting(actor=program, sitting=sitting)
