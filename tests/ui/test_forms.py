from datetime import date

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from chezsoi.kernel.dates import PartialDate, parse_partial_date
from chezsoi.kernel.quality import Quality
from chezsoi.ui.forms import DayMonthYear

TODAY = date(2026, 11, 23)


class Encounter(forms.Form):
    name = forms.CharField(label="Name", help_text="As she says it.")
    sleeps = forms.ChoiceField(
        label="Sleeps", widget=forms.RadioSelect, choices=[("street", "Street"), (Quality.REFUSED, "No answer")]
    )
    born_on = forms.CharField(label="Born", widget=DayMonthYear, required=False)


class TestForm:
    def test_links_a_field_to_its_hint_and_its_error(self):
        html = str(Encounter({"name": ""}))

        assert 'aria-describedby="id_name_helptext id_name_error"' in html
        assert 'id="id_name_helptext"' in html
        assert 'id="id_name_error"' in html
        assert 'aria-invalid="true"' in html

    def test_sums_up_what_is_wrong_with_a_link_to_each_field(self):
        html = str(Encounter({"name": ""}))

        assert 'href="#id_name"' in html
        assert 'href="#id_sleeps_0"' in html
        assert 'role="alert"' in html

    def test_says_nothing_is_wrong_before_anything_is_sent(self):
        assert "cz-notice" not in str(Encounter())

    def test_sets_apart_the_answers_that_are_not_given(self):
        options = Encounter()["sleeps"].options

        assert [option.is_unsaid for option in options] == [False, True]

    def test_each_choice_has_its_own_label(self):
        html = str(Encounter())

        assert '<label for="id_sleeps_0">Street</label>' in html
        assert "<legend>Sleeps" in html

    def test_escapes_what_people_type(self):
        assert "<script>" not in str(Encounter({"name": "<script>"}))

    def test_says_which_fields_may_stay_blank(self):
        html = str(Encounter())

        assert html.count("cz-optional") == 1


class TestDayMonthYear:
    @pytest.mark.parametrize(
        ("day", "month", "year", "text"),
        [("20", "2", "1953", "20/2/1953"), ("", "3", "1972", "??/3/1972"), ("", "", "1972", "1972"), ("", "", "", "")],
    )
    def test_gives_what_the_kernel_reads(self, day, month, year, text):
        form = Encounter(
            {"born_on_day": day, "born_on_month": month, "born_on_year": year, "name": "A", "sleeps": "street"}
        )

        assert form.is_valid()
        assert form.cleaned_data["born_on"] == text
        parse_partial_date(text, today=TODAY)

    @given(st.dates(min_value=date(1900, 1, 1), max_value=TODAY), st.sampled_from(["day", "month", "year"]))
    def test_shows_again_the_date_it_was_given(self, day, precision):
        known = {"day": (day.year, day.month, day.day), "month": (day.year, day.month), "year": (day.year,)}
        partial = PartialDate(*known[precision])
        widget = DayMonthYear()

        parts = dict(zip(("d_day", "d_month", "d_year"), widget.decompress(partial), strict=True))
        text = widget.value_from_datadict(parts, {}, "d")

        assert parse_partial_date(text, today=TODAY) == partial

    @pytest.mark.parametrize("value", ["1953-02-20", "20/02/1953", date(1953, 2, 20), PartialDate(1953, 2, 20)])
    def test_shows_a_date_however_it_is_written(self, value):
        assert [int(part) for part in DayMonthYear().decompress(value)] == [20, 2, 1953]

    def test_an_impossible_part_is_shown_again_as_it_was_typed(self):
        html = str(Encounter({"born_on_day": "31", "born_on_month": "02", "born_on_year": "1972"})["born_on"])

        assert 'value="31"' in html
        assert 'value="02"' in html
