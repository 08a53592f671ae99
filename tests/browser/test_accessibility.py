"""Everyone can use every kind of page: what axe finds, and what sticks out of a narrow window."""

import pytest

from tests.browser.kinds import DESK, MAIN, PUBLIC

pytestmark = pytest.mark.django_db

WIDE, PHONE, NARROW = 1280, 390, 320


def clean(window, width):
    """Whether nothing is wrong with the open page at a width; axe is not asked twice on a phone."""
    window.resize(width)
    assert window.sticking_out() == []
    if width != NARROW:
        assert window.violations() == []
    assert window.complaints == []
    return True


@pytest.mark.parametrize("kind", PUBLIC.values(), ids=PUBLIC)
def test_a_page(window, kind, subtests):
    assert window.open(kind.path).status == kind.status

    for width in (WIDE, PHONE, NARROW):
        with subtests.test(width):
            assert clean(window, width)
