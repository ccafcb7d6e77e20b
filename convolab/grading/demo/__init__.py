"""`convolab demo`: a small class made from a lesson's own exercises, graded and reported.

`demo_class` invents the students, `answers` writes their programs, `demo_course` does the rest.
"""
