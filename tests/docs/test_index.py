"""Every page of the documentation can be found from its index."""

import re

from tests.checks.docs import ROOT

DOCS = ROOT / "docs"


def test_the_index_leads_to_every_page():
    linked = {(DOCS / target).resolve() for target in re.findall(r"\]\(([^)#]+)", (DOCS / "index.md").read_text())}
    pages = {page for folder in DOCS.iterdir() if folder.is_dir() for page in folder.glob("*.md")}
    drafts = {page for page in pages if page.name.startswith("0000-")}

    assert {page.relative_to(DOCS).as_posix() for page in pages - drafts - linked} == set()
