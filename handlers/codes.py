"""Codes that people type once: short, without letters that look like figures, kept only as a hash."""

import hashlib
import re
import secrets

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Without 0 and O, 1 and I, which people take for each other."""

LENGTH = 8
GROUP = 4

TYPED = re.compile(rf"[{ALPHABET}]{{{GROUP}}}[-–—_. ]?[{ALPHABET}]{{{GROUP}}}", re.IGNORECASE)


def fresh() -> str:
    """A new code as people read it, "ABCD-EFG2"; always with a letter and a figure, so that no word and no number is
    taken for one."""
    while True:
        code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not code.isalpha() and not code.isdigit():
            return f"{code[:GROUP]}-{code[GROUP:]}"


def looks_like_one(text: str) -> bool:
    """Whether a text is a code and nothing else, in capitals or not, with its dash or without."""
    bare = plain(text)
    return bool(TYPED.fullmatch(text.strip())) and not bare.isalpha() and not bare.isdigit()


def plain(text: str) -> str:
    """What counts of a typed code: its letters and figures, as capitals."""
    return re.sub(r"[\W_]", "", text).upper()


def hashed(text: str) -> str:
    """What is kept of a code. Slow on purpose, so that codes cannot be found by trying all of them on a stolen file."""
    return hashlib.scrypt(plain(text).encode(), salt=b"congdoan invitation", n=2**10, r=8, p=1, dklen=32).hex()
