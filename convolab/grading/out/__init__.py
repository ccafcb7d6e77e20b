"""What comes out of grading: the table, feedback pages, the class report, grades for elsewhere.

Each reads the gradebook or the records of a run and changes neither.
"""
