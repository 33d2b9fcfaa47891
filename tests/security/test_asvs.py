"""Requirements of ASVS 5 that no other test of the house shows: `tests/asvs.yaml` says where each of the rest is."""

import logging
import stat

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, override_settings
from django.urls import path
from django_tasks_db.models import DBTaskResult

from chezsoi.config import environment
from chezsoi.config.urls import handler400, handler403, handler404, handler500, urlpatterns  # noqa: F401
from chezsoi.territories.access import public
from chezsoi.trail.models import Entry
from tests.config.test_settings import run
from tests.factories import territories
from tests.security.scan import DETAILS

PASSWORD = "une phrase de passe assez longue"
FORGED = "2026-11-24 INFO chezsoi all is well"


@public("a page that breaks, to see what is told then")
def breaks(request: HttpRequest) -> HttpResponse:
    raise ZeroDivisionError("the household Zornak of file D57-0001")


urlpatterns = [*urlpatterns, path("breaks/", breaks)]


@pytest.fixture
def said(caplog):
    """Give what the log says, each line as the program writes it."""
    caplog.set_level(logging.INFO)
    plain = logging.Formatter("%(levelname)s %(name)s %(message)s")
    return lambda: [plain.format(record) for record in caplog.records]


class TestLog:
    def test_asvs_16_2_5_says_nothing_of_what_was_typed(self, client, said):
        territories.user("claire@example.org", "Claire Weber", password=PASSWORD)
        client.post("/sign-in/", {"username": "claire@example.org", "password": "secret-of-claire"})
        client.force_login(territories.account_of(territories.actor("siao_officer")))

        client.get("/search/", {"q": "Zornak Gwenhild"})
        client.get("/people/999999/", {"q": "Zornak"})
        client.post("/people/new/", {"given_names": "Gwenhild", "family_name": "Zornak"})

        log = "\n".join(said())
        assert "/people/999999/" in log
        assert [word for word in ("claire", "secret-of", "Zornak", "Gwenhild") if word in log] == []

    def test_asvs_16_4_1_cannot_be_given_a_line_of_its_own(self, client, said):
        client.get(f"/%0d%0a{FORGED.replace(' ', '%20')}/")

        assert [line for record in said() for line in record.splitlines() if line.startswith(FORGED)] == []

    def test_asvs_16_3_2_says_which_page_was_refused_and_not_to_whom_by_name(self, client, said):
        client.force_login(territories.account_of(territories.actor("siao_officer")))

        client.get("/trail/")

        assert any("/trail/" in line and line.startswith("WARNING") for line in said())


class TestEntrance:
    def test_asvs_16_3_1_every_way_in_refused_or_left_is_in_the_trail(self, client):
        user = territories.user("claire@example.org", "Claire Weber", password=PASSWORD)
        territories.assignment("siao_officer", user=user)

        client.post("/sign-in/", {"username": user.email, "password": "another phrase entirely"})
        client.post("/sign-in/", {"username": user.email, "password": PASSWORD})
        client.post("/sign-out/")

        told = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
        assert [verb for verb in told if verb.startswith("territories.entry")] == [
            "territories.entry.refused",
            "territories.entry.opened",
            "territories.entry.left",
        ]

    @pytest.mark.parametrize("end", ["\nBcc: x@evil.example", "\r\nBcc:x@evil.example", ",x@evil.example", "%0aBcc:x"])
    def test_asvs_1_3_11_no_address_carries_another(self, end, client):
        territories.user("claire@example.org", "Claire Weber", password=PASSWORD)

        answer = client.post("/sign-in/forgotten/", {"email": f"claire@example.org{end}"})

        assert answer.status_code == 422
        assert not DBTaskResult.objects.exists()


class TestForms:
    @pytest.mark.parametrize("address", ["/people/new/", "/sign-out/", "/language/", "/account/password/"])
    def test_asvs_3_5_1_are_refused_without_the_mark_of_the_page(self, address):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(territories.account_of(territories.actor("siao_officer")))

        assert strict.post(address, {"language": "en"}).status_code == 403
        assert strict.get("/account/").status_code == 200


class TestFailure:
    @pytest.fixture
    def broken(self, caplog):
        client = Client(raise_request_exception=False)
        client.force_login(territories.account_of(territories.actor("siao_officer")))
        with override_settings(ROOT_URLCONF="tests.security.test_asvs"):
            return client.get("/breaks/")

    def test_asvs_16_5_1_is_told_in_words_without_its_details(self, broken):
        told = broken.content.decode()

        assert broken.status_code == 500
        assert "<h1>" in told
        assert not DETAILS.search(told)
        assert [word for word in ("Zornak", "ZeroDivision", "D57-0001") if word in told] == []

    def test_asvs_16_5_3_leaves_the_headers_on_the_door_closed(self, broken):
        assert "default-src 'none'" in broken["Content-Security-Policy"]
        assert "no-store" in broken["Cache-Control"]


@pytest.mark.slow
class TestServer:
    def test_asvs_3_4_1_13_4_2_11_4_2_speaks_https_hides_its_faults_and_stretches_passwords(self, tmp_path):
        names = ("DEBUG", "SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT")
        told = (
            "import django; django.setup();"
            "from django.conf import settings as s; from django.contrib.auth.hashers import make_password;"
            f"print(*(getattr(s, name) for name in {names}), *make_password('a').split('$')[:2])"
        )

        done = run(told, tmp_path, MODE="server", HOSTS="chezsoi.example.fr")

        debug, seconds, subdomains, redirect, hasher, rounds = done.stdout.split()
        assert (debug, subdomains, redirect, hasher) == ("False", "True", "True", "pbkdf2_sha256")
        assert int(seconds) >= 365 * 86_400
        assert int(rounds) >= 600_000

    def test_asvs_16_4_2_keeps_its_data_and_secrets_from_other_accounts_of_the_machine(self, tmp_path):
        folder = tmp_path / "data"
        found = environment.read({"CHEZSOI_DATA_DIR": str(folder)}, root=tmp_path)

        found.secret("secret_key")

        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert stat.S_IMODE((folder / "secret_key").stat().st_mode) == 0o600
