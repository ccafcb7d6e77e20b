"""`convolab demo`: a small class made from a lesson's own exercises."""
