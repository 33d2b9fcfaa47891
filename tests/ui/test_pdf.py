import io
import re
import unicodedata
from datetime import date

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chezsoi.ui import pdf
from chezsoi.ui.pdf import LetterNotPrinted, letter

DATA = {
    "organisation": {"name": "Métropole – pôle Logement d’abord", "lines": ["1 place du Parlement", "57000 Metz"]},
    "territory": "Communauté d’agglomération de Dembeni-Mamoudzou",
    "place": "Metz",
    "date": date(2026, 11, 23),
    "recipient": ["Madame Rahmatullah Gebremariam-N’Diaye", "chez M. Łukasz Œuvrard", "57000 Metz"],
    "subject": "Une proposition de logement",
    "paragraphs": [
        "Un T3 de 58 m² vous est proposé, 1\u202f498,00\u00a0€ par mois.",
        "Vous pouvez dire non : vous gardez votre place.",
    ],
    "signature": ["S. Hoffmann", "Référente"],
    "foot": "Cette lettre n’est pas un bail.",
}


@pytest.fixture
def template(tmp_path, monkeypatch):
    """A letter as an app would write it, in a copy of the package that holds only the shared sheet."""
    (tmp_path / "ui/typst").mkdir(parents=True)
    (tmp_path / "ui/typst/letter.typ").write_text((pdf.PACKAGE / "ui/typst/letter.typ").read_text())
    (tmp_path / "offers").mkdir()
    (tmp_path / "offers/offer.typ").write_text(
        '#import "/ui/typst/letter.typ": data, letter, paragraphs\n#show: letter\n#paragraphs(data.paragraphs)\n'
    )
    monkeypatch.setattr(pdf, "PACKAGE", tmp_path)
    return "offers/offer.typ"


def read(content):
    reader = pypdf.PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    return reader, " ".join(text.split())


class TestLetter:
    def test_is_a_tagged_accessible_document_with_its_title_and_language(self, template):
        reader, _text = read(letter(template, DATA, lang="fr"))

        assert reader.root_object["/MarkInfo"]["/Marked"] is not None
        assert "/StructTreeRoot" in reader.root_object
        assert reader.root_object["/Lang"] == "fr"
        assert reader.metadata.title == "Une proposition de logement"
        assert reader.xmp_metadata is not None
        assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()

    def test_can_be_searched_and_read_aloud(self, template):
        _reader, text = read(letter(template, DATA, lang="fr"))

        for words in (
            "Metz, 23 novembre 2026",
            "Łukasz Œuvrard",
            "58 m²",
            "1 498,00 €",
            "Vous pouvez dire non",
            "1 / 1",
        ):
            assert words in text.replace("\u202f", " ").replace("\u00a0", " ")

    def test_is_the_same_every_time_for_the_same_day(self, template):
        assert letter(template, DATA, lang="fr") == letter(template, DATA, lang="fr")

    def test_another_day_is_another_document(self, template):
        assert letter(template, DATA, lang="fr") != letter(template, {**DATA, "date": date(2026, 11, 24)}, lang="fr")

    def test_says_the_day_in_its_language(self, template):
        _reader, text = read(letter(template, DATA, lang="en"))

        assert "Subject: Une proposition" in text
        assert "Nov. 23, 2026" in text

    def test_says_the_first_of_a_month_as_french_does(self, template):
        _reader, text = read(letter(template, {**DATA, "date": date(2026, 11, 1)}, lang="fr"))

        assert "1ᵉʳ novembre 2026" in text

    def test_markup_in_a_name_stays_text(self, template):
        hostile = '#read("/etc/passwd") *x* $y$ \\ #import "@preview/a:1" <a> "'
        _reader, text = read(letter(template, {**DATA, "paragraphs": [hostile]}, lang="fr"))

        assert '#read("/etc/passwd") *x* $y$' in text.replace("“", '"').replace("”", '"')

    def test_a_missing_part_is_named(self, template):
        with pytest.raises(LetterNotPrinted, match="subject"):
            letter(template, {key: value for key, value in DATA.items() if key != "subject"}, lang="fr")


SCRIPTS = {
    "ukrainian": "Ірина Шевченко",
    "greek": "Μαρία Παπαδοπούλου",
    "tigrinya": "ተስፋይ ገብረማርያም",
    "georgian": "გიორგი ბერიძე",
    "armenian": "Հայկ Պետրոսյան",
    "romanian": "Ștefan Țurcanu",
    "bambara": "Ɲɛnɛ Kɔnɛ",
}
SHEETS = sorted(pdf.PACKAGE.glob("*/letters/*.typ"))
MARKS = st.characters(categories=["Mn", "Me", "Mc", "Cf", "Lo", "Co", "Cs", "Cc"])


