"""The settings as a real site starts with them, in a process of their own."""

import os
import subprocess
import sys

import pytest

CHECK = """
import django
from django.core.management import call_command
django.setup()
call_command("check", deploy=True, fail_level="WARNING")
"""


def run(code: str, data_dir, **variables: str) -> subprocess.CompletedProcess:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("CHEZSOI_", "DJANGO_"))}
    given = {f"CHEZSOI_{name}": value for name, value in variables.items()}
    environment = {**inherited, "CHEZSOI_DATA_DIR": str(data_dir), "DJANGO_SETTINGS_MODULE": "chezsoi.config.settings"}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        env=environment | given,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
class TestAServer:
    def test_raises_none_of_djangos_warnings_for_deployment(self, tmp_path):
        done = run(CHECK, tmp_path, MODE="server", HOSTS="chezsoi.example.fr")

        assert done.returncode == 0, done.stderr

    def test_asvs_3_3_1_and_3_3_3_names_its_cookies_so_that_no_neighbour_can_set_them(self, tmp_path):
        names = ("SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME", "COOKIE_PREFIX")
        told = f"from chezsoi.config import settings as s; print(*(getattr(s, name) for name in {names}))"
        done = run(told, tmp_path, MODE="server", HOSTS="chezsoi.example.fr")

        assert done.stdout.split() == ["__Host-session", "__Host-csrf", "__Host-"]


@pytest.mark.slow
class TestStaticFiles:
    def test_can_be_collected_under_names_that_never_lie(self, tmp_path):
        collect = "import django; from django.core.management import call_command; django.setup();"
        done = run(f"{collect} call_command('collectstatic', interactive=False, verbosity=0)", tmp_path)

        assert done.returncode == 0, done.stderr
        assert (tmp_path / "static" / "staticfiles.json").exists()
