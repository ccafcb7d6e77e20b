"""nbgrader's gradebook: entering and reading grades, one writer at a time, late work.

`gradebook` reads and enters single things, `batch_writer` whole batches; `lock` makes graders wait
for each other. `extensions` brings in what the teacher's list says. `converters` runs nbgrader's
own commands where there is no other way.
"""
