"""What a student's process may not ask of the kernel: a seccomp filter, as plain bytes.

Namespaces and lost rights already keep a submission from most of this. The filter takes away what
is left: ways into other processes, into kernel parts with a history of faults, to memory that no
limit counts, and to processes whose time nobody sees. Everything else is allowed.

Source: Linux, Documentation/userspace-api/seccomp_filter.rst and include/uapi/linux/filter.h;
the numbers of arm64 are those of include/uapi/asm-generic/unistd.h.
"""

import ctypes
import os
import platform
import struct

_ARCHITECTURES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_PLACE = {"x86_64": 0, "aarch64": 1}
_NEWEST = 462  # mseal; what came later is refused as if this were an older kernel

# By name: the numbers on x86_64 and on arm64; None where there is no such call.
DENIED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "process_mrelease": (448, 448),
    "kcmp": (312, 272), "move_pages": (279, 239), "migrate_pages": (256, 238),
    # keys, which know no namespace
    "add_key": (248, 217), "request_key": (249, 218), "keyctl": (250, 219),
    # large parts of the kernel that no lesson needs
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282),
    "io_uring_setup": (425, 425), "io_uring_enter": (426, 426), "io_uring_register": (427, 427),
    "fanotify_init": (300, 262), "inotify_init": (253, None), "inotify_init1": (294, 26),
    "modify_ldt": (154, None), "iopl": (172, None), "ioperm": (173, None),
    "personality": (135, 92), "syslog": (103, 116), "lookup_dcookie": (212, 18),
    "uselib": (134, None), "nfsservctl": (180, 42), "sysfs": (139, None), "ustat": (136, None),
    # namespaces and mounts
    "unshare": (272, 97), "setns": (308, 268), "mount": (165, 40), "umount2": (166, 39),
    "pivot_root": (155, 41), "chroot": (161, 51), "fsopen": (430, 430), "fsconfig": (431, 431),
    "fsmount": (432, 432), "fspick": (433, 433), "move_mount": (429, 429),
    "open_tree": (428, 428), "mount_setattr": (442, 442), "name_to_handle_at": (303, 264),
    "open_by_handle_at": (304, 265),
    # the machine as a whole
    "kexec_load": (246, 104), "kexec_file_load": (320, 294), "init_module": (175, 105),
    "finit_module": (313, 273), "delete_module": (176, 106), "reboot": (169, 142),
    "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89), "quotactl": (179, 60),
    "quotactl_fd": (443, 443), "settimeofday": (164, 170), "clock_settime": (227, 112),
    "adjtimex": (159, 171), "clock_adjtime": (305, 266), "sethostname": (170, 161),
    "setdomainname": (171, 162), "vhangup": (153, 58),
    # memory that counts as no process's
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194),
    "msgget": (68, 186), "semget": (64, 190), "mq_open": (240, 180), "vmsplice": (278, 75),
}  # fmt: skip
_CLONE, _CLONE3 = (56, 220), (435, 435)
_SIGACTION, _SOCKET, _SET_OPTION, _IOCTL = (13, 134), (41, 198), (54, 208), (16, 29)

_NEW_NAMESPACES = 0x7E020000
_CHILD_ENDED = 17  # SIGCHLD
_UNIX = 1  # the family of sockets within a machine; a sandbox has no other use for sockets
_SEND_BUFFER, _SEND_BUFFER_FORCE = 7, 32
_TYPE_INTO_TERMINAL, _LINUX_CONSOLE = 0x5412, 0x541C

_EPERM, _ENOSYS, _EAFNOSUPPORT = 1, 38, 97
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16

_SET_SECCOMP, _BY_FILTER = 22, 2


def program(machine: str) -> bytes | None:
    """The filter for a kind of processor; None for one that it does not know."""
    if machine not in _ARCHITECTURES:
        return None
    place = _PLACE[machine]
    code = [
        _step(_LOAD, _ARCHITECTURE),
        _step(_EQUAL, _ARCHITECTURES[machine], 1, 0),
        _fail(_ENOSYS),  # the calls of another processor, that have other numbers
        _step(_LOAD, _NUMBER),
        *_refuse(_AT_LEAST, _NEWEST + 1, _ENOSYS),  # on x86_64 all calls of x32 as well
        *_refuse(_EQUAL, _CLONE3[place], _ENOSYS),  # C libraries then use clone
    ]
    for numbers in DENIED.values():
        if numbers[place] is not None:
            code += _refuse(_EQUAL, numbers[place], _EPERM)
    code += _where(_CLONE[place], _argument(0), _refuse(_ANY_BIT, _NEW_NAMESPACES, _EPERM))
    code += _where(_SOCKET[place], _argument(0), _unless(_UNIX, _EAFNOSUPPORT))
    for call, number, values in (
        (_SET_OPTION, 2, (_SEND_BUFFER, _SEND_BUFFER_FORCE)),
        (_IOCTL, 1, (_TYPE_INTO_TERMINAL, _LINUX_CONSOLE)),
    ):
        refused = [step for value in values for step in _refuse(_EQUAL, value, _EPERM)]
        code += _where(call[place], _argument(number), refused)
    # Ignoring the end of children makes the time they took vanish.
    given = [_step(_LOAD, _ARGUMENTS + 8), *_unless(0, _EPERM)]
    given += [_step(_LOAD, _ARGUMENTS + 12), *_unless(0, _EPERM)]
    ended = [_step(_EQUAL, _CHILD_ENDED, 0, len(given)), *given]
    code += _where(_SIGACTION[place], _argument(0), ended)
    return b"".join([*code, _step(_RETURN, _ALLOW)])


def _step(code: int, value: int, if_so: int = 0, if_not: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_so, if_not, value)


def _fail(error: int) -> bytes:
    return _step(_RETURN, _FAIL | error)


def _refuse(test: int, value: int, error: int) -> list[bytes]:
    """Fail if what was loaded last passes a test."""
    return [_step(test, value, 0, 1), _fail(error)]


def _unless(value: int, error: int) -> list[bytes]:
    return [_step(_EQUAL, value, 1, 0), _fail(error)]


def _argument(number: int) -> bytes:
    return _step(_LOAD, _ARGUMENTS + 8 * number)  # its lower half


def _where(number: int, load: bytes, steps: list[bytes]) -> list[bytes]:
    """Steps for one call; what passes them is allowed."""
    inner = [load, *steps, _step(_RETURN, _ALLOW)]
    return [_step(_EQUAL, number, 0, len(inner)), *inner]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


_PROGRAM = program(platform.machine())


def forbid() -> None:
    """From now on the filter applies to this process and all that it starts; there is no way back.

    The process must have given up new privileges. On a processor that the filter does not know
    nothing is done: the namespaces hold without it.
    """
    if _PROGRAM is None:
        return
    given = _Program(len(_PROGRAM) // 8, _PROGRAM)
    if ctypes.CDLL(None, use_errno=True).prctl(_SET_SECCOMP, _BY_FILTER, ctypes.byref(given)):
        number = ctypes.get_errno()
        raise OSError(number, f"filter system calls: {os.strerror(number)}")
