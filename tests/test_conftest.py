"""Every fixture that a folder of tests shares is asked for.

One that stands in for another by having its name does nothing any more once that one is called
differently, and no test fails: the tests only take longer, or try less.
"""

import ast
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
TREES = {path: ast.parse(path.read_text()) for path in sorted(TESTS.rglob("*.py"))}
SHARED = [path for path in TREES if path.name == "conftest.py"]


def functions(tree):
    return [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]


def asked_in(tree):
    """The names that functions ask for, and those that stand in a text, as in `usefixtures`."""
    arguments = {argument.arg for function in functions(tree) for argument in function.args.args}
    texts = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    return arguments | texts


ASKED = set().union(*map(asked_in, TREES.values()))


def waits_to_be_asked(function):
    """Whether it is a fixture that comes only to who asks."""
    made = [ast.unparse(decorator) for decorator in function.decorator_list]
    return any(one.startswith("pytest.fixture") and "autouse=True" not in one for one in made)


@pytest.mark.parametrize("path", SHARED, ids=lambda path: path.parent.name)
def test_every_fixture_is_asked_for(path):
    waiting = {function.name for function in functions(TREES[path]) if waits_to_be_asked(function)}

    assert waiting - ASKED == set()


def test_there_are_some():
    assert len(SHARED) == 3
    assert "only_reads" in ASKED


def test_examples_do_not_depend_on_the_clock_or_on_luck():
    """A machine that does other work makes them slowly, and that is no fault of what is tried."""
    profile = settings()

    assert profile.deadline is None
    assert profile.derandomize
    assert HealthCheck.too_slow in profile.suppress_health_check
