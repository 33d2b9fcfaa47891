import pytest

from tests.harness import rooms


@pytest.mark.parametrize("room", [*rooms.WITHOUT_DATABASE, rooms.MAIN_JOB], ids=lambda room: room.name)
def test_each_room_is_there(room):
    assert room.exists()


def test_a_test_of_people_needs_a_database_and_one_of_dates_does_not():
    assert rooms.needs_database(rooms.TESTS / "people" / "test_persons.py")
    assert not rooms.needs_database(rooms.TESTS / "kernel" / "test_dates.py")
    assert rooms.needs_database(rooms.MAIN_JOB)
