"""What a web process never loads: the heavy computation stays in the worker and in commands."""

import subprocess
import sys

PROGRAM = """
import sys
import chezsoi.config.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
from chezsoi.portal.views import household
from chezsoi.portal.household import outlays
from chezsoi.allocation import queries, views
from chezsoi.engines.benefits import engine_version
engine_version()
print(sorted({"openfisca_core", "openfisca_france", "splink", "duckdb"} & set(sys.modules)))
"""


def test_a_web_process_has_imported_neither_openfisca_nor_splink():
    found = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
