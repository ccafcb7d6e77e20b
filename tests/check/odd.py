"""Odd things that a function may give back or raise, as source text: one expression each.

As text they can be written into a notebook that is graded in the sandbox just as well.
"""

from collections.abc import Callable
from functools import cache

SETUP = """
import asyncio, datetime, decimal, fractions, itertools, types
from collections import OrderedDict, UserList, namedtuple
import numpy as np

def throw(error):
    raise error

def within(levels):
    value = []
    for level in range(levels):
        value = [value]
    return value

def itself(value, add):
    add(value)
    return value

def bad(*given, **named):
    raise RuntimeError("no")

ASKED = (
    "__eq__ __ne__ __lt__ __len__ __iter__ __getitem__ __float__ __int__ __index__ __complex__ "
    "__bool__ __hash__ __repr__ __str__ __format__ __array__ __contains__ __abs__ __sub__ __call__"
).split()

class Raises:
    __class__ = property(bad)
    __array_interface__ = __array_struct__ = __name__ = property(bad)
    def __getattr__(self, name):
        raise SystemExit(name)

for name in ASKED:
    setattr(Raises, name, bad)

class Liar:
    __class__ = np.ndarray
    shape, dtype, ndim, size = (3,), np.dtype(float), 1, 3
    def __eq__(self, other): return True
    def __len__(self): return 10**9
    def __hash__(self): return 1

class Loops:
    def __eq__(self, other):
        while True: pass
    __len__ = __iter__ = __float__ = __array__ = __bool__ = __repr__ = __str__ = __hash__ = __eq__

class Loud(np.ndarray):
    def __array_finalize__(self, other):
        if type(other) is not np.ndarray: bad()  # which it is when one is made
    __array__ = __eq__ = __len__ = __repr__ = bad
    shape = dtype = size = ndim = property(bad)

class Text(str):
    __str__ = __repr__ = __eq__ = __len__ = encode = strip = lower = bad
    __hash__ = str.__hash__

class Whole(int):
    __int__ = __index__ = __float__ = __abs__ = __eq__ = __str__ = __repr__ = bad
    __hash__ = int.__hash__

class Real(float):
    __float__ = __abs__ = __eq__ = __repr__ = bad
    __hash__ = float.__hash__

class Imaginary(complex):
    real = imag = property(bad)

class Rows(list):
    __iter__ = __len__ = __getitem__ = __eq__ = bad

class Fields(dict):
    __iter__ = __len__ = __getitem__ = items = keys = values = __eq__ = bad

class Key:
    def __eq__(self, other): bad()
    def __hash__(self): return hash("kernels")

class Meta(type):
    __name__ = __mro__ = property(bad)
    __hash__ = __eq__ = __repr__ = __instancecheck__ = __subclasscheck__ = bad

class OfMeta(metaclass=Meta):
    pass

class Silent(Exception):
    __str__ = __repr__ = bad
    __traceback__ = args = property(bad)

class Beyond(BaseException):
    def __str__(self): raise KeyboardInterrupt

class Frame:
    shape, columns, index = (3, 2), ["a", "b"], range(3)
    def __array__(self, dtype=None, copy=None): return np.zeros((3, 2))
    def __bool__(self): raise ValueError("The truth value of a DataFrame is ambiguous")
    def __getattr__(self, name): return self

class Odd(type("Family", (np.float64,), {})):
    __float__ = item = __eq__ = bad

async def later():
    return 1

def generator():
    yield 1

Pair = namedtuple("Pair", "x y")
"""

