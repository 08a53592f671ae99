"""How an editor gets in: password, second step, session, and the record of all that.

The pages and the limits on guessing are django-allauth's, under `/beheer/account/`; what is ours
stands here: words (`adapters`, `forms`), which passwords are too easy (`passwords`), who must have
a second step and how long a session lasts (`second_step`, `middleware`), and what happened
(`models`, `events`). docs/adr/0017 says why.
"""
