"""The forms of a page, read as a browser reads them, and filled as somebody, or something, would fill them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import parse_qsl, urljoin, urlsplit

from bs4 import BeautifulSoup, Tag
from django.utils import timezone

TEXT = {"text", "search", "tel", "email", "url", "password", "hidden", ""}
SENT_ALONE = {"submit", "button", "image", "reset", "file"}
OURS = "csrfmiddlewaretoken"
BY_NAME = {"commune": "Metz", "amount": "500", "number": "0612345678"}
USUAL = {
    "email": "someone@example.org",
    "number": "1",
    "tel": "0612345678",
    "url": "https://example.org/",
    "time": "10:00",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form: where it goes, how, what it would send, and which of its fields somebody types into."""

    action: str
    method: str
    fields: Mapping[str, str]
    typed: frozenset[str]

    def with_typed(self, words: str) -> "Form":
        """Type the same words into every field that takes words."""
        return replace(self, fields={**self.fields, **dict.fromkeys(self.typed, words)})

    def with_all(self, words: str) -> "Form":
        """Send the same words under every name, choices included, as no browser would."""
        return replace(self, fields=dict.fromkeys(self.fields, words))


def forms(html: str, address: str) -> Iterator[Form]:
    """Read the forms of a page with an answer in each field that must have one."""
    for form in _parsed(html).select("form"):
        controls = [each for each in form.select("input, select, textarea") if _is_sent(each)]
        yield Form(
            action=urlsplit(urljoin(address, form.get("action") or address)).path,
            method=(form.get("method") or "get").upper(),
            fields=_answers(controls) | _button(form),
            typed=frozenset(str(each["name"]) for each in controls if _is_typed(each)),
        )


def parameters(html: str, address: str) -> Iterator[Form]:
    """Read the addresses with parameters that a page links to: each is a form somebody filled."""
    for link in _parsed(html).select("a[href*='?']"):
        target = urlsplit(urljoin(address, str(link["href"])))
        fields = dict(parse_qsl(target.query, keep_blank_values=True))
        if fields and not target.netloc:
            yield Form(action=target.path, method="GET", fields=fields, typed=frozenset(fields))


@lru_cache(maxsize=1)
def _parsed(html: str) -> BeautifulSoup:
    """Parse the page at hand once, for its forms and for its links."""
    return BeautifulSoup(html, "html.parser")


def _is_sent(control: Tag) -> bool:
    name, kind = control.get("name"), str(control.get("type", ""))
    return bool(name) and name != OURS and kind not in SENT_ALONE and not control.has_attr("disabled")


def _is_typed(control: Tag) -> bool:
    kind = str(control.get("type", ""))
    return control.name == "textarea" or (control.name == "input" and kind in TEXT - {"hidden"})


def _answers(controls: list[Tag]) -> dict[str, str]:
    given: dict[str, str] = {}
    for control in controls:
        name, kind = str(control["name"]), str(control.get("type", ""))
        if kind in {"radio", "checkbox"}:
            if control.has_attr("checked") or (kind == "radio" and name not in given):
                given[name] = str(control.get("value", "on"))
        else:
            given[name] = _answer(control, kind)
    return given


def _answer(control: Tag, kind: str) -> str:
    if control.name == "select":
        options = control.select("option")
        chosen = [each for each in options if each.has_attr("selected")]
        return next((value for each in (*chosen, *options) if (value := str(each.get("value", each.text)))), "")
    if control.name == "textarea":
        return control.text.strip() or "a few words long enough to be taken"
    return str(control.get("value") or "") or _usual(str(control["name"]), kind)


def _usual(name: str, kind: str) -> str:
    today = timezone.localdate()
    parts = {"day": today.day, "month": today.month, "year": today.year}
    by_part = next((str(value) for part, value in parts.items() if name.endswith(part)), "")
    if by_part or kind == "hidden":
        return by_part
    return today.isoformat() if kind == "date" else BY_NAME.get(name) or USUAL.get(kind, "word")


def _button(form: Tag) -> dict[str, str]:
    """Press the first button that says something of its own."""
    button = form.select_one("button[name]")
    return {str(button["name"]): str(button.get("value", ""))} if button else {}
