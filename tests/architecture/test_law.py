"""Rule 8: every value of the law has its unit, its text and the link to that text, or says why there is none."""

from datetime import date
from decimal import Decimal

import pytest

from chezsoi.law import parameters
from chezsoi.law.parameters import Status, Value


def unsourced(value: Value) -> list[str]:
    """List what a value lacks to be checked by a jurist."""
    link = value.link or ""
    lacking = [name for name in ("unit", "reference") if not getattr(value, name).strip()]
    if not link.startswith("https://") and not value.why_no_link.strip():
        lacking.append("link")
    return lacking


@pytest.mark.parametrize("code", parameters.codes())
def test_every_value_names_its_unit_its_text_and_its_link(code):
    loaded = parameters.load(code)

    assert loaded.description
    assert {value.valid_from: unsourced(value) for value in loaded.values if unsourced(value)} == {}


def test_there_is_a_law_to_check():
    assert len(parameters.codes()) > 20


def test_a_value_without_its_source_is_seen():
    bare = Value(
        code="rsa.base",
        value=Decimal(1),
        unit=" ",
        valid_from=date(2026, 4, 1),
        valid_to=None,
        scope="all",
        reference="",
        link=None,
        status=Status.VERIFIED,
    )

    assert unsourced(bare) == ["unit", "reference", "link"]
