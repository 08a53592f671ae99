"""Postcodes of a municipality, however people write a list of them."""

import re

#: What stands between the postcodes of a list. A table has "|", people commas and spaces.
BETWEEN = re.compile(r"[\s,;|/]+|\ben\b", re.IGNORECASE)
#: A postcode, perhaps with the country before it: B-8500, BE 8500.
POSTCODE = re.compile(r"(?:BE?[ -]?)?([1-9]\d{3})", re.ASCII | re.IGNORECASE)
COUNTRY = re.compile(r"\bBE?[\s-]+(?=\d)", re.ASCII | re.IGNORECASE)


def postcodes_in(text: str) -> list[str]:
    """The postcodes in a text, each once and in their order.

    Raises ValueError, in Dutch, where something else stands in it.
    """
    parts = filter(None, BETWEEN.split(COUNTRY.sub("", text)))
    found = set()
    for part in parts:
        postcode = POSTCODE.fullmatch(part)
        if postcode is None:
            raise ValueError(
                f"“{part[:60]}” is geen postcode van vier cijfers. Schrijf ze zo: 8500, 8501."
            )
        found.add(postcode[1])
    return sorted(found)
