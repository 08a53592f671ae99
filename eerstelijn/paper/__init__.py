"""Paper: a page as a PDF, made by a program of its own: it can hang or grow and harm nobody.

`press` has it made, `worker` is that program, `drawn` prepares the drawings, and `answers` hands it
over.
"""
