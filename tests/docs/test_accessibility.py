"""What the page on accessibility says is tested is tested where it says."""

import re

from django.conf import settings

PAGE = settings.ROOT / "docs/reference/accessibility.md"


def test_every_test_named_exists():
    named = re.findall(r"`(tests/[\w/.]+)`", PAGE.read_text())

    assert named
    assert [path for path in named if not (settings.ROOT / path).exists()] == []