GIVEN = {
    "nothing": "None",
    "a text": "'12'",
    "a long text": "'x' * 10**7",
    "half a character": "'\\ud83d <script>alert(1)</script>'",
    "a text with a mind of its own": "Text('12')",
    "True": "True",
    "NumPy's False": "np.False_",
    "a number beyond floats": "10**400",
    "a negative one": "-(10**400)",
    "a number of ten thousand digits": "10**10_000",
    "numbers over 64 bits in a list": "[10**30, -(10**400), 1.5]",
    "numbers over 64 bits in an array": "np.array([2**64 - 1, 2**63], np.uint64) * np.uint64(3)",
    "objects in an array": "np.array([10**400, None, 'x'], dtype=object)",
    "one object in an array": "np.array(None, dtype=object)",
    "texts in an array": "np.array(['1', '2'])",
    "one text in an array": "np.array('1')",
    "dates": "np.array(['2026-12-01'], 'M8[D]')",
    "one date": "np.datetime64('2026-12-01')",
    "time spans": "np.zeros(3, 'm8[s]')",
    "records": "np.zeros(3, [('a', 'f8'), ('b', 'i4')])",
    "a record": "np.zeros(3, [('a', 'f8')])[0]",
    "a record array": "np.rec.array([(1, 2.0)], names='a,b')",
    "a masked array": "np.ma.array([777.5, 1], mask=[0, 1])",
    "masked": "np.ma.masked_array(777.5, True)",
    "a matrix": "np.matrix([[777.5, 2]])",
    "long doubles": "np.array([777.5, 2], np.longdouble)",
    "a long double": "np.longdouble('1e4000')",
    "complex long doubles": "np.full((2, 2), 777.5 + 1j, np.clongdouble)",
    "halves": "np.full(3, 777.5, np.float16)",
    "an empty array": "np.zeros((0, 3))",
    "an empty list": "[]",
    "an empty tuple": "()",
    "nan and infinity": "np.array([np.nan, np.inf, -np.inf])",
    "nan": "float('nan')",
    "a complex number": "777.5 + 2j",
    "complex nan": "complex('nan+infj')",
    "read only": "np.broadcast_to(777.5, (3, 3))",
    "not contiguous": "np.full((9, 9), 777.5)[::2, ::-3].T",
    "big-endian": "np.array([777.5, 2], '>f8')",
    "mapped from a file": "np.memmap(__import__('tempfile').TemporaryFile(), float, shape=(3,))",
    "a million times a million zeros": "np.broadcast_to(0.0, (10**6, 10**6))",
    "2**40 zeros in a row": "np.broadcast_to(0.0, 2**40)",
    "a hundred million zeros": "np.zeros(10**8)",
    "huge arrays in a list": "[np.zeros(10**6), np.broadcast_to(0, (10**5, 10**5))] * 9",
    "64 axes": "np.zeros((1,) * 64)",
    "an impossible side": "np.zeros((0, 1 << 40))",
    "an array with a mind of its own": "np.full(3, 777.5).view(Loud)",
    "a NumPy number with a mind of its own": "Odd(777.5)",
    "what raises": "Raises()",
    "what lies": "Liar()",
    "what loops": "Loops()",
    "things that raise": "[Raises(), {1: Liar()}, (Loops(),)]",
    "a class with a mind of its own": "OfMeta",
    "one of that class": "OfMeta()",
    "a whole number with a mind of its own": "Whole(777)",
    "a number with a mind of its own": "Real(777.5)",
    "a complex one without parts": "Imaginary(777.5)",
    "a list with a mind of its own": "Rows([1, 2, 3])",
    "a dictionary with a mind of its own": "Fields(a=1)",
    "keys that cannot be compared": "{Key(): 1, 'a': 2}",
    "mixed keys": "{1: 2, 'a': None, (1, 2): [3], None: 4, b'x': 5, np.nan: 6}",
    "a list in itself": "itself([], lambda value: value.append(value))",
    "a list twice in itself": "itself([1], lambda value: value.extend([value, value]))",
    "a dictionary in itself": "itself({}, lambda value: value.update(a=value))",
    "a tuple in itself": "(lambda held: itself((held,), held.append))([])",
    "ten thousand lists in lists": "within(10_000)",
    "forty lists in lists": "within(40)",
    "two to the power of sixty lists": "(lambda f: f(f, 60))(lambda f, n: [f] * 2 if not n else "
    "(lambda below: [below, below])(f(f, n - 1)))",
    "a ragged list": "[[1], [2, 3], 4]",
    "a list of everything": "[1, 'a', None, ..., 2j, np.zeros(2), {}, object()]",
    "a generator": "generator()",
    "an iterator": "iter([1, 2])",
    "an endless count": "itertools.count()",
    "a map": "map(bad, [1])",
    "a set": "{1, 2}",
    "a frozen set": "frozenset([3.5])",
    "a range": "range(10**18)",
    "bytes": "b'12'",
    "a bytearray": "bytearray(3)",
    "a memoryview": "memoryview(b'abc')",
    "a decimal": "decimal.Decimal('777.5')",
    "a signalling decimal": "[decimal.Decimal('sNaN')]",
    "a fraction": "fractions.Fraction(10**400, 3)",
    "a date": "datetime.date(2026, 12, 1)",
    "an ordered dictionary": "OrderedDict(b=1, a=2)",
    "a list of a user's": "UserList([1, 2])",
    "a named tuple": "Pair(777.5, 2)",
    "an exception": "ValueError('negative')",
    "a class of exceptions": "ValueError",
    "an exception that cannot be shown": "Silent()",
    "a class": "int",
    "a function": "len",
    "a method": "[].append",
    "a module": "np",
    "NotImplemented": "NotImplemented",
    "three dots": "...",
    "a coroutine": "later()",
    "a table": "Frame()",
    "a code object": "bad.__code__",
}

