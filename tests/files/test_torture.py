"""Bad files: each gives a table, or one sentence, in little time and little memory."""

import os
import re
import resource
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from chezsoi.files.readers import Refusal, Table, UnreadableFile, read_table
from chezsoi.files.readers.refusals import SENTENCES
from tests.files import makers
from tests.files.bad_files import GOOD, NAUGHTY, READ, REFUSED, sheet_of
from tests.harness.patience import ONE_FIXTURE_FOR_ALL

pytestmark = pytest.mark.slow


def sentences_of(path: Path) -> str:
    """Read a file as the program does; give the sentence of its refusal, or nothing for a table."""
    try:
        table = read_table(path, name=path.name)
    except UnreadableFile as refused:
        return str(refused)
    assert isinstance(table, Table)
    assert all(len(row.cells) == len(table.columns) for row in table.rows)
    assert not {row.line for row in table.rows} & {problem.line for problem in table.problems}
    return ""


# A reader that hangs is what this looks for; how fast it is, benchmarks say.
COMES_BACK_WITHIN_S = 60


@pytest.mark.usefixtures("warm_child")
class TestBadFiles:
    @pytest.mark.parametrize("name", REFUSED)
    def test_are_refused_in_one_sentence(self, tmp_path, name):
        content, refusal = REFUSED[name]
        started = time.monotonic()

        with pytest.raises(UnreadableFile) as refused:
            read_table(makers.written(tmp_path, content), name="fichier.xlsx")

        assert refusal is None or refused.value.refusal is refusal
        assert refused.value.__cause__ is None
        assert time.monotonic() - started < COMES_BACK_WITHIN_S

    @pytest.mark.parametrize("name", READ)
    def test_that_hold_a_table_give_it_whole(self, tmp_path, name):
        started = time.monotonic()

        assert sentences_of(makers.written(tmp_path, READ[name])) == ""
        assert time.monotonic() - started < COMES_BACK_WITHIN_S

    def test_no_file_is_one_of_them(self, tmp_path):
        for path in (tmp_path / "nowhere", tmp_path):
            assert sentences_of(path) == str(SENTENCES[Refusal.MISSING])

    def test_are_more_than_sixty(self):
        assert len(REFUSED) + len(READ) >= 60

    def test_naughty_strings_come_out_as_they_went_in(self, tmp_path):
        table = read_table(makers.written(tmp_path, READ["every naughty string"]))

        assert [row.cells[1] for row in table.rows] == [text.strip() for text in NAUGHTY]


def test_a_file_that_asks_too_much_stops_the_child_that_was_started_for_it(tmp_path):
    content, refusal = REFUSED["one text 40,000 times"]

    with pytest.raises(UnreadableFile) as refused:
        read_table(makers.written(tmp_path, content))

    assert refused.value.refusal is refusal


class TestSentences:
    @pytest.mark.parametrize("refusal", Refusal)
    def test_say_what_happened_that_nothing_was_loaded_and_what_to_do(self, refusal):
        with translation.override("en"):
            sentence = str(SENTENCES[refusal])

        assert re.fullmatch(r"(The|There) [^:]+, so nothing was loaded: [^:]+\.", sentence)
        assert not re.search(r"[.!?]\s+[A-Z]", sentence)


@pytest.mark.usefixtures("warm_child")
class TestAnyBytes:
    @settings(max_examples=400, suppress_health_check=ONE_FIXTURE_FOR_ALL)
    @given(content=st.binary(max_size=400) | st.text(alphabet="a;,\"'\n\r\t=é|0", max_size=200).map(str.encode))
    def test_give_a_table_or_a_sentence(self, tmp_path, content):
        sentence = sentences_of(makers.written(tmp_path, content))

        assert sentence == "" or sentence in {str(each) for each in SENTENCES.values()}

    @pytest.mark.slow
    @settings(max_examples=60, suppress_health_check=ONE_FIXTURE_FOR_ALL)
    @given(at=st.integers(0, len(GOOD) - 1), byte=st.integers(0, 255))
    def test_of_a_damaged_workbook_too(self, tmp_path, at, byte):
        content = GOOD[:at] + bytes([byte]) + GOOD[at + 1 :]

        assert sentences_of(makers.written(tmp_path, content)) in {"", *(str(each) for each in SENTENCES.values())}

    @pytest.mark.slow
    @settings(max_examples=60, suppress_health_check=ONE_FIXTURE_FOR_ALL)
    @given(xml=st.text(alphabet='<>/crvtfis="0A1 ', max_size=60))
    def test_of_a_damaged_sheet_too(self, tmp_path, xml):
        assert sentences_of(makers.written(tmp_path, makers.with_sheet(xml))) in {"", *map(str, SENTENCES.values())}


MEASURED = """
import resource, sys, time
from pathlib import Path
from chezsoi.files.readers import read_table
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
started = time.monotonic()
table = read_table(Path(sys.argv[1]))
added = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(len(table.rows), added + resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, time.monotonic() - started)
"""


@pytest.mark.slow
class TestTwentyThousandRows:
    @pytest.mark.parametrize("kind", ["text", "workbook"])
    def test_take_less_than_200_mb_and_come_back(self, tmp_path, kind):
        columns = tuple(f"colonne {n}" for n in range(24))
        rows = [tuple(f"valeur {n % 997} {c}" for c in range(24)) for n in range(20_000)]
        text = makers.text(*(";".join(row) for row in (columns, *rows)))
        path = makers.written(tmp_path, text if kind == "text" else sheet_of(columns, *rows))

        measured = subprocess.run(
            [sys.executable, "-c", MEASURED, str(path)],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "PYTHONPATH": "src", "DJANGO_SETTINGS_MODULE": "chezsoi.config.settings"},
        )

        count, peak, seconds = measured.stdout.split()
        unit = 1 if sys.platform == "darwin" else 1024
        assert int(count) == 20_000
        assert int(peak) * unit < 200_000_000
        assert float(seconds) < COMES_BACK_WITHIN_S


def test_reading_leaves_the_limits_of_the_program_alone(tmp_path):
    limits = [resource.getrlimit(each) for each in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]

    read_table(makers.written(tmp_path, GOOD))

    assert limits == [resource.getrlimit(each) for each in (resource.RLIMIT_AS, resource.RLIMIT_CPU)]
