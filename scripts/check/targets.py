"""The checks of a measure's targets against the words that they are quoted from."""

import re
from collections.abc import Callable, Iterator

from scripts.characters import solid
from scripts.check.numbers import ARABIC, NUMERAL, numbers
from scripts.check.quotes import not_found
from scripts.check.world import World, all_text
from scripts.load import Fields, Problem, Record, Text, plain

NOT_WRITTEN = "数值照原文写。原文没有写这个数的（如自己数出来的），请删去这个指标。"
POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8}
WITH_POWER = re.compile(rf"({ARABIC.pattern})({'|'.join(sorted(POWERS, key=len, reverse=True))})")
OF_A_DATE = re.compile(r"\s*[年月日]")
YEAR = 4  # digits
TIMES = "次"  # 万人次, 人次
POWER = re.compile("[十百千万亿]+")
RANGE = re.compile(rf"({ARABIC.pattern})%?(?:[-—–~～－]+|[至到])({ARABIC.pattern})(?![0-9.]*年)")
# Words that say no less or no more, as they stand before or behind a number.
BEFORE = re.compile(r"(至少|不少于|不低于|不小于|不超过|不高于|超过)(?:达到)?\s*$")
BEHIND = re.compile(r"[^，。；、：]{0,4}?(以上|以内|以下|左右)")


def targets_are_in_their_quote(measure: Record, world: World) -> Iterator[Problem]:
    """Subject, comparator, numbers and unit of a target are words of its quote."""
    for _, row in measure.root.rows("targets"):
        quote = row.text("quote")
        if quote not in all_text(measure):
            continue  # which is said
        for field in ("subject", "comparator", "unit"):
            word = row.get(field)
            if isinstance(word, Text) and word.value not in quote:
                yield not_found(word, "这个指标的 quote ", quote)
        for field in ("value", "value_max"):
            number = row.get(field)
            if isinstance(number, Text) and number.value not in numbers(quote):
                message = f"这个指标的 quote 里找不到“{number.value}”。"
                yield Problem(number.at, "not-in-source", message, _as_written(number.value, quote) or NOT_WRITTEN)
        least, most = (row.get(field) for field in ("value", "value_max"))
        is_range = isinstance(least, Text) and isinstance(most, Text)
        if is_range and {least.value, most.value} <= numbers(quote) and float(most.value) < float(least.value):
            message = f"上限 {most.value} 小于下限 {least.value}。"
            yield Problem(most.at, "range-upside-down", message, "请把小的数写在 value，大的数写在 value_max（上限）。")


def _as_written(value: str, quote: str) -> str:
    """Of a number that the quote writes with 万 or 亿: how a target has it; "" if it does not."""
    for found in WITH_POWER.finditer(quote):
        if value.isdigit() and float(found.group(1)) * POWERS[found.group(2)] == float(value):
            return f"原文是“{found.group()}”：value 写 {found.group(1)}，“{found.group(2)}”写在 unit 里。"
    return ""


def _behind(value: str, quote: str) -> list[str]:
    """What a quote goes on with behind each place where a number stands in it."""
    return [quote[found.end() :] for found in ARABIC.finditer(quote) if found.group() == value]


def units_are_whole(measure: Record, world: World) -> Iterator[Problem]:
    """A number that the quote goes on with 万 or 亿 has that in its unit: 15万人次 is no 15人次."""
    for _, row in measure.root.rows("targets"):
        quote, value, unit = row.text("quote"), row.text("value"), row.get("unit")
        behind = _behind(value, quote)
        if not isinstance(unit, Text) or not behind or unit.value not in quote:
            continue
        power = POWER.match(behind[0])
        if power and all(POWER.match(rest) for rest in behind) and not unit.value.startswith(power.group()):
            message = f"原文“{value}”后面是“{power.group()}”，单位里没有。"
            yield Problem(unit.at, "not-in-source", message, f"请写成 {power.group()}{unit.value}。")


def units_follow_their_numbers(measure: Record, world: World) -> Iterator[Problem]:
    """A number of a date is no value, and 万人次 no 万人."""
    for _, row in measure.root.rows("targets"):
        quote, value, unit = row.text("quote"), row.get("value"), row.get("unit")
        behind = _behind(value.value, quote) if isinstance(value, Text) else []
        if not isinstance(unit, Text) or not behind or unit.value not in quote:
            continue
        if all(map(OF_A_DATE.match, behind)) and (len(value.value) == YEAR or unit.value[0] not in "年月日"):
            message = f"“{value.value}”在原文里是日期，不是指标的数值。"
            yield Problem(value.at, "not-in-source", message, "请写这个指标自己的数；日期写进 by_text。")
        elif behind[0].startswith(f"{unit.value}{TIMES}"):
            message = f"原文“{value.value}”后面是“{unit.value}{TIMES}”，单位没有写全。"
            yield Problem(unit.at, "not-in-source", message, f"请写成 {unit.value}{TIMES}。")


def targets_are_told_once(measure: Record, world: World) -> Iterator[Problem]:
    """The same number of the same words is one target, however much of them is quoted; words that come twice are two."""
    text = solid(measure.root.text("text"))
    told: list[tuple[str, Fields]] = []
    rows = measure.root.get("targets")
    for key, row in rows.rows_of() if isinstance(rows, Fields) else ():
        for before, other in told:
            same = all(row.text(field) == other.text(field) for field in ("value", "value_max", "unit"))
            within = (_holds(row.text(field), other.text(field)) for field in ("quote", "subject"))
            is_twin = plain(row) == plain(other)  # which is told of every kind of row
            shorter, longer = sorted((solid(row.text("quote")), solid(other.text("quote"))), key=len)
            number = f"{row.text('value')}{row.text('unit')}"
            comes_once = bool(shorter) and text.count(shorter) < 2 and longer.count(number) < 2
            if same and not is_twin and comes_once and row.text("subject") and all(within):
                message = f"“{key}”和“{before}”说的是同一个数。"
                yield Problem(rows.at_key(key), "repeated-item", message, "请只留一处。")
                break
        told.append((key, row))


def _holds(one: str, other: str) -> bool:
    return one in other or other in one


def ranges_have_two_ends(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder where a target has one end of a range of its quote."""
    for _, row in measure.root.rows("targets"):
        quote, value = row.get("quote"), row.text("value")
        for found in RANGE.finditer(quote.value) if isinstance(quote, Text) and "value_max" not in row else ():
            if value in found.groups():
                message = f"原文是“{found.group()}”，这个指标只写了 {value}。"
                help = f"请写上两头：value: {found.group(1)}，value_max: {found.group(2)}；说的不是一个区间的，不用管。"
                yield Problem(quote.at_offset(found.start()), "half-a-range", message, help)
                break


def limits_are_recorded(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder where a target has no comparator, and its number has one in the quote."""
    for _, row in measure.root.rows("targets"):
        quote, value = row.get("quote"), row.text("value")
        if not isinstance(quote, Text) or "comparator" in row:
            continue
        for found in NUMERAL.finditer(quote.value):
            said = BEFORE.search(quote.value[: found.start()]) or BEHIND.match(quote.value, found.end())
            if said and value in numbers(found.group()):
                message = f"原文有“{said.group(1)}”，这个指标没有写限定词。"
                help = f"请写上：comparator: {said.group(1)}；说的不是这个数的，不用管。"
                yield Problem(quote.at_offset(said.start(1)), "unlisted-comparator", message, help)
                break


TARGET_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    targets_are_in_their_quote,
    units_are_whole,
    units_follow_their_numbers,
    targets_are_told_once,
    ranges_have_two_ends,
    limits_are_recorded,
)
