import pytest
from axe_playwright_python.base import AXE_SCRIPT
from hypothesis import given
from hypothesis import strategies as st

from tests.browser.colours import Colour, Layer, UnknownColour, contrast, on_screen, over, read

WHITE, BLACK = read("#ffffff"), read("#000000")
CHANNEL = st.integers(0, 255).map(lambda number: number / 255)
COLOURS = st.builds(Colour, CHANNEL, CHANNEL, CHANNEL, alpha=st.just(1.0))
# WCAG 2.2 and its "Understanding" of 1.4.3: the least grey of large text and of text, on white, and the extremes.
PUBLISHED = {("#949494", "#ffffff"): 3.03, ("#767676", "#ffffff"): 4.54, ("#777777", "#ffffff"): 4.48,
             ("#ff0000", "#ffffff"): 4.00, ("#000000", "#ffffff"): 21.0}  # fmt: skip


class TestContrast:
    @pytest.mark.parametrize(("pair", "ratio"), PUBLISHED.items())
    def test_is_that_of_the_standard(self, pair, ratio):
        assert contrast(*map(read, pair)) == pytest.approx(ratio, abs=0.005)

    @given(COLOURS, COLOURS)
    def test_is_the_same_both_ways_and_never_leaves_its_bounds(self, one, other):
        assert contrast(one, other) == contrast(other, one)
        assert 1 <= contrast(one, other) <= 21

    @given(COLOURS)
    def test_leaves_one_of_black_and_white_readable_on_any_ground(self, ground):
        assert max(contrast(BLACK, ground), contrast(WHITE, ground)) > 4.5

    @pytest.mark.browser
    @pytest.mark.slow
    def test_is_what_axe_measures(self, browser):
        page = browser.new_page()
        page.evaluate(AXE_SCRIPT)
        pairs = [("#0e6b57", "#fbfaf7"), ("#a03f0d", "#fbe9df"), ("#94c3e4", "#14191c"), ("#596168", "#eeebe4")]

        said = page.evaluate(
            """pairs => pairs.map(pair => axe.commons.color.getContrast(...pair.map(hex => {
            const colour = new axe.commons.color.Color();
            colour.parseHexString(hex);
            return colour;
        })))""",
            pairs,
        )

        page.close()
        assert [contrast(*map(read, pair)) for pair in pairs] == pytest.approx(said, abs=0.01)


class TestRead:
    def test_knows_what_browsers_write_and_refuses_the_rest(self):
        assert read("rgba(255, 0, 0, 0.5)") == read("color(srgb 1 0 0 / 0.5)") == Colour(1, 0, 0, 0.5)
        with pytest.raises(UnknownColour):
            read("oklch(0.7 0.1 200)")


class TestOnScreen:
    def test_sees_a_half_hidden_part_fade_with_its_words(self):
        faded = [Layer(WHITE), Layer(Colour(0, 0, 0, 0), opacity=0.5), Layer(BLACK)]

        assert on_screen(faded) == Colour(0.5, 0.5, 0.5)

    @given(COLOURS, st.lists(st.builds(Layer, COLOURS, opacity=st.just(1.0)), max_size=4))
    def test_shows_the_innermost_of_opaque_layers(self, last, layers):
        assert on_screen([*layers, Layer(last)]) == last

    @given(COLOURS, COLOURS, st.floats(0, 1))
    def test_stays_between_what_it_mixes(self, front, behind, alpha):
        mixed = over(front._replace(alpha=alpha), behind)

        for part, one, other in zip(mixed[:3], front[:3], behind[:3], strict=True):
            assert min(one, other) - 1e-9 <= part <= max(one, other) + 1e-9
