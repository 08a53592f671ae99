"""Tables of records, out of the desk and back into it: CSV or a spreadsheet."""

from eerstelijn.desk.exchange.pages import Exchange
from eerstelijn.desk.exchange.resources import (
    Column,
    Day,
    Linked,
    Listed,
    Number,
    Plain,
    TableResource,
    choice,
)

__all__ = [
    "Column",
    "Day",
    "Exchange",
    "Linked",
    "Listed",
    "Number",
    "Plain",
    "TableResource",
    "choice",
]
