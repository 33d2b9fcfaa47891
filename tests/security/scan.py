"""An active scan of the house: what is sent comes back harmless, and every answer bears its headers."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

from tests.security.house import Visit, body, is_html

PROBE = "q7z\"'><q7z>{{7*7}}"
RAW = ('q7z"', "q7z'", "<q7z", "&gt;49")
ESCAPED = re.compile(r"q7z(?:&quot;|&#34;|\\u0022|%22)")
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "javascript:alert(1)",
    "https:evil.example",
)
POLICY = ("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
ABSENT = ("Server", "X-Powered-By", "Access-Control-Allow-Origin")
OUTWARDS = re.compile(r"(?:href|action|src)=\"(?:https:)?(?://|/\\|https:|javascript:)\S*(?:evil|alert)")
UNUSED_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND")
NEVER_THERE = (
    "/admin/", "/__debug__/", "/metrics", "/docs", "/openapi.json", "/api/schema/", "/.git/HEAD", "/.env", "/debug",
    "/phpinfo.php", "/server-status", "/var/", "/uploads/", "/media/",
    "/people/999999/", "/people/0x41/", "/%00", "/people/%0d%0aSet-Cookie:a=b/", "/a" * 900,
)  # fmt: skip
DETAILS = re.compile(r"Traceback|Exception Type|chezsoi/\w+/\w+\.py|site-packages|DJANGO_|SECRET|sqlite3|psycopg")
BROKEN = 500


def reflections(visit: Visit) -> tuple[int, list[str]]:
    """Send the probe through every form and parameter: count where it came back escaped, name where it did not."""
    escaped, faults = 0, []
    for form in visit.forms:
        for filled in (form.with_typed(PROBE), form.with_all(PROBE)):
            response = visit.ask(filled.action, filled.fields, filled.method)
            told = body(response)
            if response.status_code >= BROKEN:
                faults.append(f"{form.method} {form.action} breaks ({response.status_code})")
            if is_html(response):
                escaped += bool(ESCAPED.search(told))
                faults += [f"{form.method} {form.action} shows {raw}" for raw in RAW if raw in told]
            faults += [f"{form.method} {form.action}: {fault}" for fault in headers(response, signed_in=True)]
    return escaped, faults


def headers(response: Any, *, signed_in: bool) -> Iterator[str]:
    """Say which headers an answer lacks, or bears and should not."""
    policy = response.get("Content-Security-Policy", "")
    yield from (f"no {part} in the policy" for part in POLICY if part not in policy)
    if "unsafe-" in policy or " * " in f"{policy} " or "http:" in policy:
        yield f"a policy that lets too much in: {policy}"
    for name, value in (
        ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"), ("X-Frame-Options", "DENY"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
    ):  # fmt: skip
        if response.get(name) != value:
            yield f"{name}: {response.get(name)}"
    if signed_in and "no-store" not in response.get("Cache-Control", ""):
        yield f"Cache-Control: {response.get('Cache-Control')}"
    yield from (f"bears {name}" for name in ABSENT if name in response)
    if is_html(response):
        yield from _inline(body(response), policy)


def _inline(html: str, policy: str) -> Iterator[str]:
    """Say which scripts and styles of a page its policy would not run."""
    nonces = set(re.findall(r"'nonce-([^']+)'", policy))
    for tag in re.findall(r"<(?:script|style)\b[^>]*>", html):
        nonce = re.search(r'nonce="([^"]*)"', tag)
        if "src=" not in tag and "json" not in tag and not (nonce and nonce[1] in nonces):
            yield f"{tag} without the nonce of its policy"
    if found := re.search(r"<[^>]+\s(on\w+|style)=[\"']", html):
        yield f"{found[1]} written in a tag"


def methods(visit: Visit) -> Iterator[str]:
    """Name the addresses that answer a method nobody asked them to."""
    for name, address in visit.addresses.items():
        for method in UNUSED_METHODS if " GET " in name else ():
            status = visit.client.generic(method, address).status_code
            if status != 405:
                yield f"{method} {address} answers {status}"


def redirections(visit: Visit) -> Iterator[str]:
    """Name the addresses that lead out of the house when asked to."""
    asked = {(form.action, form.method): dict(form.fields) for form in visit.forms}
    asked |= {(address, name.split()[1]): {} for name, address in visit.addresses.items()}
    for (address, method), fields in asked.items():
        for elsewhere in ELSEWHERE if "next" in fields else ELSEWHERE[:1]:
            where = {**fields, "next": elsewhere, "url": ELSEWHERE[1], "return": ELSEWHERE[2]}
            response = visit.ask(address, where, method, referer=elsewhere)
            yield from (f"{method} {address} with next={elsewhere}: {fault}" for fault in _leads_out(response))


def _leads_out(response: Any) -> Iterator[str]:
    for name in ("Location", "HX-Redirect", "HX-Location"):
        target = response.get(name, "")
        if "evil" in urlsplit(target.replace("\\", "/")).netloc or target.startswith("javascript:"):
            yield f"{name}: {target}"
    if is_html(response) and (found := OUTWARDS.search(body(response))):
        yield found[0]


def secrets_of_errors(visit: Visit) -> Iterator[str]:
    """Name the pages of errors that say more than what happened, and what should not be there at all."""
    for address in NEVER_THERE:
        response = visit.ask(address)
        told = body(response)
        if response.status_code not in {301, 302, 400, 403, 404}:
            yield f"{address[:40]} answers {response.status_code}"
        if found := DETAILS.search(told):
            yield f"{address[:40]} says {found[0]}"
        yield from (f"{address[:40]}: {fault}" for fault in headers(response, signed_in=visit.role != "anonymous"))
