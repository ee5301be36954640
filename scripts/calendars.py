"""Calendars of the deadlines, for programs that people already have. Nothing here is more precise than the documents.

iCalendar: RFC 5545; NAME, DESCRIPTION, REFRESH-INTERVAL and URL of a whole calendar: RFC 7986.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event, vCategory, vText

from scripts.ledger import Deadline, Ledger, Measure, Site
from scripts.period import CHINA, Period

NAMESPACE = UUID("5d0b2b54-6a0e-5d3c-9d57-3a1f6f0c8e21")  # for UIDs; must never change, or events would appear twice
PRODID = "-//Policy Ledger//Calendars 1//ZH"
# DTSTAMP is required and says when the event was last revised. Where the history is not known, a time that nobody
# takes for a real one; the time of the build would make every build another file.
UNDATED = datetime(1970, 1, 1, tzinfo=UTC)
BY_THE_END = re.compile("[底末]")
UNITS = {"year": "年", "quarter": "季度", "month": "月"}
ABOUT = (
    "日程由政策文件写明的完成时限生成。原文只写到月、季度或年的，日程占满整段时间；"
    "它不说明事情是否完成，以原文为准。"
)  # fmt: skip


class Text(vText):
    r"""A text whose \N stays as it is: the library takes a backslash before N for a line break."""

    __slots__ = ()

    def to_ical(self) -> bytes:
        return rb"\\N".join(vText(part).to_ical() for part in self.split(r"\N"))


def make_calendars(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """The calendars that have an event: of everything, of each policy and of each department."""
    events = {
        measure.id: [_event(measure, deadline, ledger).to_ical() for deadline in measure.deadlines if deadline.period]
        for measure in ledger.measures
    }
    site = ledger.site
    yield from _calendar("all", site.name, "", ledger.measures, events, site)
    for policy in ledger.policies:
        yield from _calendar(
            f"policy-{policy.id}", policy.short_title, policy.address, ledger.measures_of(policy), events, site
        )
    for department in ledger.departments:
        duties = ledger.duties_of(department)
        yield from _calendar(f"department-{department.id}", department.name, department.address, duties, events, site)


def _calendar(
    file: str, name: str, page: str, measures: Iterable[Measure], events: Mapping[str, list[bytes]], site: Site
) -> Iterator[tuple[str, bytes]]:
    """One calendar, if it has an event."""
    # Once each, also where one body is named twice in a measure.
    own = [event for id in dict.fromkeys(measure.id for measure in measures) for event in events[id]]
    if not own:
        return
    path = f"calendars/{file}.ics"
    calendar = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODID)
    calendar.add("CALSCALE", "GREGORIAN")
    for names, words in ((("NAME", "X-WR-CALNAME"), f"{name}：完成时限"), (("DESCRIPTION", "X-WR-CALDESC"), ABOUT)):
        for property in names:  # the standard's, and the one that most programs read
            calendar.add(property, Text(words))
    calendar.add("REFRESH-INTERVAL", timedelta(days=1), parameters={"VALUE": "DURATION"})
    calendar.add("X-PUBLISHED-TTL", "P1D")
    if site.address:
        calendar.add("URL", site.url(page))
        calendar.add("SOURCE", site.url(path), parameters={"VALUE": "URI"})
    # An event stands in several calendars; to fold it once takes a fifth of the time.
    start, end, rest = calendar.to_ical().rpartition(b"END:VCALENDAR")
    yield path, b"".join((start, *own, end, rest))


def _event(measure: Measure, deadline: Deadline, ledger: Ledger) -> Event:
    """One deadline as an event over the whole period that the words mean, on days without a time."""
    period = deadline.period
    assert period
    # “到2020年底” means its last day; “2020年” any of its days.
    start, end = _days(replace(period, precision="day") if BY_THE_END.search(deadline.quote) else period)
    event = Event()
    event.add("UID", str(uuid5(NAMESPACE, deadline.id)))
    known = ledger.history.dates.get(measure.source.removeprefix("data/"))
    changed = datetime.strptime(known.last, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA).astimezone(UTC) if known else None
    event.add("DTSTAMP", changed or UNDATED)
    if changed:
        event.add("LAST-MODIFIED", changed)
    event.add("DTSTART", start)
    event.add("DTEND", end)
    place = "时限" if deadline.scope == "row" else "正文"
    event.add("SUMMARY", Text(f"{measure.number} {measure.title}（{place}：{deadline.quote}）"))
    event.add("DESCRIPTION", Text("\n".join(_description(measure, deadline, period, ledger.site))))
    if measure.themes:
        categories = vCategory([])
        categories.cats = [Text(theme.name) for theme in measure.themes]  # given to vCategory they become vText again
        event.add("CATEGORIES", categories)
    event.add("TRANSP", "TRANSPARENT")  # a deadline does not make anybody busy
    if ledger.site.address:
        event.add("URL", ledger.site.url(measure.address))
    return event


def _description(measure: Measure, deadline: Deadline, period: Period, site: Site) -> Iterator[str]:
    place = "完成时限一栏写" if deadline.scope == "row" else "正文里写"
    yield f"{measure.policy.named}{measure.called}：{measure.title}"
    yield f"原文{place}“{deadline.quote}”。"
    if period.precision == "day":
        yield "原文写到了日。"
    else:
        unit = UNITS[period.precision]
        yield f"原文只写到{unit}，没有写到日；最后一天 {period.end} 是自动计算的。"
    names = "、".join(share.name_as_written for share in measure.responsibilities)
    if names:
        yield f"责任部门（照原文次序）：{names}{'等' if measure.open_list else ''}"
    if leads := measure.leads:
        yield f"牵头部门：{'、'.join(lead.name for lead in leads)}"
    elif gap := measure.unknown("lead"):
        yield f"牵头部门：{gap.state}。{gap.reason}"
    if site.address:
        yield f"对照原文：{site.url(measure.address)}"


def _days(period: Period) -> tuple[date, date]:
    """The first day of a period, and the day after its last."""
    last = date.fromisoformat(period.end)
    match period.precision:
        case "year":
            first = last.replace(month=1, day=1)
        case "quarter":
            first = last.replace(month=last.month - 2, day=1)
        case "month":
            first = last.replace(day=1)
        case _:
            first = last
    return first, last + timedelta(days=1)
