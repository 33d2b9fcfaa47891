"""A document is what its bytes say, whole; its name must agree; nothing may hide in it."""

import pytest
from django.utils import translation

from chezsoi.files import documents
from chezsoi.files.documents import Format, Unfit, UnfitDocument, scanning
from tests.factories.documents import PDF, jpeg, odt, office, png, webp
from tests.fakes import clamd

SOUND = {
    "a.pdf": (PDF, Format.PDF),
    "a.JPG": (jpeg(), Format.JPEG),
    "a.jpeg": (jpeg(b"\0\0"), Format.JPEG),
    "a.png": (png(), Format.PNG),
    "a.webp": (webp(), Format.WEBP),
    "a.docx": (office(), Format.DOCX),
    "a.xlsx": (office(main="xl/workbook.xml"), Format.XLSX),
    "a.odt": (odt(), Format.ODT),
}
ZIP = office(main="x")
UNFIT = {
    "0 byte": ("a.pdf", b"", Unfit.EMPTY),
    "program": ("a.exe", b"MZ\x90", Unfit.FORMAT),
    "page": ("a.svg", b"<svg/>", Unfit.FORMAT),
    "two extensions": ("a.pdf.html", PDF, Unfit.FORMAT),
    "no extension": ("a", PDF, Unfit.FORMAT),
    "wrong extension": ("a.png", PDF, Unfit.NOT_WHAT_IT_SAYS),
    "one byte before": ("a.pdf", b"x" + PDF, Unfit.NOT_WHAT_IT_SAYS),
    "wave called webp": ("a.webp", b"RIFF\x04\0\0\0WAVE", Unfit.NOT_WHAT_IT_SAYS),
    "workbook called text": ("a.docx", office(main="xl/workbook.xml"), Unfit.NOT_WHAT_IT_SAYS),
    "other called odt": ("a.odt", office(main="content.xml", mimetype="application/zip"), Unfit.NOT_WHAT_IT_SAYS),
    "odt without its type": ("a.odt", office(main="content.xml"), Unfit.DAMAGED),
    "cut pdf": ("a.pdf", PDF[:-8], Unfit.DAMAGED),
    "cut png": ("a.png", png()[:-1], Unfit.DAMAGED),
    "cut jpeg": ("a.jpg", jpeg()[:-1], Unfit.DAMAGED),
    "cut webp": ("a.webp", webp()[:-1], Unfit.DAMAGED),
    "cut docx": ("a.docx", office()[:-30], Unfit.DAMAGED),
    "pdf and zip": ("a.pdf", PDF[:-8] + ZIP + b"%%EOF", Unfit.TWO_FILES_IN_ONE),
    "png and page": ("a.png", png(b"<script>"), Unfit.TWO_FILES_IN_ONE),
    "jpeg and zip": ("a.jpg", jpeg(ZIP), Unfit.TWO_FILES_IN_ONE),
    "webp and zip": ("a.webp", webp(ZIP), Unfit.TWO_FILES_IN_ONE),
    "docx and more": ("a.docx", office() + b"%PDF-1.4", Unfit.TWO_FILES_IN_ONE),
    "pdf script": ("a.pdf", PDF.replace(b"/Type", b"/JavaScript (x)/Type"), Unfit.PROGRAM),
    "docx macro": ("a.docx", office("word/vbaProject.bin"), Unfit.PROGRAM),
    "odt macro": ("a.odt", office("Basic/script.xml", main="content.xml"), Unfit.PROGRAM),
    "pdf password": ("a.pdf", PDF.replace(b"/Root", b"/Encrypt 2 0 R/Root"), Unfit.PASSWORD),
}


@pytest.mark.parametrize("name", SOUND)
def test_a_sound_document_is_known_by_its_bytes(name):
    content, expected = SOUND[name]

    assert documents.check(content, name=name) is expected


