"""The page on which all concepts stand against all."""

from concepts.finder.overviews import OverviewView
from concepts.likeness.overlap import OverlapLook, OverlapPage


class OverlapView(OverviewView):
    """What the concepts that a question finds have in common, two by two."""

    url_name = "overlap"
    csv_name = "overlap"
    title = "Overlap: wie vraagt dezelfde mensen?"
    lead = "Welke concepten vragen dezelfde partners, en wat hebben ze nog gemeen."
    look_class = OverlapLook
    page_class = OverlapPage
    template_name = "likeness/overlap.html"
