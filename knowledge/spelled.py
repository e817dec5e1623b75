"""Numbers written out in Vietnamese words, as they are said and as they are shortened in speech."""

import re

_DIGITS = {
    name: digit
    for digit, names in enumerate(("khong", "mot", "hai", "ba", "bon tu", "nam lam nham", "sau", "bay", "tam", "chin"))
    for name in names.split()
}
_SAME = {"chuc": "muoi", "ngan": "nghin", "le": "linh", "ham": "hai muoi"}
_KNOWN = frozenset([*_DIGITS, "muoi", "tram", "nghin", "trieu", "linh", "ruoi"])
_SCALES = (["tram"], ["nghin"], ["trieu"])
_LONGEST = 16


def spelled(text: str) -> tuple[int, ...]:
    """The values that words without accents can mean, the likeliest first: "hai tram linh nam" → 205; "mot tram hai" →
    120 or 102; empty where they are no number. Figures may stand among them: "2 tram linh 5"."""
    words = " ".join(_SAME.get(word, word) for word in text.split()).split()
    known = all(word in _KNOWN or re.fullmatch(r"\d{1,3}", word) for word in words)
    if not known or not words or len(words) > _LONGEST or words[0] in ("linh", "ruoi") or words in _SCALES:
        return ()
    return _scaled(words, ("trieu", 1_000_000), ("nghin", 1_000), ("tram", 100))


def _scaled(words: list[str], *scales: tuple[str, int]) -> tuple[int, ...]:
    if not scales:
        return _tens(words)
    (name, size), *smaller = scales
    if name not in words:
        return _scaled(words, *smaller)
    place = words.index(name)
    heads = _scaled(words[:place], *smaller) if place else (1,)
    return tuple(
        head * size + rest
        for head in heads[:1]
        if head or name == "tram"
        for rest in _rest(words[place + 1 :], size, smaller)
    )


def _rest(words: list[str], size: int, smaller: list[tuple[str, int]]) -> tuple[int, ...]:
    """What follows a scale: nothing, half of it, a lone digit (a tenth of it, less likely ones), or smaller numbers."""
    if not words:
        return (0,)
    if words == ["ruoi"]:
        return (size // 2,)
    if len(words) == 1 and (digit := _digit(words[0])):
        return (digit * size // 10, digit)
    return _scaled(words[1:] if words[0] == "linh" else words, *smaller)


def _tens(words: list[str]) -> tuple[int, ...]:
    """A number below a hundred, or a lone figure of up to three digits."""
    if len(words) == 1 and words[0].isdecimal():
        return (int(words[0]),)
    digits = [_digit(word) for word in words if word != "muoi"]
    shape = "".join("x" if word == "muoi" else "d" if _digit(word) is not None else "h" for word in words)
    first, last = (digits[0] or 0, digits[-1] or 0) if digits else (0, 0)
    value = {
        "d": last,
        "x": 10,
        "xd": 10 + last,
        "dx": first * 10,
        "dxd": first * 10 + last,
        "dd": first * 10 + last,
        "xh": 15,
        "dxh": first * 10 + 5,
    }.get(shape)
    return () if value is None else (value,)


def _digit(word: str) -> int | None:
    if word in _DIGITS:
        return _DIGITS[word]
    return int(word) if len(word) == 1 and word.isdecimal() else None
