"""Numbers as word processors and browsers write them before list items. Names of formats: ECMA-376, ST_NumberFormat."""

from collections.abc import Callable

ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"))
ROMAN += ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
PLAIN, LEGAL = "零一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖"
LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"


def counted(number: int, style: str) -> str:
    """A number in one of the formats; in Arabic digits where the format has no sign for it or is unknown."""
    return "" if style == "none" else STYLES.get(style, str)(number) or str(number)


def _row(first: str, length: int) -> Callable[[int], str]:
    """Signs that stand in a row in Unicode: ① to ⑳."""
    return lambda number: chr(ord(first) + number - 1) if 0 < number <= length else ""


def _of(signs: str) -> Callable[[int], str]:
    return lambda number: signs[number - 1] if 0 < number <= len(signs) else ""


def _circled(number: int) -> str:
    for first, start, length in (("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15)):
        if start <= number < start + length:
            return chr(ord(first) + number - start)
    return "⓪" if number == 0 else ""


def _letters(number: int) -> str:
    """a to z, then aa, bb …"""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1) if 0 < number <= 26 * 20 else ""


def _roman(number: int) -> str:
    made = ""
    for value, sign in ROMAN:
        made += sign * (number // value if number < 4000 else 0)
        number %= value
    return made


def _counting(digits: str = PLAIN, units: str = "十百千", zero: str = "零", one: bool = True) -> Callable[[int], str]:
    """Chinese numerals with their units. `one`: is a leading 一 of 一百 written?"""

    def write(number: int) -> str:
        if not 0 < number < 10000:
            return zero if number == 0 else ""
        made, gap = "", False
        for place, digit in enumerate(map(int, f"{number:04d}")):
            unit = ["", *units][3 - place]
            if digit:
                bare = digit == 1 and unit and (not one or (unit == units[0] == "十" and not made))
                made += (zero if gap and made else "") + ("" if bare else digits[digit]) + unit
            gap = not digit
        return made

    return write


def _digits(zero: str) -> Callable[[int], str]:
    return lambda number: "".join((zero + PLAIN[1:])[int(digit)] for digit in str(number)) if number >= 0 else ""


STYLES: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02d}",
    "decimalFullWidth": lambda number: str(number).translate({ord("0") + n: ord("０") + n for n in range(10)}),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedParen": _row("⑴", 20),
    "decimalEnclosedFullstop": _row("⒈", 20),
    "numberInDash": lambda number: f"- {number} -",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "chineseCounting": _counting(zero="○"),
    "chineseCountingThousand": _counting(),
    "japaneseCounting": _counting(zero="", one=False),
    "ideographDigital": _digits("〇"),
    "chineseLegalSimplified": _counting(LEGAL, "拾佰仟"),
    "ideographLegalTraditional": _counting(LEGAL_TRADITIONAL, "拾佰仟"),
    "ideographTraditional": _of("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _of("子丑寅卯辰巳午未申酉戌亥"),
    "ideographEnclosedCircle": _row("㊀", 10),
}
STYLES |= {
    "decimalEnclosedCircleChinese": _circled,
    "decimalFullWidth2": STYLES["decimalFullWidth"],
    "taiwaneseCounting": STYLES["chineseCounting"],
    "taiwaneseCountingThousand": STYLES["chineseCountingThousand"],
    "taiwaneseDigital": STYLES["ideographDigital"],
    "japaneseDigitalTenThousand": STYLES["ideographDigital"],
}
