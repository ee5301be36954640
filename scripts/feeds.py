"""Feeds of what changed in the data (Atom, RFC 4287): of everything, of each policy and of each department.

Where the history is not known there are none: a feed that says nothing changed would be wrong.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID, uuid5

import jinja2
from feedgenerator import Atom1Feed

from scripts.ledger import Change, Ledger, Release
from scripts.period import CHINA
from scripts.wording import (
    COUNTED,
    Piece,
    address_of,
    by_record,
    excerpt,
    field_of,
    kind_of,
    name_of,
    summary,
    values_of,
    verb_of,
    visible,
)

NAMESPACE = UUID("0f6f2d0e-4e0a-5b7b-8f57-7f3f0b8a6c14")  # for ids; must never change, or all would be new to readers
MOST = 50  # entries of one feed
LISTED = 100  # records or fields that one entry lists

# A feed may be stripped of its style, or of its tags: what was and what is stand beside each other in words.
ENTRY = """
{% macro lines(text) %}{% for line in text.split("\n") %}{{ line }}{% if not loop.last %}<br>{% endif %}{% endfor %}{% endmacro %}
{% macro named(told) %}{% if told.url %}<a href="{{ told.url }}">{{ told.name }}</a>{% else %}{{ told.name }}{% endif %}{% if told.within %}（{{ told.within }}）{% endif %}{% endmacro %}
{% macro side(pieces, other, tag) %}“{% for piece in pieces if piece.kind != other %}{% if piece.kind != "same" %}<{{ tag }}>{% endif %}{% if piece.is_left_out %}［略 {{ piece.text | length }} 字］{% else %}{{ lines(piece.text) }}{% endif %}{% if piece.kind != "same" %}</{{ tag }}>{% endif %}{% endfor %}”{% endmacro %}
<p>数据版本 {{ release.version }}，{{ release.time }}（北京时间）。{% if release.reason %}原因：{{ release.reason }}{% else %}没有写明原因。{% endif %}</p>
{% for verb, counted, count, records in whole %}
<p>{{ verb }} {{ count }} {{ counted }}：</p>
<ul>
{% for told in records %}
<li>{{ named(told) }}</li>
{% endfor %}
{% if count > records | length %}
<li>另有 {{ count - records | length }} 处，见<a href="{{ more }}">修改记录</a>。</li>
{% endif %}
</ul>
{% endfor %}
{% for told in parts %}
<p>{{ told.verb }}{{ named(told) }}：</p>
<ul>
{% for field in told.fields %}
<li>{{ field.name }}{% if field.before and field.after %}：{{ side(field.pieces, "inserted", "del") }} → {{ side(field.pieces, "deleted", "ins") }}{% elif field.after %}，补充：{{ side(field.pieces, "deleted", "ins") }}{% elif field.before %}，删去：{{ side(field.pieces, "inserted", "del") }}{% elif field.is_gone %}，取消{% else %}，新增{% endif %}</li>
{% endfor %}
</ul>
{% endfor %}
{% if left %}
<p>另有 {{ left }} 处，见<a href="{{ more }}">修改记录</a>。</p>
{% endif %}
"""


@dataclass(frozen=True)
class _Field:
    name: str
    before: str
    after: str
    pieces: tuple[Piece, ...]
    is_gone: bool


@dataclass(frozen=True)
class _Told:
    """A changed record as an entry tells it."""

    verb: str
    name: str
    within: str  # the document it belongs to, or what it is where its name does not say it
    url: str
    fields: tuple[_Field, ...] = ()


@dataclass(frozen=True)
class _Feed:
    """What a feed is about."""

    name: str  # of the file
    title: str
    subtitle: str
    page: str  # address of the page whose changes it tells


class _Atom(Atom1Feed):
    """A feed that asks no clock: without entries, it is as old as the data."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else self.feed["dated"]


def make_feeds(ledger: Ledger) -> Iterator[tuple[str, bytes]]:
    """One entry a release, the newest first; in the feed of a policy or department, of what touched it."""
    if not ledger.history.releases:
        return
    touched = _touched(ledger)
    for feed in _feeds(ledger):
        # Also of what no commit touched yet, so that every page may link its feed.
        yield f"feeds/{feed.name}.atom", _atom(feed, touched.get(feed.name, ())[:MOST], ledger)


def _feeds(ledger: Ledger) -> Iterator[_Feed]:
    name = ledger.site.name
    yield _Feed("all", f"{name}：修改", "数据里的每一次增补和更正。", "changes/")
    for policy in ledger.policies:
        subtitle = f"《{policy.title}》及其各条{policy.measure_term}的增补和更正。"
        yield _Feed(f"policy-{policy.id}", f"{policy.short_title}：修改（{name}）", subtitle, policy.address)
    for department in ledger.departments:
        subtitle = f"{department.name}的记录及其承担的措施的增补和更正。"
        yield _Feed(f"department-{department.id}", f"{department.name}：修改（{name}）", subtitle, department.address)


