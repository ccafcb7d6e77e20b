"""What pages are made of: a student's text and pictures made harmless, formulas, programs."""
