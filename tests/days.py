"""Days as tests write them."""

import datetime as dt


def day(text):
    return dt.date.fromisoformat(text)
