"""Tables of records, out of the desk and back into it: CSV or a spreadsheet."""

from eerstelijn.desk.exchange.files import LARGEST
from eerstelijn.desk.exchange.pages import Exchange, Report, Row
from eerstelijn.desk.exchange.resources import (
    Column,
    Day,
    Linked,
    Listed,
    Number,
    Plain,
    TableResource,
    YesNo,
    choice,
)

__all__ = [
    "LARGEST",
    "Column",
    "Day",
    "Exchange",
    "Linked",
    "Listed",
    "Number",
    "Plain",
    "Report",
    "Row",
    "TableResource",
    "YesNo",
    "choice",
]
