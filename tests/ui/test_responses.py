import pytest
from django.test import RequestFactory

from chezsoi.ui.responses import page


@pytest.fixture(autouse=True)
def _template(settings, tmp_path):
    (tmp_path / "zone.html").write_text(
        "{% load partials %}<main>{% partialdef zone inline %}<p>{{ word }}</p>{% endpartialdef %}</main>"
    )
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]


def answer(**headers):
    return page(RequestFactory().get("/", headers=headers), "zone.html", {"word": "toit"}, part="zone")


class TestPage:
    def test_is_whole_for_a_browser(self):
        assert answer().content == b"<main><p>toit</p></main>"

    def test_is_only_the_part_for_htmx(self):
        assert answer(hx_request="true").content == b"<p>toit</p>"

    @pytest.mark.parametrize("header", ["hx_boosted", "hx_history_restore_request"])
    def test_is_whole_for_a_boosted_link_and_for_history(self, header):
        assert answer(hx_request="true", **{header: "true"}).content.startswith(b"<main>")

    def test_tells_caches_that_there_are_two_answers(self):
        assert "HX-Request" in answer()["Vary"]

    def test_keeps_the_status(self):
        assert page(RequestFactory().get("/"), "zone.html", {"word": "x"}, status=422).status_code == 422
