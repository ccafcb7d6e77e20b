"""What pages are made of: a student's text and pictures made harmless, formulas, programs.

A student's markdown and programs become HTML here: safe, and never HTML of their own.
"""
