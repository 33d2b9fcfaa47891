"""
Measure how long a person waits for what a home would leave to live on: `python -m benchmarks.estimates`.

A real server and its worker, OpenFisca included, on a database made for it and thrown away. Twenty times, a page is
opened whose estimate is missing; twenty times, resources are stated and nobody presses anything. Rivals: the figures
computed by the process that writes the page, which must first load OpenFisca; and a process started for them alone, as
`chezsoi benefits` is. Writes benchmarks/results/estimates.json and .md.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, sleep
from typing import TYPE_CHECKING, Any

from benchmarks.processors import processor

if TYPE_CHECKING:
    from chezsoi.people.models import Household

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "benchmarks" / "results"
PORT, TIMES, RUNS, POLL, PATIENCE = 8_219, 20, 5, 0.5, 30.0
FIGURE = "Left to pay, a month"
ENTRY = [sys.executable, "-m", "chezsoi.config.entry"]
COMPUTES = "from benchmarks.benefits import *; estimate(households(1)[0], homes(1)[0], on=DAY)"
CASE = {
    "on": "2026-10-01",
    "commune": "63113",
    "persons": [{"role": "lead", "birth_date": "1992-03-01", "resources": [{"kind": "rsa", "per_month": 0}]}],
    "home": {"rent_per_month": 300, "charges_per_month": 50, "tenure": "social"},
}
WANTED = 2.0


class Reader:
    """A person signed in, asking the server as a browser does."""

    def __init__(self, cookies: dict[str, str]) -> None:
        self.cookies = cookies

    def page(self, path: str) -> str:
        """Open a page."""
        return self._ask("GET", path).read().decode()

    def asks_again(self, path: str) -> bool:
        """Ask, as the open page does, whether the figures are there."""
        headers = {
            "HX-Request": "true",
            "X-CSRFToken": self.cookies["csrftoken"],
            "Referer": f"http://localhost:{PORT}/",
        }
        return self._ask("POST", path, headers).headers.get("HX-Refresh") == "true"

    def _ask(self, method: str, path: str, headers: dict[str, str] | None = None) -> HTTPResponse:
        connection = HTTPConnection("localhost", PORT, timeout=PATIENCE)
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, path, headers={"Cookie": cookie, "Accept-Language": "en", **(headers or {})})
        answer = connection.getresponse()
        if answer.status >= 300:
            raise SystemExit(f"{path} answered {answer.status}")
        for name, value in answer.headers.items():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookies["csrftoken"] = value.removeprefix("csrftoken=").split(";")[0]
        return answer


def main() -> None:
    """Build, serve, measure, write."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"CHEZSOI_DATA_DIR": folder, "CHEZSOI_DEMO": "0", "CHEZSOI_PORT": str(PORT)}
        os.environ |= {"DJANGO_SETTINGS_MODULE": "chezsoi.config.settings"}
        subprocess.run([*ENTRY, "migrate"], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
        import django

        django.setup()
        reader = _made()
        load = os.getloadavg()[0]
        with _serving():
            households = _estimated()
            opened = [_opened(reader, each) for each in households]
            measured = {
                "the page, its figures missing": [there for there, _shown in opened],
                "its figures, shown": [shown for _there, shown in opened],
                "resources stated, figures kept after the commit": [_stated(each) for each in households],
            }
        case = Path(folder) / "case.json"
        case.write_text(json.dumps(CASE), encoding="utf-8")
        rivals = {
            "rival: the page’s process loads OpenFisca and computes": [_loading() for _ in range(RUNS)],
            "rival: a process started for one case": [_case(case) for _ in range(RUNS)],
        }
    _write({name: _cuts(values) for name, values in (measured | rivals).items()}, load)


def _made() -> Reader:
    """Register households that hope for a home, and sign in somebody who may read them."""
    from django.conf import settings
    from django.test import Client
    from tests.factories import outlays, territories

    from chezsoi.territories.models import User

    for _ in range(2 * TIMES):
        outlays.candidate()
    client = Client()
    client.force_login(User.objects.get(pk=territories.actor("siao_officer").user_id))
    return Reader({settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value})


@contextmanager
def _serving() -> Iterator[None]:
    server = subprocess.Popen([*ENTRY, "run"], cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    try:
        _until(_answers)
        _until(_all_estimated)
        yield
    finally:
        server.terminate()
        server.wait()


def _until(is_so: Callable[[], bool], *, every: float = 0.02, within: float = 120.0) -> float:
    """Give the seconds it took to be so."""
    started = perf_counter()
    while not is_so():
        if perf_counter() - started > within:
            raise SystemExit(f"{is_so} is not so after {within} seconds")
        sleep(every)
    return perf_counter() - started


def _answers() -> bool:
    connection = HTTPConnection("localhost", PORT, timeout=PATIENCE)
    try:
        connection.request("GET", "/")
        return connection.getresponse().status < 500
    except OSError:
        return False


def _all_estimated() -> bool:
    return len(_estimated()) == TIMES


def _estimated() -> list[Household]:
    """List the first households of whom figures are kept."""
    from chezsoi.people.models import Household

    kept = Household.objects.filter(candidacies__outlay_estimate__isnull=False)
    return list(kept.exclude(candidacies__outlay_estimate__figures={}).distinct().order_by("pk")[:TIMES])


def _opened(reader: Reader, household: Household) -> tuple[float, float]:
    """Open a page whose figures are missing; give when it was there, and when the page with its figures was."""
    from chezsoi.allocation.models import OutlayEstimate

    OutlayEstimate.objects.filter(candidacy__household=household).delete()
    path, started = f"/people/{household.pk}/", perf_counter()
    if FIGURE in reader.page(path):
        raise SystemExit("the figures were there before they were computed")
    there = perf_counter() - started
    _until(lambda: reader.asks_again(f"{path}estimate/"), every=POLL)
    if FIGURE not in reader.page(path):
        raise SystemExit("the page came back without its figures")
    return there, perf_counter() - started


def _stated(household: Household) -> float:
    """State resources; give how long after the commit the figures of those are kept."""
    from django.utils import timezone
    from tests.factories import people, territories

    from chezsoi.allocation.models import OutlayEstimate
    from chezsoi.people import actions

    theirs = OutlayEstimate.objects.filter(candidacy__household=household).exclude(figures={})
    before = theirs.values_list("household_digest", flat=True)[0]
    today = timezone.localdate()
    resources = actions.NewResources(kind="wage", stated_on=today, amount_per_month=Decimal(900))
    actions.record_resources(actor=territories.program(), person=people.lead(household), resources=resources, on=today)
    return _until(lambda: not theirs.filter(household_digest=before).exists() and theirs.exists())


def _loading() -> float:
    """Give the seconds of a first estimate in a process that has Django ready, as a page's would be."""
    program = (
        "import django; django.setup(); from time import perf_counter; started = perf_counter(); "
        f"{COMPUTES}; print(perf_counter() - started)"
    )
    return float(subprocess.check_output([sys.executable, "-c", program], text=True, cwd=ROOT))  # noqa: S603


def _case(case: Path) -> float:
    started = perf_counter()
    subprocess.run([*ENTRY, "benefits", str(case)], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)  # noqa: S603
    return perf_counter() - started


def _cuts(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(median(values), 3),
        "p95": round(quantiles(values, n=20, method="inclusive")[18], 3),
        "most": round(max(values), 3),
    }


def _write(measured: dict[str, dict[str, float]], load: float) -> None:
    machine = f"{os.cpu_count()} processors ({processor()}), Python {platform.python_version()}, load {load:.1f} before"
    result: dict[str, Any] = {"date": date.today().isoformat(), "machine": machine, "seconds": measured}  # noqa: DTZ011
    (RESULTS / "estimates.json").write_text(json.dumps(result, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    shown = measured["its figures, shown"]
    lines = [
        "# How long one waits for an estimate",
        "",
        f"Measured on {result['date']} by `python -m benchmarks.estimates`; {machine}.",
        f"A server and its worker with OpenFisca, {TIMES} households. Wanted: shown within {WANTED:.0f} seconds; the",
        "page never waits for it, and no process that serves pages loads OpenFisca.",
        "",
        "| times the wait on the page (median) | ratio |",
        "|---|---:|",
        *(f"| {name} | {each['median'] / shown['median']:.1f} |" for name, each in measured.items() if "rival" in name),
        "",
        "| seconds on the clock | median | p95 | most |",
        "|---|---:|---:|---:|",
        *(f"| {name} | {each['median']} | {each['p95']} | {each['most']} |" for name, each in measured.items()),
    ]
    (RESULTS / "estimates.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
