"""People for the properties: few values, so that agreement, near misses and traps are drawn often."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from functools import cache

from hypothesis import strategies as st

from chezsoi.engines.linkage import Identity
from chezsoi.kernel.dates import PartialDate

NAMES = (
    "Diallo",
    "Jallow",
    "N'Diaye",
    "Ndiaye",
    "Ben Salah",
    "Bensalah",
    "Saint-Aubin",
    "Weber",
    "Webber",
    "Mamadou",
    "Amadou",
    "Mamado",
    "Julie",
    "Julien",
    "Youssef",
    "Yusuf",
    "Jean",
    "Jean-Paul",
    "Jean Pierre",
    "Hassan",
    "Hussein",
    "Ali",
    "Владимир",
    "",
)
names = st.sampled_from(NAMES)
births = st.one_of(
    st.just(PartialDate()),
    st.builds(PartialDate, st.sampled_from((1960, 1971, 1972, 1984))),
    st.builds(PartialDate, st.sampled_from((1971, 1972)), st.sampled_from((1, 3, 9))),
    st.builds(
        PartialDate, st.sampled_from((1960, 1971, 1972, 1984)), st.sampled_from((1, 3, 9)), st.sampled_from((1, 3, 9))
    ),
    st.builds(PartialDate, st.sampled_from((1971, 1975)), estimated=st.just(True)),
)


@cache
def identities(key: str) -> st.SearchStrategy[Identity]:
    """Draw a record under this key."""
    return st.builds(
        Identity,
        key=st.just(key),
        names=st.tuples(names) | st.tuples(names, names),
        given_names=st.tuples(names) | st.tuples(names, names) | st.just(()),
        aliases=st.just(()) | st.tuples(names),
        birth=births,
        sex=st.sampled_from(("", "F", "M")),
        phones=st.sampled_from(((), ("0611111111",), ("0622222222",), ("0611111111", "0622222222"))),
        request_number=st.sampled_from((None, "0" * 18, "1" * 18)),
        commune=st.sampled_from(("", "57463", "57751")),
        situation=st.sampled_from(("", "street", "hotel")),
        situation_since=st.sampled_from((None, date(2026, 3, 1), date(2026, 7, 14))),
        household=st.sampled_from(("", "H1", "H2")),
    )


TRAITS = tuple(trait.name for trait in fields(Identity) if trait.name not in ("key", "household"))
some_traits = st.sets(st.sampled_from(TRAITS))


@st.composite
def resembling(draw: st.DrawFn, count: int) -> tuple[Identity, ...]:
    """Draw records of which each takes most of its traits from the first."""
    first = draw(identities("p0"))
    drawn = [first]
    for rank in range(1, count):
        other = draw(identities(f"p{rank}"))
        kept = draw(some_traits)
        drawn.append(replace(other, **{trait: getattr(first, trait) for trait in TRAITS if trait not in kept}))
    return tuple(drawn)


pairs = resembling(2)
