"""nbgrader's gradebook: what is entered, what is read, one writer at a time, late work.

`gradebook` asks and enters single things, `batch_writer` whole batches; `lock` makes graders wait
for each other. `converters` runs nbgrader's own commands where theirs is the only way.
"""
