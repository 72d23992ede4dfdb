"""Keep a process from opening sockets, and take secrets out of its environment.

On Linux a seccomp filter refuses the system calls (seccomp(2), mode "filter"). Where the system has no such filter for
us, a network namespace of its own leaves the process without a network (unshare(2)). Other systems have neither.
"""

from __future__ import annotations

import os
import platform
import struct
import sys
from typing import Any

_SECRETS = ("TOKEN", "PASSWORD", "PASSWD", "SECRET", "API_KEY", "CREDENTIAL")

# Machine -> its number in the kernel's audit.h, and the numbers of: socket, connect, accept, bind, listen, socketpair,
# accept4, ptrace, process_vm_readv, process_vm_writev, io_uring_setup, pidfd_getfd. The last five would let a process
# borrow the sockets of another, or use the network past the system calls for it.
_REFUSED = {
    "x86_64": (0xC000003E, (41, 42, 43, 49, 50, 53, 288, 101, 310, 311, 425, 438)),
    "aarch64": (0xC00000B7, (198, 203, 202, 200, 201, 199, 242, 117, 270, 271, 425, 438)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # opcodes of classic BPF
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 13  # SECCOMP_RET_ALLOW, SECCOMP_RET_ERRNO with EACCES
_X32 = 0x40000000  # marks the numbers of a second set of system calls on x86_64
_NO_NEW_PRIVILEGES, _SET_SECCOMP, _FILTER = 38, 22, 2  # prctl(2)
_NEW_USER, _NEW_NET = 0x10000000, 0x40000000  # unshare(2)


def isolate() -> bool:
    """Keep this process, and all that it starts, from opening sockets; return whether the system could do so.

    To be called while the process has a single thread. Sockets that are open already stay usable.
    """
    if sys.platform != "linux":
        return False
    import ctypes  # here, since most commands need no worker

    libc = ctypes.CDLL(None, use_errno=True)
    return _filter(libc) or libc.unshare(_NEW_USER | _NEW_NET) == 0


def _filter(libc: Any) -> bool:
    import ctypes

    class Program(ctypes.Structure):
        _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))

    known = _REFUSED.get(platform.machine())
    if known is None:
        return False
    architecture, numbers = known
    lines = [(_LOAD, 0, 0, 4), (_EQUAL, 0, len(numbers) + 3, architecture), (_LOAD, 0, 0, 0)]
    lines.append((_AT_LEAST, len(numbers) + 1, 0, _X32))
    # Each jump leads to the last instruction, which refuses; the one before it allows.
    lines += [(_EQUAL, len(numbers) - place, 0, number) for place, number in enumerate(numbers)]
    lines += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    program = Program(len(lines), b"".join(struct.pack("HBBI", *line) for line in lines))
    zero = ctypes.c_ulong(0)
    if libc.prctl(_NO_NEW_PRIVILEGES, ctypes.c_ulong(1), zero, zero, zero) != 0:
        return False
    return bool(libc.prctl(_SET_SECCOMP, ctypes.c_ulong(_FILTER), ctypes.byref(program), zero, zero) == 0)


def forget_secrets() -> None:
    """Remove tokens, passwords and the like from the environment."""
    for name in list(os.environ):
        if any(word in name.upper() for word in _SECRETS):
            del os.environ[name]
