"""Rule 1: every view names its permission, or says why it is open."""

from chezsoi.territories.access import Can, allow
from tests.architecture import source

DOORS = ("permission", "open_reason", "public_reason")


def doors(view: object) -> list[str]:
    """List how a view may be entered: by a right, by any account, by anybody."""
    return [door for door in DOORS if getattr(view, door, "")]


def test_every_view_names_its_permission_or_the_reason_it_is_open():
    doorless = [address for address, view in source.views() if len(doors(view)) != 1]

    assert doorless == []


def test_every_open_view_gives_its_reason_in_words():
    wordless = [
        address
        for address, view in source.views()
        for door in doors(view)
        if door != "permission" and len(getattr(view, door).split()) < 3
    ]

    assert wordless == []


def test_a_view_without_a_door_is_seen():
    def bare(request): ...

    def guarded(request): ...

    guarded.permission = "see_homes"

    assert doors(bare) == []
    assert doors(guarded) == ["permission"]


def test_nothing_stands_before_the_door():
    """A decorator outside `allow` could answer before it, one way for one thing and another way for another."""
    door = allow(Can.SEE_INDICATORS)(lambda request: None).__code__
    guarded = [(address, view) for address, view in source.views() if hasattr(view, "permission")]

    assert [address for address, view in guarded if view.__code__ is not door] == []
    assert len(guarded) > 1


def test_the_addresses_are_read_down_to_the_leaves():
    assert len(list(source.views())) > 1
