"""Tables of areas, as the makers of statistics publish them, taken into the geography.

`reading` knows the four forms that a table may have, `atlas` the geography that it is held against
and the changes to it, `importing` what each row of each form means.
"""
