import shutil

import pytest

from tests.checks import vendor

pytestmark = pytest.mark.slow


class TestVendoredFiles:
    def test_are_those_of_the_packages_they_came_from(self):
        assert list(vendor.faults()) == []

    def test_a_changed_a_missing_and_an_unlisted_file_are_named(self, tmp_path):
        ui = tmp_path / "ui"
        for folder in vendor.FOLDERS:
            shutil.copytree(vendor.UI / folder, ui / folder)
        shutil.copy(vendor.UI / "vendor.json", ui)
        htmx = "static/ui/vendor/htmx-2.0.11"
        (ui / htmx / "htmx.min.js").write_text("changed")
        (ui / htmx / "LICENSE").unlink()
        (ui / htmx / "extra.js").write_text("new")

        assert list(vendor.faults(ui)) == [
            f"{htmx}/LICENSE: listed but missing",
            f"{htmx}/extra.js: present but not listed",
            f"{htmx}/htmx.min.js: changed since it was vendored",
        ]

    def test_ask_for_no_source_map(self):
        for sheet in (vendor.UI / "static").rglob("*.css"):
            assert "sourceMappingURL" not in sheet.read_text()
