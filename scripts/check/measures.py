"""The checks of a measure against its text, its policy and the others. Each is named for what should be true."""

import re
from collections.abc import Callable, Iterator

from scripts.check.quotes import between_wide_quotes, not_found, way_out
from scripts.check.relations import RELATION_CHECKS
from scripts.check.responsibilities import RESPONSIBILITY_CHECKS
from scripts.check.targets import TARGET_CHECKS
from scripts.check.unknowns import EXPLAIN, is_explained, unknowns_fit, values_of
from scripts.check.world import World, all_text, deadline_of, official, unlisted
from scripts.load import Fields, Problem, Record, Text
from scripts.period import DATES_READ, day_in, read_period
from scripts.problem import near

DATED = re.compile(
    r"(?:到|至|自|在)?(?:19|20)[0-9]{2}\s*年(?:\s*[0-9]{1,2}\s*月(?:\s*[0-9]{1,2}\s*日)?)?(?:底|末)?(?:前)?"
)
HEADING = "小标题照抄正文开头的几个字，到标点为止，不含末尾的标点。"


def heading_begins_the_text(measure: Record, world: World) -> Iterator[Problem]:
    """The heading is what the text begins with, up to a punctuation mark."""
    heading, text = measure.root.get("heading"), measure.root.text("text")
    if not isinstance(heading, Text):
        return
    after = text[len(heading.value) : len(heading.value) + 1]
    if world.is_misquoted(heading.value, measure.id):
        return
    if not text.startswith(heading.value):
        at, help = way_out(heading, text[: 2 * len(heading.value)])
        message = f"正文不是以“{heading.value}”开头的。"
        yield Problem(at, "not-in-source", message, help or HEADING)
    elif after.isalnum() or heading.value.endswith(("。", "：", "，")):
        yield Problem(heading.at, "not-in-source", f"“{heading.value}”不是完整的小标题。", HEADING)


def measure_has_a_title(measure: Record, world: World) -> Iterator[Problem]:
    if not (measure.root.text("heading") or measure.root.text("title")):
        help = "原文有小标题的写 heading；没有的，由编辑拟一个短标题，写在 title。"
        yield Problem(measure.root.at_key("title"), "missing-field", "这一条没有标题。", help)


def deadline_is_a_date(measure: Record, world: World) -> Iterator[Problem]:
    """A deadline means a period, or the record says why it means none."""
    deadline, year = deadline_of(measure), world.year_of(measure)
    inside = between_wide_quotes(deadline.value) if deadline else ""
    if deadline and not read_period(inside or deadline.value, year) and not is_explained(measure, "deadline"):
        yield Problem(
            deadline.at,
            "deadline-not-a-date",
            f"“{deadline.value}”不是能读懂的日期。",
            f"能读懂的写法如 {DATES_READ}；原文只写月份、年份在标题里的，在 policy.yml 的 deadline_year 写明年份；原文确实没有日期的（如“持续推进”），请在 unknowns 里写明 deadline 的状态和原因。",
        )
    for _, row in measure.root.rows("inner_deadlines"):
        quote = row.get("quote")
        if isinstance(quote, Text) and not read_period(quote.value, year):
            yield Problem(
                quote.at, "deadline-not-a-date", f"“{quote.value}”不是能读懂的日期。", f"能读懂的写法如 {DATES_READ}。"
            )


