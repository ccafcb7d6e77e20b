"""From a folder of downloads to submitted/: whose each notebook is, which copy counts, and why.

`collect_folder` is the way through; `platforms` has what Canvas, Moodle and others make of names.
`mend_hook` is another way in: what nbgrader calls first with each submission that it grades.
"""
