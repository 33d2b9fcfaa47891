"""Rule 13: every setting is documented, and nothing else is."""

import re

from tests.architecture import source

PAGE = source.ROOT / "docs" / "reference" / "settings.md"
SETTING = re.compile(r"\bCHEZSOI_[A-Z_]+\b")


def settings_in(text: str) -> set[str]:
    return set(SETTING.findall(text))


def test_the_page_of_settings_lists_what_the_code_reads():
    read = set().union(*(settings_in(source.text(path)) for path in source.python("src/chezsoi")))

    assert settings_in(PAGE.read_text(encoding="utf-8")) == read


def test_a_setting_is_seen():
    assert settings_in("given.get('CHEZSOI_MODE') or CHEZSOI_ alone") == {"CHEZSOI_MODE"}
