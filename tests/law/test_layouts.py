"""The sheets of the State's registers as data: each column with its source, and nothing sure that nobody read."""

import pytest

from chezsoi.law.layouts import UnknownLayout, layout, layouts
from chezsoi.law.parameters import Status
from tests.law.test_files import ENGLISH


def test_there_is_a_sheet_for_each_register():
    assert layouts() == ("sne", "syplo")


@pytest.mark.parametrize("code", layouts())
class TestLayout:
    def test_says_when_it_was_noted_from_what_and_that_no_specification_was_read(self, code):
        found = layout(code)

        assert found.status is Status.TO_BE_CONFIRMED
        assert found.to_confirm
        assert "no specification" in found.source or "was not read" in found.source
        assert found.noted_on.year >= 2026

    def test_gives_each_column_a_reference_and_a_link_or_why_there_is_none(self, code):
        for column in layout(code).columns:
            assert column.reference
            assert not ENGLISH.search(column.reference)
            assert (column.link is None) is bool(column.why_no_link)
            assert bool(column.to_confirm) is (column.status is Status.TO_BE_CONFIRMED)

    def test_names_no_column_twice(self, code):
        assert len(set(layout(code).names)) == len(layout(code).names)


def test_a_line_is_written_in_the_codes_of_the_system():
    facts = {"event": "housed", "homeless": "yes", "national_number": "057"}

    written = dict(zip(layout("sne").names, layout("sne").line(facts), strict=True))

    assert written["événement"] == "radiation"
    assert written["motif de radiation"].startswith("a ")
    assert written["sans domicile avant"] == "oui"
    assert written["numéro unique"] == "057"


def test_what_is_not_kept_here_is_a_blank_column_that_keeps_nothing_from_being_sent():
    (rpls,) = layout("sne").not_kept

    assert "RPLS" in rpls.name
    assert rpls.cell({"": "anything"}) == ""
    assert rpls not in layout("sne").missing({}, event="housed")


def test_what_a_line_lacks_depends_on_what_it_tells():
    def lacked(event):
        return {column.field for column in layout("sne").missing({"national_number": "057"}, event=event)}

    assert "reservation" in lacked("housed") - lacked("renewed")
    assert "decision" in lacked("decided") - lacked("housed")


def test_an_unknown_sheet_is_refused():
    with pytest.raises(UnknownLayout):
        layout("exploc")
