"""The synthesis on one page, read back: words, tags, one page, and nothing under the threshold."""

import io
import re
from datetime import date, timedelta

import pypdf
import pytest

from chezsoi.law.disclosure import Audience
from chezsoi.observatory import actions, letters
from chezsoi.people.choices import Situation
from chezsoi.territories.access import ANONYMOUS, NotAllowed
from tests.factories import observatory, territories

ON = date(2026, 11, 23)
LONGEST = "Communauté d’agglomération de Dembeni-Mamoudzou, Communauté urbaine et Département du Pas-de-Calais"


def synthesis(audience=Audience.INTERNAL, *, key="metz", lang="fr", actor=None):
    where = territories.territory(key)
    reader = actor or territories.actor("analyst", territory=where)
    made = letters.synthesis(where, year=2026, audience=audience, on=ON, lang=lang, actor=reader)
    return pypdf.PdfReader(io.BytesIO(made))


def words(reader):
    text = "\n".join(page.extract_text() for page in reader.pages)
    return " ".join(text.replace("\u202f", " ").replace("\u00a0", " ").split())


def tags(reader):
    """Name the elements of the document's structure, in order, and the alternative texts."""
    found, texts = [], []

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict) and "/S" in node:
            found.append(str(node["/S"]))
            texts.extend([str(node["/Alt"])] if "/Alt" in node else [])
            walk(node.get("/K", pypdf.generic.ArrayObject()))

    walk(reader.root_object["/StructTreeRoot"]["/K"])
    return found, texts


def sign(count):
    for _each in range(count):
        observatory.lease_of((Situation.STREET, 90), signed_on=ON - timedelta(days=30))


class TestSynthesis:
    def test_says_each_figure_with_its_definition_and_what_is_missing(self):
        sign(3)

        text = words(synthesis())

        assert "3 baux" in text
        assert "indisponible" in text
        assert "3 ménages sans domicile ; il manque le total des attributions" in text
        for code in ("attribution.homeless, 1", "attribution.homeless_share, 1", "direct_access.households, 1"):
            assert code in text
        assert "Metz 3" in text

    def test_says_the_denominator_once_it_is_known(self):
        sign(3)
        actions.record_total(
            actor=territories.actor("analyst"), territory=territories.territory(), year=2026, value=40,
            source="SNE", dated_on=date(2026, 11, 1),
        )  # fmt: skip

        text = words(synthesis())

        assert "7,5 %" in text
        assert "3 sur 40 attributions" in text

    @pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.PARTNER])
    def test_hides_what_is_under_the_threshold_of_its_readers(self, audience):
        sign(4)

        reader = synthesis(audience, actor=territories.actor("siao_officer"))
        text = words(reader)

        assert "moins de " in text
        assert not re.search(r"\b4 baux|Metz 4", text)
        assert not any("Metz : 4" in text for text in tags(reader)[1])

    def test_is_public_for_everybody_and_exact_for_those_who_analyse(self):
        assert "Chiffres publics" in words(synthesis(Audience.PUBLIC, actor=ANONYMOUS))
        with pytest.raises(NotAllowed):
            synthesis(Audience.INTERNAL, actor=territories.actor("siao_officer"))

    def test_is_a_tagged_accessible_document(self):
        sign(2)
        reader = synthesis()
        found, texts = tags(reader)

        assert reader.root_object["/Lang"] == "fr"
        assert reader.metadata.title == "Eurométropole de Metz, 2026\u202f: les chiffres sur une page"
        assert b"pdfuaid:part" in reader.root_object["/Metadata"].get_data()
        assert found.count("/H1") == 1
        assert found.count("/H2") == 4
        assert found.count("/Table") == 3
        assert "/TH" in found
        assert any("Metz\u202f: 2" in text for text in texts)

    @pytest.mark.parametrize("key", ["metz", "pas-de-calais", "cadema", "amiens"])
    def test_fits_on_one_page(self, key):
        assert len(synthesis(Audience.PUBLIC, key=key, actor=ANONYMOUS).pages) == 1

    def test_fits_on_one_page_with_the_longest_names(self):
        where = territories.territory("pas-de-calais")
        where.name = LONGEST
        where.save()
        actions.record_total(
            actor=territories.actor("analyst", territory=where), territory=where, year=2026, value=1_234_567,
            source="Système national d’enregistrement, extraction de la direction départementale de l’emploi " * 2,
            dated_on=date(2026, 11, 1),
        )  # fmt: skip

        reader = synthesis(key="pas-de-calais")

        assert len(reader.pages) == 1
        assert "Pas-de-Calais, 2026" in words(reader)

    def test_is_written_in_the_language_asked(self):
        assert "The figures of the year" in words(synthesis(lang="en"))


class TestPages:
    def test_give_the_public_page_to_everybody(self, client):
        answer = client.get("/observatory/public/metz/2026.pdf")

        assert answer["Content-Type"] == "application/pdf"
        assert "metz-2026-public.pdf" in answer["Content-Disposition"]

    def test_give_each_role_its_own_exactness(self, client):
        client.force_login(territories.account_of(territories.actor("analyst")))

        assert "internal.pdf" in client.get("/observatory/metz/2026.pdf")["Content-Disposition"]
        assert client.get("/observatory/lille/2026.pdf").status_code == 404

    def test_lead_to_it(self, client):
        assert "/observatory/public/metz/2026.pdf" in client.get("/observatory/public/metz/2026/").text
