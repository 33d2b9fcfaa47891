import re

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from chezsoi.portal.views.gallery import maps
from chezsoi.ui import gallery, marks
from tests.checks.vendor import UI

TEMPLATES = UI / "templates/ui"
# Shown by other pages: a page outside the work, and the parts of a form that has no such field here.
ELSEWHERE = {"bare.html", "bare_top.html", "gallery.html"}


def rendered(**cookies):
    request = RequestFactory().get("/gallery/")
    request.COOKIES.update(cookies)
    return render_to_string("ui/gallery.html", gallery.context(maps()), request)


@pytest.fixture(scope="module")
def html():
    return rendered()


class TestGallery:
    def test_shows_every_component(self, html):
        sources = {path.relative_to(TEMPLATES).as_posix(): path.read_text() for path in TEMPLATES.rglob("*.html")}
        python = "".join(path.read_text() for path in UI.rglob("*.py"))
        used = set(re.findall(r'"ui/([\w/]+\.html)"', "".join(sources.values()) + python))

        assert sources.keys() - used - ELSEWHERE == set()

    def test_has_one_title_of_the_first_level(self, html):
        assert len(re.findall("<h1", html)) == 1

    def test_has_no_style_and_no_script_that_the_security_policy_refuses(self, html):
        assert re.findall(r"\sstyle=", html) == []
        assert re.findall(r"\son\w+=", html) == []
        assert re.findall(r"<script(?![^>]*\ssrc=)", html) == []
        assert "<style" not in html

    def test_no_element_shares_its_identity(self, html):
        keys = re.findall(r'\sid="([^"]+)"', html)

        assert sorted(keys) == sorted(set(keys))

    def test_every_template_says_its_context(self):
        for path in TEMPLATES.rglob("*.html"):
            assert "{% comment %}" in path.read_text(), path.name


class TestDocument:
    def test_takes_the_theme_that_was_chosen(self):
        assert '<html lang="fr" dir="ltr" data-bs-theme="dark">' in rendered(theme="dark")

    def test_leaves_the_device_decide_and_refuses_what_is_no_theme(self):
        assert '<html lang="fr" dir="ltr">' in rendered()
        assert '<html lang="fr" dir="ltr">' in rendered(theme='"><script>')

    def test_turns_round_for_arabic(self):
        with override("ar"):
            html = rendered()

        assert '<html lang="ar" dir="rtl">' in html
        assert "bootstrap.rtl.min.css" in html

    def test_a_page_outside_the_work_needs_nothing_from_its_view(self):
        html = render_to_string("ui/bare.html", {}, RequestFactory().get("/"))

        assert "<h1></h1>" in html
        assert 'href="/"' in html


class TestIcon:
    def test_that_the_sprite_lacks_is_refused(self):
        with pytest.raises(marks.UnknownIcon):
            marks.icon("unicorn")

    def test_is_hidden_from_screen_readers(self):
        assert 'aria-hidden="true"' in marks.icon("house-door")


class TestTag:
    def test_says_the_same_thing_by_word_shape_and_colour(self):
        html = marks.tag("à faire", "act")

        assert "à faire" in html
        assert "#exclamation-triangle-fill" in html
        assert "cz-act" in html

    def test_each_kind_has_its_own_shape(self):
        assert len(set(marks.SHAPES.values())) == len(marks.SHAPES)

    def test_of_an_unknown_kind_is_refused(self):
        with pytest.raises(ValueError, match="purple"):
            marks.tag("x", "purple")
