"""What the environment says: every setting of the house is a variable `CHEZSOI_…` with a safe default."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit


class BadSetting(Exception):
    """An environment variable holds a value the house cannot use."""


SECONDS_A_CONNECTION_IS_KEPT = 60
"""Opening one to PostgreSQL costs more than most of the questions a page asks."""

WITHOUT_JIT = "-c jit=off"
"""PostgreSQL overrates the questions of a page, long and cheap: it compiled for a second what takes it 10 ms."""
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA mmap_size=134217728;"
        "PRAGMA journal_size_limit=27103364;PRAGMA cache_size=2000;PRAGMA foreign_keys=ON;"
        # On macOS an ordinary fsync leaves the row in the disk's own memory; elsewhere these two change nothing.
        "PRAGMA fullfsync=ON;PRAGMA checkpoint_fullfsync=ON;"
    ),
}


@dataclass(frozen=True, kw_only=True)
class Environment:
    """The settings as read once at start."""

    mode: str
    data_dir: Path
    database_url: str
    demo: bool
    hosts: tuple[str, ...]
    port: int
    log_level: str
    scanner: str = ""
    mail_url: str = ""
    mail_from: str = ""
    second_factor: str = "optional"
    idle_minutes: int = 120
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = ""
    oidc_name: str = "ProConnect"

    @property
    def is_server(self) -> bool:
        return self.mode == "server"

    @property
    def site_url(self) -> str:
        """Give the address of the site, for links in mails."""
        return f"https://{self.hosts[0]}" if self.is_server else f"http://localhost:{self.port}"

    def secret(self, name: str) -> str:
        """
        Give a secret kept in the data directory, made at first need, readable by its owner alone.

        A secret that was lost cannot be made again: encrypted fields would stay unreadable. Back up the directory.
        """
        path = self.data_dir / name
        if not path.exists():
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
            _write_once(path, secrets.token_urlsafe(48))
        return path.read_text(encoding="ascii").strip()


@dataclass(frozen=True, kw_only=True)
class MailServer:
    """Where mails leave from."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    is_tls_from_the_start: bool = False
    is_tls_after_greeting: bool = False


def read(variables: dict[str, str] | None = None, *, root: Path) -> Environment:
    """Read the variables `CHEZSOI_…`; a value out of its list is refused with what was expected."""
    given = os.environ if variables is None else variables
    mode = _choice(given, "CHEZSOI_MODE", ("local", "server"))
    data_dir = Path(given.get("CHEZSOI_DATA_DIR") or root / "var").expanduser().absolute()
    hosts = tuple(host.strip() for host in given.get("CHEZSOI_HOSTS", "").split(",") if host.strip())
    if mode == "server" and not hosts:
        raise BadSetting("CHEZSOI_MODE=server needs CHEZSOI_HOSTS, the names the site answers to (comma-separated).")
    return Environment(
        mode=mode,
        data_dir=data_dir,
        database_url=given.get("CHEZSOI_DATABASE_URL") or f"sqlite:///{data_dir / 'chezsoi.sqlite3'}",
        demo=_choice(given, "CHEZSOI_DEMO", ("0", "1") if mode == "server" else ("1", "0")) == "1",
        hosts=hosts or ("localhost", "127.0.0.1", "[::1]"),
        port=_number(given, "CHEZSOI_PORT", 8000),
        log_level=_choice(given, "CHEZSOI_LOG_LEVEL", ("WARNING", "DEBUG", "INFO", "ERROR")),
        scanner=_scanner(given.get("CHEZSOI_SCANNER", "")),
        **_entrance(given, mode=mode, hosts=hosts),
    )


