import sys

import pytest

from tests.checks import docs

CONTRACT = "[importlinter:contract:stack]\nlayers =\n    config\n    people | homes\n    (kernel)\n"


class TestBrokenLinks:
    def test_lists_links_to_no_file_and_to_no_heading(self, tmp_path):
        (tmp_path / "other.md").write_text("# A Good Heading\n")
        page = tmp_path / "page.md"
        page.write_text("[a](other.md) [b](other.md#a-good-heading) [c](gone.md) [d](other.md#gone) [e](#gone)\n")

        assert list(docs.broken_links(page)) == [
            "page.md: gone.md leads nowhere",
            "page.md: other.md#gone leads nowhere",
            "page.md: #gone leads nowhere",
        ]

    @pytest.mark.parametrize("text", ["[a](https://example.org)", "[a](mailto:a@b)", "```\n[a](gone.md)\n```\n"])
    def test_leaves_other_sites_and_code_alone(self, text, tmp_path):
        page = tmp_path / "page.md"
        page.write_text(text)

        assert list(docs.broken_links(page)) == []


class TestFailedExamples:
    def test_runs_every_example(self, tmp_path, monkeypatch, capsys):
        (tmp_path / "told_right.py").write_text('"""\n>>> 1 + 1\n2\n"""\n')
        (tmp_path / "told_wrong.py").write_text('"""\n>>> 1 + 1\n3\n"""\n')
        monkeypatch.syspath_prepend(tmp_path)

        assert list(docs.failed_examples(tmp_path)) == ["told_wrong: 1 examples do not say what they show"]
        assert {sys.modules.pop("told_right"), sys.modules.pop("told_wrong")}


class TestOtherDiagram:
    @pytest.mark.parametrize(
        ("drawn", "faults"), [("config\nhomes | people\nkernel", 0), ("people\nconfig\nkernel", 1)]
    )
    def test_compares_the_drawing_with_the_contract(self, drawn, faults, tmp_path):
        page, contract = tmp_path / "ARCHITECTURE.md", tmp_path / ".importlinter"
        page.write_text(f"# House\n\n```\n{drawn}\n```\n")
        contract.write_text(CONTRACT)

        assert len(list(docs.other_diagram(page, contract))) == faults

    def test_wants_the_page(self, tmp_path):
        assert list(docs.other_diagram(tmp_path / "ARCHITECTURE.md", tmp_path)) == ["ARCHITECTURE.md is missing"]
