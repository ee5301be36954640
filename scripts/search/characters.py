"""Which characters are the same to a reader: traditional and simplified forms, and characters that sound alike."""

from collections import defaultdict
from functools import cache

import opencc
import pypinyin

HAN = range(0x3400, 0xA000)  # CJK unified ideographs and extension A


def variants(text: str) -> tuple[str, str]:
    """Pairs of a traditional character and its simplified form: those whose traditional form `text` has, and the others
    whose simplified form it has, which only a reader may type."""
    there = set(text)
    written = [(one, simple) for one, simple in simplified().items() if one in there]
    typed = [(one, simple) for one, simple in simplified().items() if simple in there and one not in there]
    return "".join(map("".join, written)), "".join(map("".join, typed))


@cache
def simplified() -> dict[str, str]:
    """Traditional character → simplified form (OpenCC), single characters only."""
    characters = [chr(code) for code in HAN]
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {one: other for one, other in zip(characters, simple, strict=True) if one != other}


def readings(text: str) -> str:
    """Characters by their sound, without tones: "a啊阿 ai爱…", for all that `text` has and the commoner ones of GB 2312.

    A character of the text stands under every sound that it has there, the most frequent first; any other under its
    usual one. A sound that is a second one of its characters stands in a second group, after all first ones.
    """
    heard: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    runs = "".join(character if ord(character) in HAN else " " for character in text).split()
    for run in runs:
        for character, (reading, *_) in zip(run, pypinyin.pinyin(run, style=pypinyin.Style.NORMAL), strict=True):
            if reading.isascii():
                heard[character][reading] += 1
    groups: tuple[dict[str, list[str]], dict[str, list[str]]] = (defaultdict(list), defaultdict(list))
    for character in sorted({*heard, *_common()}):
        known = heard.get(character) or {pypinyin.lazy_pinyin(character)[0]: 1}
        for place, reading in enumerate(sorted(known, key=lambda reading: (-known[reading], reading))[:2]):
            groups[place][reading].append(character)
    return " ".join(f"{reading}{''.join(group[reading])}" for group in groups for reading in sorted(group))


def _common() -> list[str]:
    """The 3755 characters of GB 2312, level 1."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xD8) for cell in range(0xA1, 0xFF))
    return [code.decode("gb2312") for code in codes if code <= b"\xd7\xf9"]
