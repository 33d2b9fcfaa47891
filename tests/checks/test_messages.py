import shutil

import polib
import pytest

from tests.checks import messages


def catalogue(*entries: polib.POEntry) -> polib.POFile:
    found = polib.POFile()
    found.extend(entries)
    return found


def entry(msgid: str = "Home", msgstr: str = "Logement", **more) -> polib.POEntry:
    return polib.POEntry(msgid=msgid, msgstr=msgstr, **more)


class TestUnequal:
    def test_lists_what_the_catalogue_lacks_and_what_the_code_no_longer_says(self):
        found = list(messages.unequal(catalogue(entry("Home"), entry("Lease")), catalogue(entry("Home"), entry("Hut"))))

        assert found == ["missing: 'Lease'", "no longer said: 'Hut'"]

    def test_tells_one_word_in_two_contexts_apart(self):
        said = catalogue(entry("Home", msgctxt="verb"))

        assert len(list(messages.unequal(said, catalogue(entry("Home"))))) == 2

    def test_refuses_what_is_kept_commented_out(self):
        assert list(messages.unequal(catalogue(), catalogue(entry(obsolete=True)))) == ["obsolete: 'Home'"]


class TestDoubtful:
    @pytest.mark.parametrize(
        ("written", "fault"),
        [
            (entry(flags=["fuzzy"]), "fuzzy"),
            (entry(msgstr=""), "untranslated"),
            (entry("a", "", msgid_plural="b", msgstr_plural={0: "x", 1: ""}), "untranslated"),
            (entry("%(n)s homes", "des logements"), "other placeholders"),
            (entry("homes", "%(n)s logements"), "other placeholders"),
            (entry("one", "", msgid_plural="%(n)s", msgstr_plural={0: "%(m)s", 1: "%(n)s"}), "other placeholders"),
        ],
    )
    def test_names_the_doubt(self, written, fault):
        assert [found.partition(":")[0] for found in messages.doubtful(catalogue(written))] == [fault]

    def test_lets_a_plural_leave_its_number_out(self):
        forms = {0: "un logement", 1: "%(n)s logements"}
        written = entry("one home", "", msgid_plural="%(n)s homes", msgstr_plural=forms)

        assert list(messages.doubtful(catalogue(written))) == []


class TestUncompiled:
    def test_sees_a_compiled_catalogue_that_says_something_else(self, tmp_path):
        compiled = tmp_path / "django.mo"
        written = catalogue(entry(), entry("a", "", msgid_plural="b", msgstr_plural={0: "x", 1: "y"}))

        assert len(list(messages.uncompiled(written, compiled))) == 1
        written.save_as_mofile(str(compiled))
        assert list(messages.uncompiled(written, compiled)) == []
        written[0].msgstr = "Foyer"
        assert len(list(messages.uncompiled(written, compiled))) == 1


class TestWrite:
    def test_adds_what_is_new_keeps_what_was_written_and_drops_the_rest(self, tmp_path, monkeypatch):
        monkeypatch.setattr(messages, "ROOT", tmp_path)
        template = catalogue(entry("Home", ""), entry("Lease", ""))
        messages.write(catalogue(entry("Home", ""), entry("Hut", "")), "fr")
        written = polib.pofile(str(messages.catalogue("fr")))
        written.find("Home").msgstr = "Logement"
        written.save()

        messages.write(template, "fr")

        again = polib.pofile(str(messages.catalogue("fr")))
        assert {found.msgid: found.msgstr for found in again} == {"Home": "Logement", "Lease": ""}
        assert [fault.partition("'")[0] for fault in messages.check(template, "fr")] == ["fr: untranslated: "]

    def test_fills_english_with_what_the_code_says(self, tmp_path, monkeypatch):
        monkeypatch.setattr(messages, "ROOT", tmp_path)
        template = catalogue(entry("Home", ""), entry("a", "", msgid_plural="b", msgstr_plural={0: "", 1: ""}))

        messages.write(template, "en")

        assert messages.check(template, "en") == []


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("xgettext") is None, reason="xgettext is not installed")
class TestExtract:
    def test_reads_code_and_templates(self, tmp_path):
        (tmp_path / "src").mkdir()
        (tmp_path / "src" / "views.py").write_text('_("Home")\nngettext("one", "many", 2)\n')
        (tmp_path / "src" / "page.html").write_text('{% load i18n %}{% translate "Lease" %}')

        said = messages.extract(tmp_path / "src")

        assert {found.msgid for found in said} == {"Home", "one", "Lease"}
