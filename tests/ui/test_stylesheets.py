import re

import pytest
from django.conf import settings

from tests.browser.colours import contrast, read
from tests.ui.stylesheets import DARK, DEVICE_DARK, LIGHT, SHEETS, rules, tokens

FAMILIES = ("own", "adapted", "third", "shelter", "street", "institution", "unknown")
GROUNDS = ("paper", "sheet", "well")
WASHES = ("home-wash", "act-wash", "wait-wash", "stop-wash", "info-wash")
TEXT = (
    *(("ink", ground) for ground in (*GROUNDS, *WASHES)),
    *(("ink-2", ground) for ground in (*GROUNDS, "home-wash")),
    *((link, ground) for link in ("home", "home-deep") for ground in (*GROUNDS, "home-wash")),
    *((kind, f"{kind}-wash") for kind in ("act", "wait", "stop", "info")),
    *((kind, ground) for kind in ("act", "wait", "stop", "info") for ground in GROUNDS),
    *(("on-home", button) for button in ("home", "home-deep")),
    *(("on-stop", button) for button in ("stop", "stop-deep")),
    ("disabled", "disabled-wash"),
    *(("on-lane", family) for family in FAMILIES),
)
SHAPES = (
    *((shape, ground) for shape in ("control", "focus", "home", "act") for ground in GROUNDS),
    *((family, ground) for family in FAMILIES for ground in ("sheet", "well")),
    ("home", "line"),
    ("control", "disabled-wash"),
)
OURS = sorted(path for path in (settings.ROOT / "src").rglob("static/**/*.css") if "vendor" not in path.parts)
PHYSICAL = (
    r"(?:margin|padding|border)-(?:left|right)|border-(?:top|bottom)-(?:left|right)-radius"
    r"|[\s;{](?:left|right|float)\s*:|text-align:\s*(?:left|right)"
)
RTL = '[dir="rtl"] '
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


class TestContrast:
    @THEMES
    def test_text_can_be_read_on_each_ground_it_stands_on(self, theme):
        colours = tokens(theme)

        faint = {pair: contrast(*(read(colours[name]) for name in pair)) for pair in TEXT}

        assert {pair: ratio for pair, ratio in faint.items() if ratio < 4.5} == {}

    @THEMES
    def test_borders_focus_and_shapes_can_be_seen(self, theme):
        colours = tokens(theme)

        faint = {pair: contrast(*(read(colours[name]) for name in pair)) for pair in SHAPES}

        assert {pair: ratio for pair, ratio in faint.items() if ratio < 3} == {}

    @THEMES
    def test_secondary_text_is_well_above_the_minimum(self, theme):
        colours = tokens(theme)

        assert contrast(read(colours["ink-2"]), read(colours["sheet"])) > 6.5


class TestTokens:
    def test_the_dark_of_the_device_is_the_dark_one_chooses(self):
        assert rules(SHEETS[0])[DEVICE_DARK].split() == rules(SHEETS[0])[DARK].split()

    def test_both_themes_name_the_same_colours(self):
        assert tokens(LIGHT).keys() == tokens(DARK).keys()

    def test_every_colour_asked_for_exists(self):
        known = set(re.findall(r"(--cz-[\w-]+):", "".join(sheet.read_text() for sheet in SHEETS)))

        for sheet in SHEETS:
            assert set(re.findall(r"var\((--cz-[\w-]+)", sheet.read_text())) <= known

    def test_colours_are_written_only_as_tokens(self):
        for sheet in SHEETS[1:]:
            screen = sheet.read_text().split("@media print")[0]
            assert re.findall(r"#[0-9a-f]{3,8}\b", screen) == []


class TestStyleSheets:
    @pytest.mark.parametrize("sheet", OURS, ids=lambda sheet: sheet.name)
    def test_mirror_themselves_for_right_to_left(self, sheet):
        assert re.findall(PHYSICAL, sheet.read_text().replace("float: none", "")) == []

    @pytest.mark.parametrize("sheet", OURS, ids=lambda sheet: sheet.name)
    def test_say_which_way_a_shadow_falls_in_both_directions(self, sheet):
        """A shadow has no logical side: one that leans is written twice."""
        shadows = re.findall(r"^\s*([^{}@]+?) \{[^}]*box-shadow: (-?[\d.]+\w*)", sheet.read_text(), flags=re.MULTILINE)
        leaning = {selector for selector, aside in shadows if float(re.match(r"-?[\d.]+", aside)[0])}

        assert {each for each in leaning if not each.startswith(RTL) and RTL + each not in leaning} == set()

    def test_motion_is_short_and_stops_when_asked(self):
        text = "".join(sheet.read_text() for sheet in SHEETS)

        assert re.search(r"--cz-pace: (\d+)ms", text)[1] <= "150"
        for motion in re.findall(r"transition: ([^;]+);", text):
            assert motion == "none" or "var(--cz-pace)" in motion
        assert "prefers-reduced-motion: reduce" in text
        assert "animation" not in text
