"""Estimate what a home would leave a household to live on, from one file, without any database."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from chezsoi.portal.command_line.context import refuse

if TYPE_CHECKING:
    from chezsoi.engines.benefits import Estimate


def benefits(
    case: Annotated[Path, typer.Argument(help="Who would move in, on what, and the home: a JSON file.")],
) -> None:
    """Estimate housing benefit, RSA, rent reduction, what is left to pay and to live on; estimate, not entitlement."""
    from chezsoi.portal.command_line.benefits_case import UnusableCase, read

    try:
        household, home, day = read(_text_of(case))
    except UnusableCase as said:
        refuse(f"{case}: {said} Nothing was computed.")
    from chezsoi.engines.benefits import LawNotKnown, engine_version, estimate

    try:
        found = estimate(household, home, on=day)
    except LawNotKnown:
        refuse(f"{case}: {engine_version()} does not know the law of {day}. Nothing was computed.")
    typer.echo(as_json(found))


def as_json(found: Estimate) -> str:
    """Write a result as JSON; money has two decimals, an infinite effort is null and said so."""
    money = ("housing_benefit", "rsa", "rls", "net_outlay", "residual_income", "rav_per_day_uc")
    written = {name: f"{getattr(found, name):.2f}" for name in money}
    written["effort_rate"] = "null" if found.effort_is_infinite else f"{found.effort_rate:.6f}"
    written["effort_is_infinite"] = json.dumps(found.effort_is_infinite)
    written["engine_version"] = json.dumps(found.engine_version)
    written["law_date"] = json.dumps(found.law_date.isoformat())
    written["warnings"] = json.dumps([each.sentence for each in found.warnings], ensure_ascii=False)
    order = (*money[:4], "effort_rate", "effort_is_infinite", *money[4:], "engine_version", "law_date", "warnings")
    return "{\n" + ",\n".join(f'  "{name}": {written[name]}' for name in order) + "\n}"


def _text_of(case: Path) -> str:
    try:
        return case.read_text(encoding="utf-8-sig")
    except OSError as unreadable:
        refuse(f"{case} cannot be read ({unreadable.strerror}). Nothing was computed.")
    except UnicodeDecodeError:
        refuse(f"{case} is not a text in UTF-8. Nothing was computed.")
