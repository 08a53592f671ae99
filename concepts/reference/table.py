"""The data of a reference record as rows of text, for CSV."""

from eerstelijn.pages.export import in_text, in_words

COLUMNS = ("record", "onderdeel", "slug", "naam", "url", "waarde", "bronnen")
#: What has a column of its own.
OWN = ("slug", "naam", "url", "bronnen")


def rows_of(data):
    """A row for each thing that the data say: a value of the record, or a line of a section."""
    for part, said in data.items():
        if part in OWN or said is None:
            continue
        if not isinstance(said, list):
            said = [{"bronnen": data["bronnen"], part: said}]
        for line in said:
            value = {name: each for name, each in line.items() if name not in OWN}
            yield {
                "record": data["slug"],
                "onderdeel": part,
                **{name: line.get(name) for name in OWN},
                "waarde": in_text(value[part]) if [*value] == [part] else in_words(value),
                "bronnen": [in_text(source) for source in line.get("bronnen", ())],
            }
