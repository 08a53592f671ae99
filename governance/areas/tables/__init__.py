"""Tables of areas, as the makers of statistics publish them, taken into the geography.

`reading` knows the four forms that a table may have, `stored_areas` what it is held against and how
that is changed, `importing` what each row of each form means.
"""
