import os
import subprocess
import sys

import psycopg
import pytest

from tests import postgres


class TestAddress:
    def test_may_point_to_the_folder_of_a_socket(self):
        assert postgres.address("/run/pg", "me", "5433") == "postgresql://me@:5433/postgres?host=%2Frun%2Fpg"


class TestServer:
    def test_uses_the_server_that_was_set(self, monkeypatch):
        monkeypatch.setenv("PGHOST", "db")
        monkeypatch.setenv("PGUSER", "me")
        monkeypatch.delenv("PGPORT", raising=False)

        with postgres.server() as url:
            assert url == "postgresql://me@/postgres?host=db"

    @pytest.mark.slow
    def test_lives_as_long_as_its_context(self, monkeypatch):
        monkeypatch.delenv("PGHOST", raising=False)

        with postgres.server() as url, psycopg.connect(url) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)

        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(url)


class TestReapLeftovers:
    def test_removes_the_folder_of_an_owner_who_died(self, tmp_path):
        dead = subprocess.Popen([sys.executable, "-c", ""])
        dead.wait()
        left, kept = (tmp_path / f"{postgres.PREFIX}{name}" for name in ("left", "kept"))
        for folder, owner in ((left, dead.pid), (kept, os.getpid())):
            folder.mkdir()
            (folder / postgres.OWNER).write_text(str(owner))

        assert postgres.reap_leftovers(tmp_path) == [left]

        assert kept.exists()
        assert not left.exists()


class TestMain:
    def test_asks_for_a_command(self, capsys):
        assert postgres.main(["--"]) == 2
        assert "usage" in capsys.readouterr().err

    def test_gives_the_command_its_server_and_returns_its_answer(self, monkeypatch):
        monkeypatch.setenv("PGHOST", "db")
        check = "import os, sys; sys.exit(7 if 'host=db' in os.environ['CHEZSOI_DATABASE_URL'] else 0)"

        assert postgres.main(["--", sys.executable, "-c", check]) == 7

    def test_says_in_one_line_why_there_is_no_server(self, monkeypatch, capsys, tmp_path):
        monkeypatch.delenv("PGHOST", raising=False)
        monkeypatch.setenv("PG_BIN", str(tmp_path))

        assert postgres.main(["--", "true"]) == 1
        assert len(capsys.readouterr().err.splitlines()) == 1
