"""Wrong and unfinished answers."""

from tests.submissions.kind import MISSING, NOTHING, Kind

PARTIAL = (1, "partial")
ERROR = (0, "error")

# The first aspect is the numbers, the second the ValueError for an empty list.
ANSWERS = {
    "squares": (
        "import numpy as np\ndef twice(values):\n    return np.array(values) ** 2", NOTHING
    ),
    "squares, and the error": (
        "import numpy as np\ndef twice(values):\n    if not len(values):\n"
        "        raise ValueError\n    return np.array(values) ** 2",
        PARTIAL,
    ),
    "no error": ("def twice(values):\n    return [2 * v for v in values]", PARTIAL),
    "nothing but the error": ("def twice(values):\n    raise ValueError", PARTIAL),
    "what is visible by heart": (
        "def twice(values):\n    if not len(values):\n        raise ValueError\n"
        "    return {3: [2, 4, 6], 2: [8, -10] if values[0] == 4 else [1, 14]}.get(len(values))",
        PARTIAL,
    ),
    "the stub": ("def twice(values):\n    raise NotImplementedError  # your code here", MISSING),
    "nothing": ("", MISSING),
    "another name": ("def Twice(values):\n    return values", MISSING),
    "deleted again": ("def twice(values):\n    return values\ndel twice", MISSING),
    "a syntax error": ("def twice(values:\n    return values", ERROR),
    "an error above it": ("import nowhere\ndef twice(values):\n    return values", ERROR),
    "stops": ("def twice(values):\n    return values / 'two'", ERROR),
    "stops with its own": ("class Odd(Exception):\n    def __str__(self):\n        1 / 0\n"
                           "def twice(values):\n    raise Odd", ERROR),
    "leaves": ("import sys\ndef twice(values):\n    sys.exit(0)", ERROR),
    "prints instead": ("def twice(values):\n    print([2 * v for v in values])", NOTHING),
    "a text": ("def twice(values):\n    return str([2 * v for v in values])", NOTHING),
    "a set": ("def twice(values):\n    return {2 * v for v in values}", NOTHING),
    "a generator": ("def twice(values):\n    return (2 * v for v in values)", NOTHING),
    "a function": ("def twice(values):\n    return lambda: values", NOTHING),
    "bytes": ("def twice(values):\n    return b'2'", NOTHING),
    "one number": ("def twice(values):\n    return 2", NOTHING),
    "a number beyond all": ("def twice(values):\n    return 10 ** 400", NOTHING),
    "ten thousand digits": ("def twice(values):\n    return [10 ** 10_000] * len(values)", NOTHING),
    "nan": ("def twice(values):\n    return [float('nan')] * len(values)", NOTHING),
    "infinite": ("def twice(values):\n    return [float('inf')] * len(values)", NOTHING),
    "complex": ("def twice(values):\n    return [2 * v + 1j for v in values]", NOTHING),
    "rows of different lengths": ("def twice(values):\n    return [[1], [1, 2]]", NOTHING),
    "a list in itself": ("def twice(values):\n    a = []; a.append(a)\n    return a", NOTHING),
    "texts in an array": ("import numpy as np\ndef twice(values):\n    return np.array(['2', 'a'])",
                          NOTHING),
    "objects in an array": (
        "import numpy as np\ndef twice(values):\n    return np.array([object()] * len(values))",
        NOTHING,
    ),
    "a masked array": (
        "import numpy as np\ndef twice(values):\n    return np.ma.masked_all(len(values))", NOTHING,
    ),
    "changes its argument": (
        "def twice(values):\n    for i in range(len(values)):\n        values[i] *= 2\n"
        "    return values",
        NOTHING,
    ),
    "not a function": ("twice = 7", NOTHING),
    "no argument": ("def twice():\n    return 2", ERROR),
    "three arguments": ("def twice(a, b, c):\n    return 2", ERROR),
}  # fmt: skip

KINDS = [
    Kind(f"wrong: {name}", {"twice": source}, twice=verdict)
    for name, (source, verdict) in ANSWERS.items()
]