def deadlines_follow_the_issue(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder for each deadline that was over before the document was issued, unless an anomaly quotes it."""
    policy = world.policy_of(measure)
    issued = day_in(policy.root.text("issued")) if policy else ""
    if not policy or not issued:
        return
    odd = [row.text("quote") for record in (measure, policy) for _, row in record.root.rows("anomalies")]
    inner = (row.get("quote") for _, row in measure.root.rows("inner_deadlines"))
    year = world.year_of(measure)
    for written in (deadline_of(measure), *inner):
        period = read_period(written.value, year) if isinstance(written, Text) else None
        if period and period.end < issued and not any(written.value in quote for quote in odd):
            message = f"时限“{written.value}”早于文件的成文日期（{issued}）。"
            help = "请对照原文；原文就是这样写的，在 anomalies 里说明。"
            yield Problem(written.at, "deadline-before-issue", message, help)


def dates_in_the_text_are_listed(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder for each date in the text that is no inner deadline and belongs to no quoted target or document."""
    text = measure.root.get("text")
    if not isinstance(text, Text):
        return
    told = [
        row.text(field)
        for name, field in (("inner_deadlines", "quote"), ("targets", "by_text"), ("instruments", "title"))
        for _, row in measure.root.rows(name)
    ]
    for found in DATED.finditer(text.value):
        if not any(found.group() in words or words in found.group() for words in told if words):
            message = f"正文里的“{found.group()}”没有列入 inner_deadlines。"
            help = "是完成时限的，请在 inner_deadlines 里照录；不是的，不用管。"
            yield Problem(text.at_offset(found.start()), "unlisted-deadline", message, help)


def quotes_are_in_the_text(measure: Record, world: World) -> Iterator[Problem]:
    """What is quoted stands in the official parts, word for word."""
    text = all_text(measure)
    for name, fields, where in (
        ("inner_deadlines", ("quote",), "正文"),
        ("anomalies", ("quote",), "这一条的原文"),
        ("instruments", ("title", "number"), "这一条的原文"),
        ("targets", ("quote", "scope", "by_text"), "正文"),
    ):
        for _, row in measure.root.rows(name):
            for field in fields:
                quote = row.get(field)
                if (
                    isinstance(quote, Text)
                    and quote.value not in text
                    and not world.is_misquoted(quote.value, measure.id)
                ):
                    yield not_found(quote, where, text)


def instruments_are_listed(measure: Record, world: World) -> Iterator[Problem]:
    """A reminder for each 《…》 in the text that is not listed."""
    listed = [row.text("title") for _, row in measure.root.rows("instruments")]
    for _, text in official(measure):
        yield from unlisted(text, listed)


def terms_are_known(measure: Record, world: World) -> Iterator[Problem]:
    """Each theme and audience is known, and the text has one of its words."""
    text = measure.root.text("text")
    for kind, rule, label in (("themes", "unknown-theme", "主题"), ("audiences", "unknown-audience", "对象")):
        table = world.tables.get(kind)
        if table is None:
            continue
        known = table.fields
        for id in measure.root.texts(kind):
            term = known.get(id.value)
            if not isinstance(term, Fields):
                yield Problem(
                    id.at,
                    rule,
                    f"没有编号为“{id.value}”的{label}。",
                    near(
                        id.value,
                        known,
                        f"可以写：{'、'.join(known)}；没有合适的，请先在 data/{kind}.yml 里添加。",
                    ),
                )
            elif not any(
                word.value in text or world.is_misquoted(word.value, measure.id) for word in term.texts("words")
            ):
                words = "、".join(word.value for word in term.texts("words"))
                yield Problem(
                    id.at,
                    "term-without-evidence",
                    f"正文里没有{label}“{term.text('name')}”的任何一个词。",
                    f"这一{label}的词是：{words}。请去掉这个{label}，或在 data/{kind}.yml 里补词。",
                )


def unknowns_are_explained(measure: Record, world: World) -> Iterator[Problem]:
    """What a measure has no value for is explained, there or for the whole policy; and nothing else is."""
    policy = world.policy_of(measure)
    if policy:
        help = f"{EXPLAIN}各条都没有的，写在 policy.yml 的 measure_unknowns。"
        yield from unknowns_fit(
            measure,
            values_of(measure, policy, world.section_of(measure.id)),
            policy.root.get("measure_unknowns"),
            help,
        )


MEASURE_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    heading_begins_the_text,
    measure_has_a_title,
    *RESPONSIBILITY_CHECKS,
    deadline_is_a_date,
    deadlines_follow_the_issue,
    dates_in_the_text_are_listed,
    quotes_are_in_the_text,
    *TARGET_CHECKS,
    instruments_are_listed,
    terms_are_known,
    *RELATION_CHECKS,
    unknowns_are_explained,
)
