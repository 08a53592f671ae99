"""The plan of the house: which room may look into which.

`eerstelijn` is the ground: it knows no record. `governance` holds the facts, `concepts` describes,
and holds every public page. Imports go down, those inside functions too. A package that lists
`__all__` has a door: others take what they need from there.
"""

import ast
import itertools
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FLOORS = ("eerstelijn", "governance", "concepts")
#: What looks up: the addresses and the settings of the whole site.
LOOKS_UP = {"eerstelijn.urls", "eerstelijn.settings"}
LONGEST = 400


def module_of(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


FILES = {
    module_of(path): path
    for floor in FLOORS
    for path in sorted((ROOT / floor).rglob("*.py"))
    if "migrations" not in path.parts
}
TREES = {module: ast.parse(path.read_text()) for module, path in FILES.items()}


def imports_of(module):
    """Every module of ours that a module imports, wherever in the file it does."""
    found = set()
    for node in ast.walk(TREES[module]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= {name if name in FILES else node.module for name in inner}
    return found & FILES.keys()


IMPORTS = {module: imports_of(module) for module in FILES}
DOORS = {
    module
    for module, path in FILES.items()
    if path.name == "__init__.py"
    and any(
        isinstance(node, ast.Assign) and node.targets[0].id == "__all__"
        for node in TREES[module].body
        if isinstance(node, ast.Assign)
    )
}


def floor(module):
    return FLOORS.index(module.partition(".")[0])


def test_imports_go_down():
    up = {
        f"{module} imports {other}"
        for module, others in IMPORTS.items()
        for other in others
        if floor(other) > floor(module) and module not in LOOKS_UP
    }

    assert not up


def test_no_module_names_a_room_above_it_in_a_string():
    """A back door: a dotted path that something imports, or a label of an app."""
    named = {
        f"{module}: {node.value}"
        for module, tree in TREES.items()
        if module not in LOOKS_UP
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
        for above in FLOORS[floor(module) + 1 :]
        if node.value == above or node.value.startswith((f"{above}.", f"{above}/"))
    }

    assert not named


def test_who_is_outside_uses_the_door():
    through_the_wall = {
        f"{module} imports {other}"
        for module, others in IMPORTS.items()
        for other, door in itertools.product(others, DOORS)
        if other.startswith(f"{door}.") and not f"{module}.".startswith(f"{door}.")
    }

    assert not through_the_wall


def test_there_is_no_ring():
    """Following the imports never comes back; a package's door counts as its modules."""
    todo = {module: set(others) - {module} for module, others in IMPORTS.items()}
    while free := [module for module, others in todo.items() if not others & todo.keys()]:
        for module in free:
            del todo[module]

    assert not todo


@pytest.mark.parametrize("module", FILES)
def test_a_module_is_read_in_one_sitting(module):
    assert len(FILES[module].read_text().splitlines()) <= LONGEST


def test_a_file_of_tests_is_read_in_one_sitting_too():
    lengths = {
        path.relative_to(ROOT).as_posix(): len(path.read_text().splitlines())
        for path in sorted((ROOT / "tests").rglob("*.py"))
    }

    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}
