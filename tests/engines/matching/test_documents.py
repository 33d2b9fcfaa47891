"""The examples in the docstrings and in the method page run as written."""

import doctest
import importlib
import pkgutil
import re
import subprocess
import sys

import pytest

from chezsoi.engines import matching
from tests.engines.matching.builders import ROOT

PAGE = ROOT / "docs/methods/matching.md"
MODULES = [f"chezsoi.engines.matching.{module.name}" for module in pkgutil.iter_modules(matching.__path__)]


@pytest.mark.parametrize("module", MODULES)
def test_docstring_examples_run(module):
    assert doctest.testmod(importlib.import_module(module)).failed == 0


def test_everything_the_package_offers_is_there():
    assert all(hasattr(matching, name) for name in matching.__all__)


def test_an_outsider_can_check_a_ticket_with_the_lines_of_the_method_page():
    code, printed = re.search(
        r"```python\n(.+?)```.*?```text\n(.+?)```", PAGE.read_text(encoding="utf-8"), re.S
    ).groups()

    ran = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True, check=True)

    assert len(code.strip().splitlines()) == 5
    assert ran.stdout == printed


def test_the_worked_table_of_the_method_page_is_what_the_engine_gives(monkeypatch):
    monkeypatch.chdir(ROOT)

    failures, run = doctest.testfile(str(PAGE), module_relative=False)

    assert run > 0
    assert failures == 0
