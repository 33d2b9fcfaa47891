"""Calls that turn what somebody sent into code, a query, an address or a document are few, and each is known."""

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.source import Module, called, calls, module, modules, nodes

DANGEROUS = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.loads", "pickle.load", "marshal.loads",
    "yaml.load", "yaml.unsafe_load", "shelve.open", "mark_safe", "Template", "engine.from_string", "Engine",
}  # fmt: skip
SENDERS = ("httpx", "requests", "urllib.request", "http.client", "aiohttp", "ftplib", "socket")
WHO_ASKS_OUTSIDE = {"portal/provider.py", "files/documents/scanning.py"}
# What fields/questions.py executes was written by a queryset.
WHO_WRITES_SQL = {
    *("files/backups/", "journeys/retention/actions/scrubbing.py", "trail/seals.py", "fields/questions.py")
}
WHO_RUNS_PROGRAMS = {"files/backups/postgres.py", "files/readers/workbook.py", "portal/command_line/server.py"}
WHO_DRAWS_WITHOUT_SECRET = {"portal/demonstration/", "engines/", "files/backups/"}


def dangerous(given: Module) -> Iterator[str]:
    """Name the calls that would run, or trust, what somebody sent."""
    for call in calls(given):
        name = called(call)
        if name in DANGEROUS and "SafeLoader" not in _bases(given, call):
            yield given.says(call, name)
        if name.endswith((".raw", ".extra")) or name == "RawSQL":
            yield given.says(call, name)
        if any(word.arg == "shell" for word in call.keywords):
            yield given.says(call, "shell")


def _bases(given: Module, call: ast.Call) -> set[str]:
    """Name what the loader of a call stands on, when the module makes its own."""
    loaders = {ast.unparse(word.value) for word in call.keywords} | {ast.unparse(each) for each in call.args[1:]}
    made = (node for node in nodes(given.tree) if isinstance(node, ast.ClassDef) and node.name in loaders)
    return {ast.unparse(base).rpartition(".")[2] for node in made for base in node.bases}


def imported(given: Module) -> set[str]:
    """Name what a module imports, whole."""
    found = set()
    for node in nodes(given.tree):
        if isinstance(node, ast.Import):
            found |= {each.name for each in node.names}
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{each.name}" for each in node.names)}
    return found


def those_that(takes, names: tuple[str, ...]) -> set[str]:
    return {each.place for each in modules() if any(name in takes(each) for name in names)}


def outside(places: set[str], allowed: set[str]) -> set[str]:
    return {place for place in places if not place.startswith(tuple(allowed))}


def executes(given: Module) -> set[str]:
    return {called(call).rpartition(".")[2] for call in calls(given)}


def test_asvs_1_2_4_1_3_1_1_3_7_1_5_2_nothing_sent_becomes_code_a_query_or_a_page():
    assert [found for each in modules() for found in dangerous(each)] == []


def test_asvs_1_2_4_only_backups_purge_and_seals_write_their_own_sql():
    assert outside(those_that(executes, ("execute", "executescript", "executemany")), WHO_WRITES_SQL) == set()


def test_asvs_1_3_6_only_the_identity_provider_and_the_scanner_are_asked_and_both_are_settings():
    assert outside(those_that(imported, SENDERS), WHO_ASKS_OUTSIDE) == set()


def test_few_rooms_run_another_program_and_none_through_a_shell():
    assert outside(those_that(imported, ("subprocess",)), WHO_RUNS_PROGRAMS) == set()


def test_asvs_11_5_1_no_secret_is_drawn_by_chance_that_can_be_guessed():
    assert outside(those_that(imported, ("random",)), WHO_DRAWS_WITHOUT_SECRET) == set()


@pytest.mark.parametrize(
    "snippet",
    ["eval(request.GET['a'])", "Person.objects.raw(sql)", "yaml.load(text)", "run(words, shell=True)", "mark_safe(a)"],
)
def test_a_dangerous_call_is_seen(snippet):
    assert list(dangerous(module(snippet)))


def test_what_only_looks_like_one_is_not():
    assert list(dangerous(module("yaml.safe_load(text); form.evaluate(); run(words)"))) == []