@pytest.mark.parametrize("case", UNFIT)
def test_asvs_5_2_2_what_is_not_what_it_says_is_refused(case):
    name, content, expected = UNFIT[case]

    with pytest.raises(UnfitDocument) as refused:
        documents.check(content, name=name)
    assert refused.value.unfit is expected
    with translation.override("en"):
        assert "nothing was kept" in str(refused.value.sentence)


def test_asvs_5_2_1_25_million_bytes_are_kept_and_not_one_more():
    full = PDF[:-6] + b" " * (documents.MAX_BYTES - len(PDF)) + PDF[-6:]
    assert len(full) == documents.MAX_BYTES
    assert documents.check(full, name="a.pdf") is Format.PDF

    with pytest.raises(UnfitDocument) as refused:
        documents.check(b"%" + full, name="a.pdf")
    assert refused.value.unfit is Unfit.TOO_BIG


def test_asvs_5_2_3_a_document_that_unpacks_to_too_much_is_refused_unopened():
    for bomb in (office(size=51_000_000), office(size=2_000_000), office(*(f"word/{n}.xml" for n in range(2_001)))):
        with pytest.raises(UnfitDocument) as refused:
            documents.check(bomb, name="a.docx")
        assert refused.value.unfit is Unfit.TOO_DEMANDING


def test_a_document_locked_by_a_password_is_refused():
    locked = bytearray(office())
    at = bytes(locked).find(b"PK\x01\x02")
    while at >= 0:
        locked[at + 8] |= 1
        at = bytes(locked).find(b"PK\x01\x02", at + 4)
    with pytest.raises(UnfitDocument) as refused:
        documents.check(bytes(locked), name="a.docx")
    assert refused.value.unfit is Unfit.PASSWORD


class TestScan:
    def test_without_a_scanner_says_that_nothing_was_scanned(self, settings):
        settings.SCANNER = ""
        assert documents.scan(PDF) is documents.Scan.NOT_SCANNED

    def test_asvs_5_4_3_finds_a_virus_and_passes_what_is_clean(self, settings, tmp_path):
        from tests.factories.documents import EICAR

        with clamd.running(tmp_path) as settings.SCANNER:
            assert documents.scan(PDF * 5_000) is documents.Scan.CLEAN
            with pytest.raises(UnfitDocument) as refused:
                documents.scan(PDF + EICAR)
        assert refused.value.unfit is Unfit.INFECTED

    @pytest.mark.parametrize("answer", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: maybe\0"])
    def test_that_answers_nothing_clear_keeps_nothing(self, settings, tmp_path, answer):
        with clamd.running(tmp_path, answer=answer) as settings.SCANNER, pytest.raises(UnfitDocument) as refused:
            documents.scan(PDF)
        assert refused.value.unfit is Unfit.NO_ANSWER

    @pytest.mark.parametrize("address", ["unix:/nowhere/clamd.ctl", "tcp:127.0.0.1:1", "tcp:127.0.0.1:x"])
    def test_that_is_not_there_keeps_nothing(self, settings, address):
        settings.SCANNER = address
        with pytest.raises(UnfitDocument) as refused:
            documents.scan(PDF)
        assert refused.value.unfit is Unfit.NO_ANSWER

    def test_that_never_answers_keeps_nothing(self, settings, tmp_path, monkeypatch):
        monkeypatch.setattr(scanning, "_WITHIN_SECONDS", 0.05)
        with clamd.running(tmp_path, is_silent=True) as settings.SCANNER, pytest.raises(UnfitDocument) as refused:
            documents.scan(PDF)
        assert refused.value.unfit is Unfit.NO_ANSWER

    def test_is_waited_for_until_one_deadline_and_not_for_each_byte(self, settings, tmp_path, monkeypatch):
        monkeypatch.setattr(scanning, "monotonic", iter([0, 1, 31]).__next__)
        with clamd.running(tmp_path, is_silent=True) as settings.SCANNER, pytest.raises(UnfitDocument) as refused:
            documents.scan(PDF)
        assert refused.value.unfit is Unfit.NO_ANSWER
