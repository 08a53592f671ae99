"""The groups of the desk: who reads along, and three groups of editors.

A lezer sees what a redacteur sees, and changes nothing. A redacteur writes: adds and changes
records, and works on open versions. An eindredacteur also decides what the public sees: publishes,
withdraws, reviews, deletes. A beheerder also keeps the accounts, without ever handing out more than
they hold themselves (`eerstelijn.login.accounts`). What each may do with the records is in
`concepts.rights`.
"""

LEZER = "lezer"
REDACTEUR, EINDREDACTEUR, BEHEERDER = EDITORS = ("redacteur", "eindredacteur", "beheerder")
#: Each may do all that those before it may, and more.
GROUPS = (LEZER, *EDITORS)
