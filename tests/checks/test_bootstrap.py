import re

from tests.checks.bootstrap import USED, classes, kept
from tests.checks.vendor import UI

SHEETS = sorted((UI / "static/ui/vendor/bootstrap-5.3.8").glob("*.css"))


class TestKept:
    def test_leaves_out_what_asks_for_a_class_that_is_not_here(self):
        assert kept(".btn.active,.btn:hover,.btn-check:checked+.btn{top:0}") == ".btn:hover{top:0}"

    def test_keeps_a_rule_that_speaks_of_an_absent_class_to_exclude_it(self):
        assert kept(":not(.btn-check)+.btn:active{top:0}") == ":not(.btn-check)+.btn:active{top:0}"

    def test_looks_inside_conditions_and_drops_them_when_empty(self):
        sheet = "@media (min-width:9px){.card{top:0}}@media print{.btn{top:0}.card{top:0}}@keyframes x{to{top:0}}"

        assert kept(sheet) == "@media print{.btn{top:0}}"

    def test_does_not_part_a_selector_at_the_commas_inside_it(self):
        assert kept("a:is(.card,.btn),p{top:0}") == "p{top:0}"


class TestTheSheets:
    def test_hold_what_is_kept_and_no_more(self):
        for sheet in SHEETS:
            text = sheet.read_text(encoding="utf-8")
            assert kept(text) == text
            assert classes(text) == USED
            assert "Licensed under MIT" in text

    def test_dress_every_class_that_is_not_of_the_house(self):
        """A class of Bootstrap that is asked for and was left out would go unseen: add it to those kept."""
        own = set()
        for sheet in (UI / "static/ui").glob("*.css"):
            own |= set(re.findall(r"\.([a-z][\w-]*)", sheet.read_text(encoding="utf-8")))
        asked = set()
        for template in UI.parent.rglob("*.html"):
            for value in re.findall(r'class="([^"]*)"', template.read_text(encoding="utf-8")):
                asked |= set(re.sub(r"\{[%{].*?[%}]\}", "*", value).split())
        whole = {name for name in asked if re.fullmatch(r"[a-z][\w-]*", name)}

        assert {name for name in whole if not name.startswith("cz-")} - own - USED == set()