def database(url: str) -> dict[str, Any]:
    """
    Turn a database URL into Django's settings.

    >>> database("postgresql://me:p%40ss@db:5433/chezsoi")["PASSWORD"]
    'p@ss'
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        name = unquote(parts.path.removeprefix("/")) if parts.path.startswith("//") else unquote(parts.path)
        return {"ENGINE": "chezsoi.config.sqlite", "NAME": name, "OPTIONS": dict(SQLITE_OPTIONS)}
    if parts.scheme not in {"postgres", "postgresql"}:
        raise BadSetting("CHEZSOI_DATABASE_URL must start with sqlite:/// or postgresql://")
    options = {"options": WITHOUT_JIT, **dict(parse_qsl(parts.query))}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.removeprefix("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", "") or unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": SECONDS_A_CONNECTION_IS_KEPT,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }


def mail(url: str) -> MailServer:
    """
    Read the address of a mail server; without one, mails are files in the folder `mail` of the data.

    >>> mail("smtp://me:p%40ss@relay:587").password
    'p@ss'
    """
    parts = urlsplit(url)
    if not url:
        return MailServer(backend="django.core.mail.backends.filebased.EmailBackend")
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise BadSetting("CHEZSOI_MAIL_URL must be smtp://user:password@host:587 or smtps://user:password@host:465")
    is_plain = "plain" in parse_qs(parts.query, keep_blank_values=True)
    return MailServer(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname,
        port=parts.port or (465 if parts.scheme == "smtps" else 587),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        is_tls_from_the_start=parts.scheme == "smtps",
        is_tls_after_greeting=parts.scheme == "smtp" and not is_plain,
    )


def _entrance(given: Any, *, mode: str, hosts: tuple[str, ...]) -> dict[str, Any]:
    """Read how people come in, and where mails leave from."""
    factor = ("sensitive_roles", "optional") if mode == "server" else ("optional", "sensitive_roles")
    issuer = given.get("CHEZSOI_OIDC_ISSUER", "").rstrip("/")
    client_id, client_secret = given.get("CHEZSOI_OIDC_CLIENT_ID", ""), given.get("CHEZSOI_OIDC_CLIENT_SECRET", "")
    if issuer and not (client_id and client_secret):
        raise BadSetting("CHEZSOI_OIDC_ISSUER needs CHEZSOI_OIDC_CLIENT_ID and CHEZSOI_OIDC_CLIENT_SECRET.")
    if issuer and mode == "server" and not issuer.startswith("https://"):
        raise BadSetting(f"CHEZSOI_OIDC_ISSUER={issuer} must start with https:// on a server.")
    return {
        "mail_url": given.get("CHEZSOI_MAIL_URL", ""),
        "mail_from": given.get("CHEZSOI_MAIL_FROM") or f"chezsoi@{hosts[0] if hosts else 'localhost'}",
        "second_factor": _choice(given, "CHEZSOI_SECOND_FACTOR", factor),
        "idle_minutes": _number(given, "CHEZSOI_IDLE_MINUTES", 120),
        "oidc_issuer": issuer,
        "oidc_client_id": client_id,
        "oidc_client_secret": client_secret,
        "oidc_name": given.get("CHEZSOI_OIDC_NAME") or "ProConnect",
    }


def _choice(given: Any, name: str, allowed: tuple[str, ...]) -> str:
    value: str = given.get(name) or allowed[0]
    if value not in allowed:
        raise BadSetting(f"{name}={value} is not understood; it may be {' or '.join(allowed)}.")
    return value


def _scanner(address: str) -> str:
    kind, _, where = address.partition(":")
    port = where.rpartition(":")[2]
    if address and not (kind == "unix" and where) and not (kind == "tcp" and port.isdecimal()):
        raise BadSetting(
            f"CHEZSOI_SCANNER={address} is not understood; it may be unix:/path/of/socket or tcp:host:port."
        )
    return address


def _number(given: Any, name: str, default: int) -> int:
    value = given.get(name) or str(default)
    if not value.isdecimal():
        raise BadSetting(f"{name}={value} is not a whole number.")
    return int(value)


def _write_once(path: Path, content: str) -> None:
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(content)