def _touched(ledger: Ledger) -> dict[str, list[tuple[Release, list[Change]]]]:
    """What each feed tells, by its name: releases, the newest first, each with those of its changes that belong there."""
    found: dict[str, list[tuple[Release, list[Change]]]] = {}
    for release in reversed(ledger.history.releases):
        for change in release.changes:
            for name in _told_in(change, ledger):
                releases = found.setdefault(name, [])
                if not releases or releases[-1][0] is not release:
                    releases.append((release, []))
                releases[-1][1].append(change)
    return found


def _told_in(change: Change, ledger: Ledger) -> Iterator[str]:
    """The names of the feeds that tell a change."""
    yield "all"
    root, _, key = change.record.partition("/")
    if root == "departments":
        yield f"department-{key}"
    if root == "policies":
        yield f"policy-{key.split('/')[0]}"
        if measure := ledger.measure_by_id.get(key):
            for id in dict.fromkeys(department.id for department in measure.departments):
                yield f"department-{id}"


def _atom(feed: _Feed, releases: Sequence[tuple[Release, list[Change]]], ledger: Ledger) -> bytes:
    site = ledger.site
    # Every ledger has a feed of everything; its first commit tells it from others.
    first = ledger.history.releases[0].commit
    atom = _Atom(
        title=visible(feed.title),
        link=_url(feed.page, ledger),
        description=visible(feed.subtitle),
        language="zh-CN",
        author_name=visible(site.operator or site.name),
        feed_url=site.url(f"feeds/{feed.name}.atom") if site.address else f"{feed.name}.atom",
        feed_guid=_id("feed", first, feed.name),
        dated=_time(ledger.history.releases[-1]),
    )
    for release, changes in releases:
        time = _time(release)
        atom.add_item(
            title=visible(f"{release.on}：{summary(changes, ledger)}"),
            link=_url(f"changes/#v{release.version}", ledger),
            description=None,
            content=visible(_content(release, changes, ledger)),
            # Not the same in every feed, for each tells only its part of the release.
            unique_id=_id("entry", release.commit, feed.name),
            pubdate=time,
            updateddate=time,
        )
    return atom.writeString("utf-8").encode()


def _time(release: Release) -> datetime:
    return datetime.strptime(release.time, "%Y-%m-%d %H:%M").replace(tzinfo=CHINA)


def _id(*names: str) -> str:
    """A name for good, whatever the address of the site."""
    return f"urn:uuid:{uuid5(NAMESPACE, ' '.join(names))}"


def _url(address: str, ledger: Ledger) -> str:
    """The full address where the site's own is known, else the way from the folder of the feeds."""
    return ledger.site.url(address) if ledger.site.address else f"../{address}"


def _content(release: Release, changes: Sequence[Change], ledger: Ledger) -> str:
    """What changed, as HTML."""
    whole: dict[tuple[str, str], list[Change]] = {}
    parts: list[list[Change]] = []
    for of_record in by_record(changes).values():
        if of_record[0].field:
            parts.append(of_record)
        else:
            counted = COUNTED.get(kind_of(of_record[0].record), "条记录")
            whole.setdefault((verb_of(of_record), counted), []).append(of_record[0])
    told: list[_Told] = []
    room = LISTED
    for of_record in parts:
        if room > 0:
            told.append(_told(of_record[:room], verb_of(of_record), ledger))
            room -= len(of_record)
    return _template().render(
        release=release,
        whole=[
            (verb, counted, len(records), [_told([change], verb, ledger) for change in records[:LISTED]])
            for (verb, counted), records in whole.items()
        ],
        parts=told,
        left=max(0, -room) + sum(map(len, parts[len(told) :])),
        more=_url(f"changes/#v{release.version}", ledger),
    )


def _told(changes: Sequence[Change], verb: str, ledger: Ledger) -> _Told:
    change = changes[0]
    address = address_of(change, ledger)
    return _Told(
        verb=verb,
        name=name_of(change, ledger),
        within=_within(change, ledger),
        url=_url(address, ledger) if address else "",
        fields=tuple(_field(change, ledger) for change in changes if change.field),
    )


def _within(change: Change, ledger: Ledger) -> str:
    match kind_of(change.record):
        case "measure":
            measure = ledger.measure_by_id.get(change.record.partition("/")[2])
            return measure.policy.short_title if measure else ""
        case "source":
            return "存档原文"
        case "tables":
            return "数据表"
    return ""


def _field(change: Change, ledger: Ledger) -> _Field:
    before, after = values_of(change, ledger)
    return _Field(field_of(change), before, after, excerpt(before, after), change.action == "removed")


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(ENTRY.lstrip("\n"))
