"""The page on the quality of the data: its numbers, worked out again from the YAML files without the program."""

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from scripts.check import check
from scripts.ledger import Ledger
from scripts.load import load
from scripts.pages import _render
from scripts.pages.plan import Page
from scripts.pages.quality import SHOWN, STATES, assess
from tests.conftest import CITY, DATA, pages_of


class Raw:
    """A data folder as any reader of YAML sees it; every value is text."""

    def __init__(self, data: Path):
        self.data = data
        self.policies = {path.parent.name: self.read(path) for path in data.glob("policies/*/policy.yml")}
        self.measures = {
            f"{path.parts[-3]}/{path.stem}": self.read(path) for path in data.glob("policies/*/measures/*.yml")
        }
        duties = {name for measure in self.measures.values() for name in measure.get("departments", [])}
        departments = [self.read(path) for path in data.glob("departments/*.yml")]
        self.departments = [one for one in departments if duties & {one["name"], *one.get("other_names", [])}]

    @staticmethod
    def read(path: Path) -> dict:
        return yaml.load(path.read_text("utf-8"), yaml.BaseLoader)

    def entries(self) -> list[dict]:
        names = ("themes", "audiences", "glossary", "jurisdictions", "synonyms")
        return [entry for name in names for entry in self.read(self.data / f"{name}.yml").values()]

    def policy(self, id: str) -> dict:
        return self.policies[id.split("/")[0]]

    def gaps(self) -> list[tuple[str, str]]:
        """(field, state) of every gap."""
        found = [
            (field, gap["state"]) for one in self.policies.values() for field, gap in one.get("unknowns", {}).items()
        ]
        found += [(field, gap["state"]) for one in self.departments for field, gap in one.get("unknowns", {}).items()]
        for id, measure in self.measures.items():
            own, general = measure.get("unknowns", {}), self.policy(id).get("measure_unknowns", {})
            found += [(field, gap["state"]) for field, gap in own.items()]
            found += [
                (field, gap["state"])
                for field, gap in general.items()
                if field not in own and not self.has(id, measure, field)
            ]
        return found

    def has(self, id: str, measure: dict, field: str) -> bool:
        match field:
            case "lead":
                rule = self.policy(id).get("lead_rule", "")  # it tells how a lead is marked, not who leads
                return "lead" in measure or "牵头" in measure.get("clause", "").replace(rule, "")
            case "section":
                parts = [next(iter(part.items())) for part in self.policy(id)["parts"]]
                before = parts[: parts.index(("measure", id.split("/")[1]))]
                return any(kind == "section" for kind, _ in before)
        return field in measure

    def instruments(self) -> list[dict]:
        records = (*self.policies.values(), *self.measures.values())
        return [row for record in records for row in record.get("instruments", {}).values()]

    def numbers(self) -> dict[str, int]:
        everything = [*self.policies.values(), *self.measures.values(), *self.departments, *self.entries()]
        measures = self.measures.values()
        return {
            "unknowns": len(self.gaps()),
            "anomalies": sum(len(one.get("anomalies", {})) for one in (*self.policies.values(), *measures)),
            "checked": sum("checked" not in one for one in everything),
            "progress": sum("progress" not in one and "searches" not in one for one in measures),
            "instruments": sum("search" not in one for one in self.instruments()),
            "open": sum(one.get("open_list") == "true" for one in measures),
            "themes": sum("themes" not in one for one in measures),
            "kinds": sum("kind" not in one for one in self.departments),
        }


@pytest.fixture(scope="module", params=["zibo", "city"])
def shown(request, ledger, city) -> tuple[Ledger, Raw, str]:
    found, data = {"zibo": (ledger, DATA), "city": (city, CITY / "data")}[request.param]
    return found, Raw(data), pages_of(found)["quality.md"]


def test_every_number_is_what_the_files_say(shown):
    _, raw, page = shown
    cards = dict(re.findall(r'<li><a href="#(\w+)"><strong>([0-9.]+%?)</strong>', page))
    assert cards.pop("coverage") == "100.0%"
    assert int(cards.pop("reminders")) == 0
    assert {name: int(number) for name, number in cards.items()} == raw.numbers()
    for state in ("未载明", "未规定", "不适用"):
        told = re.search(rf'<h3 id="{state}">{state}（(\d+) 项）', page).group(1)
        assert int(told) == sum(gap == state for _, gap in raw.gaps()), state


