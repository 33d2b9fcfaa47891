"""What the house sends by itself names nobody; and nothing is hidden from who looks for words in what it answers."""

import io
import logging
import zipfile

import openpyxl
import pypdf
import pytest
from django.db import transaction
from django.http import FileResponse, HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from chezsoi.portal import digests
from chezsoi.territories import actions
from chezsoi.territories.access import actor_for, assignments_of
from tests.matrix import hearing
from tests.matrix.world import ROLES

WORD = "Zornak Far inside"
TODAY = timezone.localdate()


def workbook() -> bytes:
    book, target = openpyxl.Workbook(), io.BytesIO()
    hidden = book.create_sheet("kept")
    hidden.append([WORD])
    hidden.sheet_state = "veryHidden"
    book.save(target)
    return target.getvalue()


def archive(body: bytes, name: str = "inside.xlsx") -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as kept:
        kept.writestr(name, body)
    return target.getvalue()


def paper(*, title: str = "", carried: bytes = b"") -> bytes:
    writer, target = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(100, 100)
    if title:
        writer.add_metadata({"/Title": title})
    if carried:
        writer.add_attachment("file.json", carried)
    writer.write(target)
    return target.getvalue()


class TestTold:
    @pytest.mark.parametrize(
        "body",
        [
            WORD.encode(),
            workbook(),
            archive(workbook()),
            archive(b"", name=WORD),
            paper(title=WORD),
            paper(carried=WORD.encode()),
        ],
    )
    def test_hides_no_word_of_a_paper(self, body):
        assert "ZornakFarinside" in hearing.told(HttpResponse(body))

    def test_holds_what_is_streamed_and_how_it_is_called(self):
        told = hearing.told(FileResponse(io.BytesIO(workbook()), filename=f"{WORD}.xlsx"))

        assert told.count("ZornakFarinside") == 2


class TestLog:
    def test_is_heard_with_the_stack_of_what_broke(self):
        with hearing.overheard() as log:
            logging.getLogger("chezsoi.people").info("opened %s", WORD)
            try:
                raise ValueError(WORD)
            except ValueError:
                logging.getLogger("chezsoi").exception("broken")

            assert log.said().count("ZornakFarinside") == 2


@pytest.fixture
def world(built, quietly):
    """Give the world of the matrix, where each file has words of its own, and leave it as it was."""
    with transaction.atomic():
        yield built
        transaction.set_rollback(True)


class TestHouse:
    def test_names_nobody_in_its_mails(self, world):
        assert digests.send(now=timezone.now(), on=TODAY) > 0

        assert list(hearing.sightings(hearing.mailed(), world.secrets)) == []

    @pytest.mark.parametrize("role", ROLES)
    def test_names_nobody_in_a_calendar(self, world, role):
        (held,) = assignments_of(world.users[role], on=TODAY)
        link = actions.make_calendar(actor=actor_for(held, on=TODAY))

        answer = Client().get(reverse("portal:calendar-file", args=[link]))

        assert answer.status_code == 200
        assert list(hearing.sightings(hearing.told(answer), world.secrets)) == []
