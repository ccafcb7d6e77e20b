"""`convolab return`: grades and feedback pages, in files that a learning platform takes back.

What everybody got (`class_points`) is put into a gradebook file (one module a platform), and the
pages (`pages`) into an archive (`feedback_zip`). Where a format is documented is said beside it.
"""
