"""Rule 14: no function over 40 lines, no file over 400 (600 for tests)."""

import ast

from tests.architecture import source

FUNCTION_LINES = 40
FILE_LINES = 400
TEST_FILE_LINES = 600
PYTHON = [path for folder in ("src", "tests", "benchmarks") for path in source.python(folder)]
WRITTEN = [path for path in PYTHON if path.parent.name != "migrations"]


def long_functions(tree: ast.Module) -> list[str]:
    """List the functions that do not fit one screen, their docstring left out."""
    functions = (node for node in source.nodes(tree) if isinstance(node, source.Function))
    return [function.name for function in functions if length(function) > FUNCTION_LINES]


def length(function: source.Function) -> int:
    lines = function.end_lineno - function.lineno + 1
    first = function.body[0]
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and isinstance(first.value.value, str):
        lines -= first.end_lineno - first.lineno + 1
    return lines


def test_every_function_fits_one_screen():
    found = {str(path.relative_to(source.ROOT)): long_functions(source.syntax(path)) for path in WRITTEN}

    assert {place: names for place, names in found.items() if names} == {}


def test_every_file_holds_one_idea():
    long = {
        str(path.relative_to(source.ROOT)): lines
        for path in WRITTEN
        if (lines := len(source.text(path).splitlines()))
        > (TEST_FILE_LINES if "tests" in path.relative_to(source.ROOT).parts else FILE_LINES)
    }

    assert long == {}


def test_a_long_function_is_seen_and_a_long_docstring_is_not():
    lines = "    x = 1\n" * FUNCTION_LINES
    documented = f'def f():\n    """{chr(10) * 60}"""\n    return 1\n'

    assert long_functions(ast.parse(f"def f():\n{lines}")) == ["f"]
    assert long_functions(ast.parse(documented)) == []
