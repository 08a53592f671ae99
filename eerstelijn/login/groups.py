"""The three groups of editors.

A redacteur writes: adds and changes records, and works on open versions. An eindredacteur also
decides what the public sees: publishes, withdraws, reviews, deletes. A beheerder also keeps the
accounts, without ever handing out more than they hold themselves (`eerstelijn.login.accounts`).
What each may do with the records is in `concepts.rights`.
"""

REDACTEUR, EINDREDACTEUR, BEHEERDER = GROUPS = ("redacteur", "eindredacteur", "beheerder")
