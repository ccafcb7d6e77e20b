"""The grading desk: from a folder of submissions to nbgrader's gradebook and a class report."""

import sys

# jsonschema builds a parser for web addresses when it is imported. That takes a second, and no
# notebook schema needs one.
sys.modules.setdefault("rfc3987_syntax", None)
