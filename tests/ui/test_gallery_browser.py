import pytest
from axe_playwright_python.sync_playwright import Axe

from tests.browser import reflow, states

pytestmark = [pytest.mark.browser, pytest.mark.slow]

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])
WIDTHS = pytest.mark.parametrize("width", [375, 1280])

SMALL_TARGETS = """() => [...document.querySelectorAll("a, button, input, select, textarea, summary")]
  .filter(e => e.offsetParent && getComputedStyle(e).display !== "inline" && e.type !== "hidden")
  .map(e => e.matches("[type=radio], [type=checkbox]") ? e.closest(".cz-choice, .cz-choose > label") : e)
  .filter(e => e.getBoundingClientRect().height < 39.5)
  .map(e => e.outerHTML.slice(0, 100))"""

# What must not look the same when the system paints with a few colours of its own: the ground is then gone.
TOLD_APART = (
    ("#id_wishes_support_0", "#id_wishes_support_1"),
    ("#id_communes_0", "#id_communes_1"),
    ("#closed_communes_0", "#closed_communes_1"),
    (".cz-progress progress >> nth=0", ".cz-progress progress >> nth=1"),
    ("#charts .cz-swatch >> nth=0", "#charts .cz-swatch >> nth=1"),
    ("#lane .cz-bar-own >> nth=0", "#lane .cz-bar-street >> nth=0"),
)
# As the document does for a language written from the right.
FROM_THE_RIGHT = """() => {
  Object.assign(document.documentElement, { dir: "rtl", lang: "ar" });
  const sheet = document.querySelector("link[href*='bootstrap.min.css']");
  sheet.href = sheet.href.replace("bootstrap.min.css", "bootstrap.rtl.min.css");
}"""
RINGLESS = """() => [...document.querySelectorAll("a[href], button, input, select, textarea, summary")].filter(e => {
  const isRinged = each => each && getComputedStyle(each).outlineStyle !== "none";
  e.focus();
  return e === document.activeElement && !isRinged(e) && !isRinged(e.closest(".cz-search"));
}).map(e => e.outerHTML.slice(0, 100))"""


def shot(page, selector):
    """Give the middle of an element as it is painted, so that a place on the grid of pixels changes nothing."""
    page.locator(selector).scroll_into_view_if_needed()
    box = page.locator(selector).bounding_box()
    middle = {"x": round(box["x"] + box["width"] / 2) - 3, "y": round(box["y"] + box["height"] / 2) - 3}
    return page.screenshot(clip={**middle, "width": 6, "height": 6})


@pytest.fixture
def opened(browser, gallery_url):
    contexts = []

    def open_(width=1280, theme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=theme, **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(gallery_url)
        page.wait_for_load_state("networkidle")
        return page

    yield open_
    for context in contexts:
        context.close()


class TestGallery:
    @THEMES
    @WIDTHS
    def test_has_no_fault_that_axe_finds(self, opened, width, theme):
        page = opened(width, theme, bypass_csp=True)
        page.evaluate("document.querySelectorAll('details.cz-more').forEach(each => each.open = true)")

        result = Axe().run(page)

        assert result.violations_count == 0, result.generate_report()

    @pytest.mark.parametrize(("width", "theme"), [(375, "light"), (1280, "light"), (1280, "dark")])
    def test_can_be_read_in_every_state_of_its_controls(self, opened, width, theme):
        page = opened(width, theme, reduced_motion="reduce")
        page.locator("#words").evaluate("part => part.setAttribute('aria-busy', 'true')")

        assert list(states.faults_of_page(page)) == []

    @pytest.mark.parametrize("width", [320, 375, 768, 1280, 1920])
    def test_never_scrolls_sideways(self, opened, width):
        page = opened(width)

        assert page.evaluate("document.documentElement.scrollWidth") <= width

    def test_holds_when_it_is_enlarged_and_spaced_out(self, opened):
        assert list(reflow.faults(opened(), reflow.FULLY)) == []

    def test_mirrors_itself_on_a_phone_for_who_reads_from_the_right(self, opened):
        page = opened(320)
        page.evaluate(FROM_THE_RIGHT)
        page.wait_for_load_state("networkidle")

        brand, account = (page.locator(mark).first.bounding_box() for mark in (".cz-brand", ".cz-account"))

        assert brand["x"] > account["x"]
        assert list(reflow.faults(page, [(320, False), (320, True), (1280, False)])) == []

    def test_tells_things_apart_and_shows_the_focus_in_forced_colours(self, opened):
        page = opened(forced_colors="active", reduced_motion="reduce")
        page.evaluate("document.querySelectorAll('progress').forEach((each, at) => each.value = each.max * at)")

        alike = [pair for pair in TOLD_APART if len({shot(page, selector) for selector in pair}) == 1]

        assert alike == []
        page.keyboard.press("Tab")
        assert page.evaluate(RINGLESS) == []

    @WIDTHS
    def test_targets_are_large_enough_for_a_thumb(self, opened, width):
        assert opened(width).evaluate(SMALL_TARGETS) == []

    def test_loads_nothing_from_elsewhere_and_breaks_no_policy(self, opened, gallery_url):
        page = opened()
        seen, said = [], []
        page.on("request", lambda request: seen.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.reload()
        page.wait_for_load_state("networkidle")

        assert all(url.startswith((gallery_url[:17], "data:")) for url in seen)
        assert said == []

    def test_works_without_javascript(self, opened):
        page = opened(java_script_enabled=False)

        page.locator(".cz-account > summary").click()

        assert page.get_by_role("button", name="English").is_visible()
        assert not page.locator("[data-cz-themes]").is_visible()


class TestScript:
    def test_slash_opens_the_search(self, opened):
        page = opened()

        page.keyboard.press("/")

        assert page.evaluate("document.activeElement.id") == "search"

    def test_the_theme_is_changed_and_remembered(self, opened):
        page = opened()
        page.locator(".cz-account > summary").click()

        page.locator("[data-cz-theme=dark]").click()
        page.reload()

        assert page.evaluate("document.documentElement.dataset.bsTheme") == "dark"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(20, 25, 28)"

    def test_escape_closes_a_menu_and_gives_the_focus_back(self, opened):
        page = opened()
        page.locator(".cz-account > summary").click()
        page.keyboard.press("Tab")

        page.keyboard.press("Escape")

        assert page.locator(".cz-account[open]").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"

    def test_the_focus_stays_where_htmx_changed_the_page(self, opened):
        page = opened()
        page.evaluate(
            """() => {
            const part = document.querySelector("#words");
            part.innerHTML = '<button hx-get="/gallery/" hx-select="#words" hx-target="#words" hx-swap="outerHTML">';
            htmx.process(part);
            part.querySelector("button").focus();
            part.querySelector("button").click();
        }"""
        )
        page.locator("#words blockquote").wait_for()
        page.wait_for_function("document.querySelector('#announcements').textContent !== ''")

        assert page.evaluate("document.activeElement.id") == "words"

    def test_a_server_that_does_not_answer_is_said(self, opened):
        page = opened()
        page.evaluate(
            """() => {
            const part = document.querySelector("#words");
            part.innerHTML = '<button hx-get="/broken/">x</button>';
            htmx.process(part);
            part.querySelector("button").click();
        }"""
        )

        page.locator("#messages [role=alert]").wait_for()

        assert page.locator("#words button").is_visible()
