"""Loading the content is nobody's work."""

import pytest

from eerstelijn.history.models import kept_models, table_of

pytestmark = pytest.mark.usefixtures("only_reads")


def test_what_was_loaded_left_no_history():
    told = [model.__name__ for model in kept_models() if table_of(model).objects.exists()]

    assert told == []
