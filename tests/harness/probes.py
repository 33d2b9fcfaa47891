"""
Mark in a module what of it runs: a probe before each statement and at each outcome of a branch.

A tracer slows every line of every library down, to watch one line in a hundred: it doubled what a test costs. A probe
is one assignment, in the modules that are measured and nowhere else. A branch is what `coverage` says is one.
"""

import ast
from collections.abc import Sequence
from dataclasses import dataclass, field

HITS = "_hits_of_probes"
"""The name, in a probed module, of the marks of its probes."""


@dataclass(frozen=True)
class Ran:
    """A statement, an `except` or a `case` was reached."""

    line: int


@dataclass(frozen=True)
class Went:
    """A branch went into its body, or past it."""

    decided: ast.AST
    body: Sequence[ast.stmt]
    inside: bool


Meaning = tuple[Ran | Went, ...]


@dataclass
class Probed:
    """A module that marks what of it runs, and what each mark means."""

    tree: ast.Module
    meanings: list[Meaning] = field(default_factory=list)


def probed(source: str | bytes, path: str) -> Probed:
    """Put the probes into a module."""
    made = Probed(ast.parse(source, path))
    _Prober(made.meanings).enter(made.tree)
    ast.fix_missing_locations(made.tree)
    return made


class _Prober:
    """Walk the statements of a module; expressions hold none."""

    def __init__(self, meanings: list[Meaning]) -> None:
        self.meanings = meanings

    def enter(self, node: ast.Module | ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) -> None:
        """Probe a body that may begin with what must stay first: its words, and what it takes from the future."""
        first = next((at for at, statement in enumerate(node.body) if not _stays_first(statement)), len(node.body))
        told = tuple(ran for statement in node.body[:first] for ran in _reached(statement))
        node.body = node.body[:first] + self.body(node.body[first:], told)

    def body(self, statements: Sequence[ast.stmt], told: Meaning = ()) -> list[ast.stmt]:
        """Probe each statement; the first probe says besides how one came here."""
        made: list[ast.stmt] = []
        for statement in statements:
            made += [self.probe((*told, *_reached(statement)), statement), statement]
            self.inside(statement)
            told = ()
        return made

    def probe(self, meaning: Meaning, at: ast.AST) -> ast.stmt:
        mark = ast.Subscript(ast.Name(HITS, ast.Load()), ast.Constant(len(self.meanings)), ast.Store())
        self.meanings.append(meaning)
        made = ast.Assign([mark], ast.Constant(1))
        for node in ast.walk(made):
            ast.copy_location(node, at)
        return made

    def inside(self, node: ast.stmt) -> None:
        match node:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                self.enter(node)
            case ast.If() | ast.While() | ast.For() | ast.AsyncFor():
                decided = node.iter if isinstance(node, ast.For | ast.AsyncFor) else node.test
                into, past = (Went(decided, tuple(node.body), inside=inside) for inside in (True, False))
                node.body = self.body(node.body, (into,))
                node.orelse = self.body(node.orelse, (past,)) if node.orelse else [self.probe((past,), node)]
            case ast.With() | ast.AsyncWith():
                node.body = self.body(node.body)
            case ast.Try() | ast.TryStar():
                self.attempt(node)
            case ast.Match():
                self.match(node)

    def attempt(self, node: ast.Try | ast.TryStar) -> None:
        node.body, asked = self.body(node.body), ()
        for handler in node.handlers:
            asked = (*asked, Ran(handler.lineno))
            handler.body = self.body(handler.body, asked)
        node.orelse, node.finalbody = self.body(node.orelse), self.body(node.finalbody)

    def match(self, node: ast.Match) -> None:
        passed: Meaning = ()
        for case in node.cases:
            body, reached = tuple(case.body), Ran(case.pattern.lineno)
            case.body = self.body(body, (*passed, reached, Went(case.pattern, body, inside=True)))
            passed = (*passed, reached, Went(case.pattern, body, inside=False))
        if not _takes_everything(node.cases[-1]):
            node.cases.append(ast.match_case(ast.MatchAs(), None, [self.probe(passed, node)]))


def _reached(statement: ast.stmt) -> Meaning:
    decorators = getattr(statement, "decorator_list", ())
    return (*(Ran(decorator.lineno) for decorator in decorators), Ran(statement.lineno))


def _stays_first(statement: ast.stmt) -> bool:
    if isinstance(statement, ast.ImportFrom):
        return statement.module == "__future__"
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def _takes_everything(case: ast.match_case) -> bool:
    """
    Tell whether nothing may stand after a case.

    >>> _takes_everything(ast.parse("match x:\\n case _: 0").body[0].cases[0])
    True
    """
    pattern = case.pattern
    while isinstance(pattern, ast.MatchOr | ast.MatchAs) and (isinstance(pattern, ast.MatchOr) or pattern.pattern):
        pattern = pattern.patterns[-1] if isinstance(pattern, ast.MatchOr) else pattern.pattern
    return case.guard is None and isinstance(pattern, ast.MatchAs)
