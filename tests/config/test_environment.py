import stat

import pytest
from django.db import connection

from chezsoi.config import environment
from chezsoi.config.environment import BadSetting, database


def read(root, **variables: str):
    return environment.read({f"CHEZSOI_{name}": value for name, value in variables.items()}, root=root)


class TestRead:
    def test_needs_nothing_on_ones_own_machine(self, tmp_path):
        found = read(tmp_path)

        assert not found.is_server
        assert found.demo
        assert found.data_dir == tmp_path / "var"
        assert found.database_url == f"sqlite:///{tmp_path / 'var' / 'chezsoi.sqlite3'}"
        assert found.hosts == ("localhost", "127.0.0.1", "[::1]")
        assert (found.port, found.log_level) == (8000, "WARNING")

    def test_takes_an_empty_variable_for_one_that_is_not_set(self, tmp_path):
        assert read(tmp_path, PORT="", MODE="", DATA_DIR="", DEMO="") == read(tmp_path)

    def test_shows_no_demonstration_on_a_server_unless_asked(self, tmp_path):
        assert not read(tmp_path, MODE="server", HOSTS="a.fr, b.fr").demo
        assert read(tmp_path, MODE="server", HOSTS="a.fr", DEMO="1").demo
        assert read(tmp_path, MODE="server", HOSTS="a.fr, ,b.fr").hosts == ("a.fr", "b.fr")

    def test_asks_a_server_for_its_names(self, tmp_path):
        with pytest.raises(BadSetting, match="CHEZSOI_HOSTS"):
            read(tmp_path, MODE="server")

    @pytest.mark.parametrize(
        ("name", "value"), [("MODE", "production"), ("DEMO", "yes"), ("PORT", "80a"), ("LOG_LEVEL", "loud")]
    )
    def test_refuses_a_value_it_does_not_understand(self, name, value, tmp_path):
        with pytest.raises(BadSetting, match=f"CHEZSOI_{name}={value}"):
            read(tmp_path, **{name: value})


class TestEntrance:
    def test_asks_for_no_second_factor_on_ones_own_machine_and_for_some_on_a_server(self, tmp_path):
        assert read(tmp_path).second_factor == "optional"
        assert read(tmp_path, MODE="server", HOSTS="a.fr").second_factor == "sensitive_roles"
        assert read(tmp_path, MODE="server", HOSTS="a.fr", SECOND_FACTOR="optional").second_factor == "optional"

    def test_names_the_site_in_mails(self, tmp_path):
        assert read(tmp_path, PORT="8100").site_url == "http://localhost:8100"
        assert read(tmp_path, MODE="server", HOSTS="a.fr,b.fr").site_url == "https://a.fr"
        assert read(tmp_path, MODE="server", HOSTS="a.fr").mail_from == "chezsoi@a.fr"
        assert read(tmp_path, MAIL_FROM="lda@b.fr").mail_from == "lda@b.fr"

    def test_takes_a_provider_whole_or_not_at_all(self, tmp_path):
        found = read(tmp_path, OIDC_ISSUER="https://p.fr/api/v2/", OIDC_CLIENT_ID="c", OIDC_CLIENT_SECRET="s")
        assert (found.oidc_issuer, found.oidc_name) == ("https://p.fr/api/v2", "ProConnect")
        with pytest.raises(BadSetting, match="CHEZSOI_OIDC_CLIENT_SECRET"):
            read(tmp_path, OIDC_ISSUER="https://p.fr", OIDC_CLIENT_ID="c")
        with pytest.raises(BadSetting, match="https://"):
            read(
                tmp_path,
                MODE="server",
                HOSTS="a.fr",
                OIDC_ISSUER="http://p.fr",
                OIDC_CLIENT_ID="c",
                OIDC_CLIENT_SECRET="s",
            )

    @pytest.mark.parametrize(("name", "value"), [("SECOND_FACTOR", "always"), ("IDLE_MINUTES", "long")])
    def test_refuses_a_value_it_does_not_understand(self, name, value, tmp_path):
        with pytest.raises(BadSetting, match=f"CHEZSOI_{name}={value}"):
            read(tmp_path, **{name: value})


