"""From a folder of downloads to submitted/: each notebook's student, the copy that counts, and why.

`collect_folder` is the main route; `platforms` knows how Canvas, Moodle and others name files.
`mend_hook` is another way in: what nbgrader calls first with each submission that it grades.
"""
