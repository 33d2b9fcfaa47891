"""Households and homes of every kind, known or not."""

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from chezsoi.engines.matching import LABELS, SITUATIONS, Home, HomeKind, Household, Sharing

COMMUNES = ("57463", "57751", "57412")
MAYBE = st.sampled_from([True, False, None])
LABELS_HELD = st.frozensets(st.sampled_from(sorted(LABELS)), max_size=4)
DAYS = st.dates(date(2023, 1, 1), date(2027, 1, 1))


def euros(most):
    return st.none() | st.integers(0, most).map(Decimal)


def households():
    return st.builds(
        Household,
        ref=st.just("h"),
        situation=st.sampled_from(sorted(SITUATIONS)),
        size=st.none() | st.integers(1, 9),
        adults=st.none() | st.integers(1, 3),
        children=st.none() | st.integers(0, 4),
        wished_communes=st.lists(st.sampled_from(COMMUNES), unique=True, max_size=3).map(tuple),
        rooms_min=st.none() | st.integers(1, 3),
        rooms_max=st.none() | st.integers(3, 6),
        max_outlay_per_month=euros(900),
        needs_wheelchair=MAYBE,
        needs_lift_or_ground=MAYBE,
        labels=LABELS_HELD,
        waiting_since=st.none() | DAYS,
        has_request_number=MAYBE,
        residence_is_regular=MAYBE,
        annual_reference_income=euros(60_000),
        excluded_homes=st.frozensets(st.sampled_from(["home", "other"])),
        sharing=st.sampled_from(Sharing),
    )


def mostly_eligible(ref):
    """Draw households that many homes suit, so that ranks matter."""
    return st.builds(
        Household,
        ref=ref,
        situation=st.sampled_from(["street", "emergency", "own", "with_others"]),
        size=st.sampled_from([1, 1, 2, None]),
        wished_communes=st.sampled_from([(), ("57463",), ("57751",)]),
        rooms_max=st.sampled_from([None, None, 1]),
        max_outlay_per_month=st.sampled_from([None, Decimal(400), Decimal(300)]),
        labels=st.frozensets(st.sampled_from(["dalo", "violence"])),
        waiting_since=st.sampled_from([None, date(2024, 1, 1), date(2025, 1, 1)]),
        excluded_homes=st.sampled_from([frozenset(), frozenset({"T2-Metz"})]),
    )


def populations(most=12):
    refs = st.integers(0, 99).map(str)
    return st.lists(mostly_eligible(refs), max_size=most, unique_by=lambda household: household.ref).map(tuple)


def homes():
    return st.builds(
        Home,
        ref=st.sampled_from(["home", "other"]),
        kind=st.sampled_from(HomeKind),
        commune=st.sampled_from(COMMUNES),
        rooms=st.none() | st.integers(1, 6),
        surface_m2=euros(90),
        floor=st.none() | st.integers(-1, 5),
        has_lift=MAYBE,
        wheelchair=MAYBE,
        rent_per_month=euros(900),
        charges_per_month=euros(100),
        energy_rating=st.none() | st.sampled_from("ABCDEFG"),
        funding=st.sampled_from([None, "PLUS", "PLS"]),
        is_overseas=st.booleans(),
        shared_home=st.none() | st.just("whole"),
    )
