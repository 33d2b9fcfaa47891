import pytest
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.urls import path

from tests.harness import pages

GOOD = "<!doctype html><html lang='fr'><head><title>T</title></head><body><main><h1>T</h1></main></body></html>"


class TestFaults:
    @pytest.mark.parametrize(
        ("damage", "fault"),
        [
            (("<title>T</title>", ""), "one title"),
            (("<title>T", "<title> "), "one title"),
            (("<h1>T</h1>", ""), "one h1"),
            (("<h1>T</h1>", "<h1>T</h1><h1>U</h1>"), "one h1"),
            (("<h1>T</h1>", "<h1> </h1>"), "one h1"),
            (("<h1>T</h1>", "<h1><svg><text>T</text></svg></h1>"), "one h1"),
            (("<h1>T</h1>", "<!-- <h1>T</h1> -->"), "one h1"),
            (("<h1>T</h1>", "<script>'<h1>T</h1>'</script>"), "one h1"),
            (("<h1>T</h1>", "<h1>T"), "one h1"),
            (("main>", "div>"), "one main"),
            ((" lang='fr'", ""), "a language"),
        ],
    )
    def test_names_what_a_page_lacks(self, damage, fault):
        assert pages.faults(GOOD.replace(*damage)) == [fault]

    @pytest.mark.parametrize(
        "html", [GOOD, "<p>a fragment</p>", "", f"\n{GOOD}", GOOD.replace("<h1>", "<svg><title>x</title></svg><h1>")]
    )
    def test_finds_none_in_a_page_or_a_fragment(self, html):
        assert pages.faults(html) == []


@login_not_required
def headless(request) -> HttpResponse:
    return HttpResponse(GOOD.replace("h1", "h2"))


urlpatterns = [path("headless/", headless)]


@pytest.mark.django_db
def test_a_page_without_its_h1_fails_whatever_test_reads_it(client, settings):
    settings.ROOT_URLCONF = __name__

    with pytest.raises(pages.PageOutOfShape, match="one h1"):
        client.get("/headless/")
