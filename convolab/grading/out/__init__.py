"""What comes out of grading: the table, feedback pages, the class report, grades for elsewhere."""