def letters(text):
    """Give the letters and marks of a text, taken apart; joiners are neither."""
    return set(unicodedata.normalize("NFD", text)) - {"\u200c"}


def note(content):
    found = re.search(r"� remplace.*? ce papier\.", read(content)[1])
    return found and found[0].replace("\u202f", " ")


class TestScripts:
    @pytest.mark.parametrize("name", SCRIPTS.values(), ids=SCRIPTS)
    def test_a_name_is_printed_in_the_letters_it_is_written_in(self, template, name):
        reader, text = read(content := letter(template, {**DATA, "recipient": [name]}, lang="fr"))

        assert name in text
        assert reader.root_object["/MarkInfo"]["/Marked"] is not None
        assert note(content) is None

    @pytest.mark.parametrize("name", ["رحمة", "گل‌ناز", "שרה", "রহিম", "தமிழ்", "Nguyễn Thị"])
    def test_a_name_whose_letters_are_joined_or_run_to_the_left_is_printed_with_each_of_them(self, template, name):
        content = letter(template, {**DATA, "recipient": [name]}, lang="fr")

        assert letters(name) <= letters(read(content)[1])
        assert note(content) is None

    def test_words_from_right_to_left_start_on_the_right(self, template):
        edges = []
        for words in ("Je veux un T2.", "أريد بيتا.", "« أريد بيتا ! »", "Elle dit أريد بيتا."):
            content = letter(template, {**DATA, "paragraphs": [words]}, lang="fr")
            edges.append(left_edge(content))

        french, arabic, quoted, within = edges
        assert french == within < 100
        assert min(arabic, quoted) > 300

    @pytest.mark.parametrize("sign", ["\ue000", "😀", "中", "ꓡ", "\ud800", "\uffff"])
    def test_a_sign_that_no_font_has_is_shown_as_such_and_told_to_who_sends_the_letter(self, template, sign):
        reader, text = read(content := letter(template, {**DATA, "recipient": [f"Zoé {sign}{sign}"]}, lang="fr"))

        assert "Zoé ��" in text
        assert "(2 ici)" in note(content)
        assert len(reader.pages) == 1
        assert "/StructTreeRoot" in reader.root_object

    def test_a_control_character_says_nothing_and_is_not_printed(self, template):
        _reader, text = read(content := letter(template, {**DATA, "recipient": ["Zo\x00é\x1b"]}, lang="fr"))

        assert "Zoé" in text
        assert note(content) is None

    def test_words_that_make_typst_stop_short_are_printed_all_the_same(self, template):
        """Letters of N’Ko on many lines, where typst panics; signs it has one by one and not as they stand together."""
        for words in (" ".join(map(chr, range(0x7CA, 0x82A))), "\u0653\u180f\u06e2\u02ad"):
            content = letter(template, {**DATA, "paragraphs": [words]}, lang="fr")

            assert note(content)

    @given(st.lists(st.text(st.characters() | MARKS, max_size=12), min_size=1, max_size=3))
    @settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    def test_whatever_words_are_made_of_the_letter_is_printed(self, template, words):
        content = letter(template, {**DATA, "paragraphs": words, "recipient": words}, lang="fr")

        assert "/StructTreeRoot" in read(content)[0].root_object

    @pytest.mark.parametrize("sheet", [*SHEETS, pdf.PACKAGE / "ui/typst/plain_sheet.typ"], ids=lambda path: path.stem)
    def test_every_sheet_ends_with_what_is_to_be_written_by_hand(self, sheet):
        text = sheet.read_text()

        assert "#show: letter\n" in text or text.endswith("#by-hand()\n")


def left_edge(content):
    """Give how far from the left of the page, in points, the line below the subject starts."""
    drawn = []

    def seen(text, cm, _tm, _font, _size):
        if text.strip():
            drawn.append((text, round(cm[5]), cm[4]))

    pypdf.PdfReader(io.BytesIO(content)).pages[0].extract_text(visitor_text=seen)
    subject = next(y for text, y, _x in drawn if "Objet" in text)
    below = max(y for _text, y, _x in drawn if y < subject)
    return min(x for _text, y, x in drawn if abs(y - below) < 5)
