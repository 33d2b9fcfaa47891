"""Rule 11: every engine has a page that explains its method and a published worked example among the cases."""

import pytest

from tests.architecture.source import ROOT, SRC

ENGINES = sorted(path.name for path in (SRC / "engines").iterdir() if (path / "__init__.py").is_file())


@pytest.mark.parametrize("engine", ENGINES)
class TestEveryEngine:
    def test_explains_its_method(self, engine):
        page = ROOT / "docs" / "methods" / f"{engine}.md"

        assert page.is_file()
        assert page.read_text(encoding="utf-8").startswith("# ")

    def test_reproduces_a_published_example(self, engine):
        assert any((ROOT / "tests" / "cases" / engine).glob("*"))


def test_there_are_engines():
    assert ENGINES
