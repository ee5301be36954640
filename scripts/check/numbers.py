"""The numbers that a text writes, in Arabic or Chinese numerals."""

import re
import unicodedata

ARABIC = re.compile(r"[0-9]+(?:\.[0-9]+)?")
CHINESE = re.compile(r"[零〇一二两三四五六七八九十百千万亿]{1,24}")  # no number that anybody writes is longer
NUMERAL = re.compile(f"{ARABIC.pattern}|{CHINESE.pattern}")
DIGITS = {**{numeral: value for value, numeral in enumerate("零一二三四五六七八九")}, "〇": 0, "两": 2}
UNITS = {"十": 10, "百": 100, "千": 1000}
GROUPS = {"万": 10**4, "亿": 10**8}


def numbers(text: str) -> set[str]:
    """Every number that stands in a text, as digits: 30%, ２０ and 二十 give 30, 20 and 20."""
    folded = unicodedata.normalize("NFKC", text)
    return {*ARABIC.findall(folded), *(str(chinese_number(numeral)) for numeral in CHINESE.findall(text))}


def chinese_number(numeral: str) -> int:
    """What a Chinese numeral without decimals means: 一百二十 is 120, 二〇二五 is 2025."""
    if len(numeral) > 1 and all(character in DIGITS for character in numeral):
        return int("".join(str(DIGITS[character]) for character in numeral))
    total = group = digit = 0
    for character in numeral:
        if character in DIGITS:
            digit = DIGITS[character]
        elif character in UNITS:
            group += (digit or 1) * UNITS[character]
            digit = 0
        else:
            total = (
                (total + group + digit) * GROUPS[character]
                if character == "亿"
                else total + (group + digit) * GROUPS[character]
            )
            group = digit = 0
    return total + group + digit