def test_every_card_leads_to_a_section_that_lists_as_many_records(shown):
    _, _, page = shown
    for name, number in re.findall(r'<li><a href="#(\w+)"><strong>(\d+)</strong>', page):
        section = re.search(rf'<h2 id="{name}">.*?(?=<h2 |\Z)', page, re.DOTALL).group()
        lists = re.findall(r'<ul class="pl-lacks">(.*?)</ul>', section, re.DOTALL)
        assert sum(part.count("<li>") for part in lists) == int(number) or "这里只列前" in section, name
        assert lists or "现在没有。" in section


def test_every_listed_record_has_its_page_and_its_data_file(shown):
    _, raw, page = shown
    items = re.findall(r"<li>(?!<a href=\"#)(.*?)</li>", page.split('<h2 id="unknowns">')[1])
    assert items
    for item in items:
        if "pl-mend" not in item:
            continue
        path = re.search(r'aria-label="编辑 data/([^"]+)"|<code class="pl-mend">data/([^<]+)</code>', item)
        file = path.group(1) or path.group(2)
        assert (raw.data / file).is_file(), item
        assert re.search(r'<a href="(?!https://git)', item) or file in ("jurisdictions.yml", "synonyms.yml"), item


def test_checks_are_counted_and_the_last_one_is_dated(city, ledger):
    quality = assess(city)
    assert quality.last_check == "2026-02-02"
    assert {group.kind: (group.checked, group.count) for group in quality.checks} == {
        "政策文件": (1, 2),
        "措施": (1, 6),
        "责任部门": (1, 5),
        "主题": (1, 2),
        "适用对象": (1, 1),
        "名词": (1, 1),
        "辖区": (1, 2),
        "日常说法": (1, 1),
    }
    assert assess(ledger).last_check == "" and not any(group.checked for group in assess(ledger).checks)
    assert 'data-since="2026-02-02"' in pages_of(city)["quality.md"]


def test_a_long_list_is_cut_and_says_so(city):
    many = replace(city, measures=tuple(replace(city.measures[0], id=f"x/{nn}") for nn in range(SHOWN + 5)))
    page = pages_of_quality(many)
    assert f"这里只列前 {SHOWN} 条，共 {SHOWN + 5} 条，全部见" in page


def pages_of_quality(ledger: Ledger) -> str:
    """The page alone: a ledger that is changed by hand may have no other."""
    facts = {"quality": assess(ledger), "SHOWN": SHOWN, "STATES": STATES}
    return _render(Page("quality.md", "quality", "数据质量", "", "", facts), ledger)


def test_reminders_of_the_check_stand_on_the_page(tmp_path):
    data = shutil.copytree(CITY / "data", tmp_path / "data")
    path = data / "policies/qingchuan-notice/policy.yml"
    path.write_text(
        path.read_text("utf-8").replace("instruments:\n  i1:\n    title: 水法\n    relation: basis\n", ""), "utf-8"
    )
    found = check(load(data)).ledger
    assert [(one.source, one.rule) for one in found.reminders] == [
        ("data/policies/qingchuan-notice/policy.yml", "unlisted-instrument")
    ]
    page = pages_of_quality(found)
    assert "“《水法》”没有列入 instruments。" in page and '<a href="#reminders"><strong>1</strong>' in page


def test_how_long_ago_is_reckoned_in_the_browser(served, browser):
    address, shown = served
    context = browser.new_context(timezone_id="America/Los_Angeles")
    page = context.new_page()
    page.clock.set_fixed_time("2026-02-11T18:00:00Z")  # the 12th in China
    page.goto(f"{address}quality/")
    notes = page.locator(".pl-ago").all_text_contents()
    days = {group.last for group in assess(shown).checks if group.last}
    assert ("（10 天前）" in notes) == ("2026-02-02" in days) and bool(notes) == bool(days)
    context.close()


def test_readers_find_the_page(served, page):
    address, _ = served
    for start in ("about/", "contribute/", "data/"):
        page.goto(f"{address}{start}")
        assert page.locator('#content a[href$="quality/"]').count(), start
        assert page.locator('.pl-footer a[href$="quality/"]').count() == 1
    page.goto(f"{address}search/?q=数据质量")
    page.wait_for_selector('[data-search-results][data-state="done"]')
    assert page.locator('[data-search-results] [data-id="pages/quality"]').count() == 1