class TestMail:
    def test_is_a_folder_without_a_server(self):
        assert environment.mail("").backend.endswith("filebased.EmailBackend")

    @pytest.mark.parametrize(
        ("url", "port", "from_the_start", "after_greeting"),
        [
            ("smtp://relay", 587, False, True),
            ("smtp://relay:25?plain", 25, False, False),
            ("smtps://me:p%40ss@relay", 465, True, False),
        ],
    )
    def test_leaves_by_the_server_named(self, url, port, from_the_start, after_greeting):
        found = environment.mail(url)

        assert (found.host, found.port) == ("relay", port)
        assert (found.is_tls_from_the_start, found.is_tls_after_greeting) == (from_the_start, after_greeting)

    @pytest.mark.parametrize("url", ["relay:25", "http://relay", "smtp://"])
    def test_refuses_what_is_no_mail_server(self, url):
        with pytest.raises(BadSetting, match="CHEZSOI_MAIL_URL"):
            environment.mail(url)


class TestSecret:
    def test_is_made_once_and_readable_by_its_owner_alone(self, tmp_path):
        found = read(tmp_path, DATA_DIR=str(tmp_path / "data"))

        secret = found.secret("encryption_key")

        assert found.secret("encryption_key") == secret
        assert len(secret) >= 64
        assert stat.S_IMODE((tmp_path / "data" / "encryption_key").stat().st_mode) == 0o600

    def test_is_another_for_another_name(self, tmp_path):
        found = read(tmp_path)

        assert found.secret("a") != found.secret("b")

    def test_is_that_of_the_process_that_came_first(self, tmp_path):
        path = tmp_path / "secret"
        path.write_text("first")

        environment._write_once(path, "second")

        assert path.read_text() == "first"


class TestDatabase:
    @pytest.mark.parametrize(
        ("url", "name"),
        [
            ("sqlite:////srv/chezsoi.sqlite3", "/srv/chezsoi.sqlite3"),
            ("sqlite:///srv/chezsoi.sqlite3", "/srv/chezsoi.sqlite3"),
            ("sqlite:////srv/a%20b.sqlite3", "/srv/a b.sqlite3"),
        ],
    )
    def test_reads_the_path_of_a_file(self, url, name):
        assert database(url)["NAME"] == name

    def test_opens_sqlite_so_that_acknowledged_means_durable(self):
        options = database("sqlite:///here.sqlite3")["OPTIONS"]

        assert options["transaction_mode"] == "IMMEDIATE"
        assert "journal_mode=WAL" in options["init_command"]
        assert "synchronous=FULL" in options["init_command"]
        assert "PRAGMA fullfsync=ON" in options["init_command"]

    def test_reads_the_parts_of_a_server_address(self):
        found = database("postgresql://me:p%40ss@db:5433/chezsoi?sslmode=require")

        assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"]) == ("me", "p@ss", "db", "5433")
        assert found["NAME"] == "chezsoi"
        assert found["OPTIONS"]["sslmode"] == "require"

    def test_has_a_server_run_what_is_asked_without_compiling_it_first_unless_the_address_says_otherwise(self):
        assert database("postgresql://me@db/chezsoi")["OPTIONS"] == {"options": "-c jit=off"}
        assert database("postgresql://me@db/chezsoi?options=-c%20jit%3Don")["OPTIONS"] == {"options": "-c jit=on"}

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL compiles what it is asked")
    def test_is_heard_by_the_server(self):
        with connection.cursor() as cursor:
            cursor.execute("SHOW jit")

            assert cursor.fetchone() == ("off",)

    def test_keeps_a_connection_to_a_server_from_one_page_to_the_next_and_checks_it_before(self):
        found = database("postgresql://me@db/chezsoi")

        assert (found["CONN_MAX_AGE"] > 0, found["CONN_HEALTH_CHECKS"]) == (True, True)

    def test_reads_the_folder_of_a_socket(self):
        assert database("postgres://me@/chezsoi?host=%2Frun%2Fpg")["HOST"] == "/run/pg"

    def test_refuses_another_kind_of_database(self):
        with pytest.raises(BadSetting, match="postgresql://"):
            database("mysql://me@db/chezsoi")
