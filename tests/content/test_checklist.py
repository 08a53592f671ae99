"""Every row of the acceptance list stands in the content, at the record that it is about."""

import pytest

from tests.content import checklist

pytestmark = pytest.mark.usefixtures("only_reads")

ROWS = checklist.read_rows()

#: How many rows each section of the list has, by the letter of its ids.
SECTIONS = {
    "D": 16,  # the two documents
    "C": 15,  # concepts of the poster
    "J": 15,  # projects, trajects and frameworks beside them
    "B": 9,  # policy domains, ministers, policy fields
    "A": 21,  # agencies, divisions, assemblies
    "E": 12,  # change events
    "W": 52,  # acts, plans, notes
    "R": 51,  # partners
    "S": 16,  # support, research, reference
    "G": 21,  # area kinds
    "N": 35,  # numbers
    "M": 2,  # amounts
    "L": 12,  # deadlines
    "T": 57,  # dates of the timeline
    "V": 15,  # relations between concepts
    "P": 10,  # definitions, principles, findings
    "O": 41,  # enumerations
    "H": 21,  # target groups
    "K": 14,  # abbreviations and other names, by subject
    "Q": 41,  # 34 lost links, 7 wishes for one
    "X": 67,  # contradictions
}


def test_no_row_is_left_out_of_the_list():
    ids = [row.id for row in ROWS]
    expected = [f"{letter}{n:02}" for letter, size in SECTIONS.items() for n in range(1, size + 1)]

    assert sorted(ids) == sorted(expected)
    assert all(row.facts for row in ROWS)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row_stands_in_the_content(row):
    problems = [fact.problem() for fact in row.facts]

    assert not any(problems), f"{row.id}: " + "; ".join(filter(None, problems))
