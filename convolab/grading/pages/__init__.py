"""What pages are made of: a student's text and pictures made harmless, formulas, programs.

What a student wrote becomes HTML here and nowhere else: safe, and never HTML of their own.
"""
