"""Odd things that a function may give back or raise: each is judged for what it is."""

from tests.submissions.kind import FULL, NOTHING, Kind

ERROR, SLOW = (0, "error"), (0, "timeout")
CHECKED = "    if not len(values):\n        raise ValueError\n"
COLLIDES = "{n * ((1 << 61) - 1): 0 for n in range(30_000)}"

# What `twice` gives back, after these lines.
GIVES = {
    "big-endian numbers": ("import numpy as np", "(2 * np.array(values)).astype('>f8')", FULL),
    "negative strides": ("import numpy as np", "(2 * np.array(values))[::-1].copy()[::-1]", FULL),
    "fractions": ("from fractions import Fraction", "[2 * Fraction(v) for v in values]", FULL),
    "a structured array": ("import numpy as np", "np.zeros(3, [('a', 'f8')])", NOTHING),
    "times": ("import numpy as np", "np.zeros(3, 'M8[s]')", NOTHING),
    "one number in an array": ("import numpy as np", "np.array(2.0)", NOTHING),
    "zero strides": ("from numpy import zeros, lib",
                     "lib.stride_tricks.as_strided(zeros(1), (1 << 40,), (0,))", NOTHING),
    "nan with a message": ("import numpy as np",
                           "np.full(len(values), 0x7FF8DEAD00000001, 'u8').view('f8')", NOTHING),
    "32 axes": ("import numpy as np", "np.zeros((1,) * 32)", NOTHING),
    "64 axes": ("import numpy as np", "np.zeros((1,) * 64)", NOTHING),
    "an impossible shape": ("import numpy as np", "np.zeros((0, 1 << 40))", NOTHING),
    "half characters": ("", "'\\ud800\\udfff\\x00\\x1b[31m<script>'", NOTHING),
    "keys that collide once they are sent": (
        f"class I(int):\n    __hash__ = object.__hash__\n"
        f"many = {COLLIDES.replace('n * ((1 << 61) - 1)', 'I(n * ((1 << 61) - 1))')}",
        "many", NOTHING,
    ),
    "lists in lists": ("def deep(n):\n    x = []\n    for i in range(n): x = [x]\n    return x",
                       "deep(900)", NOTHING),
    "a tuple that holds itself": ("held = []\nheld.append((held,))", "(held,)", NOTHING),
    "an endless count": ("import itertools", "itertools.count()", NOTHING),
    "an address in memory": (
        "class A:\n    __array_interface__ = {'shape': (9,), 'typestr': '<f8', 'data': (0, 0),"
        " 'version': 3}", "A()", NOTHING,
    ),
    "a text that cannot be read": (
        "class S(str):\n    def encode(self, *a): 1 / 0\n    __str__ = encode", "S('2')", NOTHING),
    "whole numbers that count themselves": (
        "class I(int):\n    def __int__(self): 1 / 0\n    def __abs__(self): return 0\n"
        "    def __lt__(self, other): return True", "[I(10 ** 5000)] * 3", NOTHING),
    "an array that lies about its shape": (
        "import numpy as np\nclass A(np.ndarray):\n    shape = property(lambda self: (9, 9))\n"
        "    dtype = property(lambda self: 1 / 0)", "np.zeros(3).view(A)", NOTHING),
    "a complex number without parts": (
        "class C(complex):\n    real = property(lambda self: 'x')", "C()", NOTHING),
    "a number that never signals": ("from decimal import Decimal",
                                    "[Decimal('sNaN')] * len(values)", NOTHING),
}  # fmt: skip

# What a right `twice` does where it should refuse.
INSTEAD = {
    "a list in itself": "x = []; x.append(x); return x",
    "64 axes": "import numpy; return numpy.zeros((1,) * 64)",
    "the three dots": "return ...",
    "a text": "return 'nothing to double'",
    "no memory": "raise MemoryError",
    "an interrupt": "raise KeyboardInterrupt",
    "not implemented": "raise NotImplementedError",
    "the output closed": "import sys; sys.stdout.close()",
}

# What `twice` is.
IS = {
    "raises a name that is HTML": (
        "E = type('<img src=x onerror=alert(1)>', (Exception,), {})\n"
        "def twice(values): raise E('<script>\\x1b]8;;http://evil\\x07')", ERROR),
    "raises what has no name": (
        "class M(type):\n    @property\n    def __name__(cls): return 7\n"
        "class E(Exception, metaclass=M): pass\ndef twice(values): raise E", ERROR),
    "raises a long family": (
        "E = Exception\nfor i in range(300): E = type(f'E{i}', (E,), {})\n"
        "def twice(values): raise E", ERROR),
    "raises what speaks for ever": (
        "class E(Exception):\n    def __str__(self):\n        while True: pass\n"
        "def twice(values): raise E", SLOW),
    "raises several at once": (
        "def twice(values): raise ExceptionGroup('a', [ValueError(1)])", ERROR),
    "answers to every name": (
        "class T:\n    def __getattribute__(self, name): raise SystemExit\n"
        "    def __call__(self, values): return values\ntwice = T()", ERROR),
    "has a signature that is none": (
        "def twice(values): return values\ntwice.__signature__ = 'x'", NOTHING),
    "is a class": ("class M(type):\n    def __call__(cls, *a): return 5\n"
                   "class twice(metaclass=M): pass", NOTHING),
    "changes its argument into itself": ("def twice(values): values.append(values); return values",
                                         NOTHING),
}  # fmt: skip

KINDS = [
    *(
        Kind(
            f"gives {name}",
            {"twice": f"{lines}\ndef twice(values):\n{CHECKED}    return {value}"},
            twice=verdict if verdict != NOTHING else (1, "partial"),
        )
        for name, (lines, value, verdict) in GIVES.items()
    ),
    *(
        Kind(
            f"in the place of an error: {name}",
            {"twice": f"def twice(values):\n    if not len(values):\n        {does}\n"
                      "    return [2 * v for v in values]"},
            twice=(1, "partial"),
        )
        for name, does in INSTEAD.items()
    ),
    *(Kind(f"a function that {name}", {"twice": source}, twice=verdict)
      for name, (source, verdict) in IS.items()),
]  # fmt: skip
