"""Concepts that nobody looked over since they came on the site."""

from concepts.queues.versions import VersionQueue


class NeverReviewed(VersionQueue):
    name = "nooit-nagekeken"
    place = 50
    title = "Nog nooit nagekeken"
    about = "Sinds deze versie op de site staat, noteerde niemand dat alles nog klopt."
    help = (
        "Lees het concept na, vink het aan, en noteer hieronder dat alles nog klopt. Klopt er iets "
        "niet? Open het en maak een werkversie."
    )
    can_be_reviewed = True

    def rows(self):
        return self.published().filter(reviews=None)