RAISED = {
    "leaves": "throw(SystemExit(0))",
    "exits": "exit()",
    "interrupts itself": "throw(KeyboardInterrupt())",
    "closes": "throw(GeneratorExit())",
    "stops an iteration": "throw(StopIteration())",
    "asks for too much memory": "np.ones(1 << 50)",
    "says that memory is short": "throw(MemoryError())",
    "calls itself for ever": "(lambda f: f(f))(lambda f: f(f))",
    "raises what cannot be shown": "throw(Silent())",
    "raises what is no Exception": "throw(Beyond())",
    "raises several": "throw(ExceptionGroup('some', [ValueError(1), TypeError(2)]))",
    "raises no exception": "throw(3)",
    "is not implemented": "throw(NotImplementedError('later'))",
    "raises a long text": "throw(OSError('<b>x</b> ' * 10**6))",
    "raises half a character": "throw(OSError('\\ud83d\\n\\x00'))",
    "raises nothing to say": "throw(OSError('\\n\\n'))",
    "raises a class with a mind of its own": "throw(Meta('E', (Exception,), {}))",
    "closes the output": "(print('x'), __import__('sys').stdout.close(), None)[2]",
    "turns warnings into errors": "__import__('warnings').warn('x', category=int)",
}

ALL = {**GIVEN, **RAISED}

# Of what resembles another, one: these are tried with every exercise.
EVERYWHERE = (
    "nothing", "a long text", "half a character", "True", "a number beyond floats",
    "numbers over 64 bits in a list", "objects in an array", "one object in an array",
    "texts in an array", "records", "a masked array", "complex long doubles", "an empty list",
    "nan and infinity", "a complex number", "a million times a million zeros", "64 axes",
    "an array with a mind of its own", "what raises", "what lies", "what loops",
    "a class with a mind of its own", "a text with a mind of its own",
    "a whole number with a mind of its own", "keys that cannot be compared", "a list in itself",
    "a ragged list", "a generator", "bytes", "a signalling decimal", "a named tuple",
    "an exception", "a function", "NotImplemented", "three dots", "a coroutine", "a table",
    "leaves", "interrupts itself", "says that memory is short", "raises what cannot be shown",
    "raises what is no Exception", "raises several", "is not implemented", "closes the output",
)  # fmt: skip


@cache
def made(name: str) -> Callable:
    """A function without arguments that gives, or raises, the thing of this name."""
    space = {}
    exec(SETUP, space)
    return eval(f"lambda: {ALL[name]}", space)
