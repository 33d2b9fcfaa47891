import io
from datetime import date

import pypdf
import pytest

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

    def test_a_name_in_arabic_is_printed(self, template):
        assert letter(template, {**DATA, "recipient": ["رحمة الله"]}, lang="fr").startswith(b"%PDF")

    def test_a_script_without_a_font_is_refused_rather_than_printed_blank(self, template):
        with pytest.raises(LetterNotPrinted):
            letter(template, {**DATA, "recipient": ["ትግርኛ"]}, lang="fr")

    def test_a_missing_part_is_named(self, template):
        with pytest.raises(LetterNotPrinted, match="subject"):
            letter(template, {key: value for key, value in DATA.items() if key != "subject"}, lang="fr")
