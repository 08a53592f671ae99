"""An account with a password, and the way in with it."""

import re

import pytest

from eerstelijn.login.models import LoginEvent
from tests.desk import editor

LOGIN = "/beheer/account/login/"

PASSWORD, WRONG = "drie-zonnige-bomen", "fout"
Kind = LoginEvent.Kind


@pytest.fixture
def account():
    return editor("redacteur", password=PASSWORD, email="anna@example.org", second_step=False)


def log_in(client, name="redacteur", password=PASSWORD, **more):
    return client.post(LOGIN, {"login": name, "password": password, **more})


def text(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
