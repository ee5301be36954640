"""The records of a data folder, found by id and by name, for the checks that compare one with another."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import cached_property

from scripts.characters import solid
from scripts.check.clause import duties
from scripts.load import Fields, Items, Problem, Record, Source, Text, Tree
from scripts.problem import nearest

TO_FILL = "【待填】"  # stands in skeletons where an editor is to write something
DEADLINES = ("deadline", "shared_deadline")  # the time limit of a measure: of its own, or one that stands elsewhere
ROW = ("number", "text", "clause", "deadline")  # the official parts of a measure, as most documents order them
TITLES = re.compile(r"《([^《》]+)》")


@dataclass(frozen=True)
class World:
    """Everything that could be read, also what is not yet of the right shape: absent and odd values read as ""."""

    tree: Tree
    tables: Mapping[str, Fields]  # jurisdictions, themes, audiences, as far as they can be used
    policies: Mapping[str, Record]
    measures: Mapping[str, Record]
    departments: Mapping[str, Record]
    names: Mapping[tuple[str, str], str]  # (jurisdiction, name as documents write it) -> department id
    broken: Set[str]  # paths of files that were refused, could not be read or have the wrong shape
    differing: Set[str] = frozenset()  # ids of measures that differ from their source, and of policies with such a part

    def source(self, policy: str) -> Source | None:
        return self.tree.sources.get(policy)

    def is_broken(self, start: str) -> bool:
        """Has any file whose path begins so a problem of its own, which says enough?"""
        return any(path.startswith(start) for path in self.broken)

    def doubts(self, measure: str) -> bool:
        """Is the text of a measure (by id) not to be relied on, for it is missing, broken or differs from its source?"""
        policy, _, nn = measure.partition("/")
        mentioned = policy in self.policies and any(
            kind == "measure" and text.value == nn for kind, text in parts(self.policies[policy])
        )
        path = f"policies/{policy}/measures/{nn}."
        return measure in self.differing or self.is_broken(path) or (mentioned and measure not in self.measures)

    def is_misquoted(self, words: str, id: str) -> bool:
        """Is it the official text of a policy or measure that is wrong, where these words are not found in it?"""
        source = self.source(id.split("/")[0])
        return id in self.differing and bool(source) and solid(words) in solid(source.text)

    def written_beside(self, measure: Record) -> list[str]:
        """Every official text of a measure's document but its own."""
        policy = self.policy_of(measure)
        return [text for id, text in self.written_in[policy.id] if id != measure.id] if policy else []

    def has_all_of(self, policy: str) -> bool:
        """Could everything that a document lists be read, and is it as the source has it?"""
        differs = any(id.split("/")[0] == policy for id in self.differing)
        listed = [text.value for kind, text in parts(self.policies[policy]) if kind == "measure"]
        lost = any(f"{policy}/{number}" not in self.measures for number in listed)
        return not (lost or differs or self.is_broken(f"policies/{policy}/"))

    @cached_property
    def written_in(self) -> Mapping[str, Sequence[tuple[str, str]]]:
        """Id of a policy → (id of the measure, or "", and an official text) of everything that the document lists."""
        found: dict[str, list[tuple[str, str]]] = {}
        for id, policy in self.policies.items():
            own = [("", text.value) for kind, text in parts(policy) if kind != "measure"]
            rows = [(one.id, text.value) for one in self.measures_in_order(policy) for _, text in official(one)]
            found[id] = [*own, *rows]
        return found

    def policy_of(self, measure: Record) -> Record | None:
        return self.policies.get(measure.id.split("/")[0])

    def year_of(self, measure: Record) -> str:
        """The year that the dates of a measure mean where they name none; "" if its policy says none."""
        policy = self.policy_of(measure)
        return policy.root.text("deadline_year") if policy else ""

    def jurisdictions_of(self, policy: Record) -> list[str]:
        """A policy's own jurisdiction and those above it, nearest first."""
        return self.chain(policy.root.text("jurisdiction"))

    def chain(self, id: str) -> list[str]:
        """A jurisdiction and those above it, nearest first."""
        chain: list[str] = []
        while id and id not in chain:
            chain.append(id)
            entry = self.tables["jurisdictions"].get(id) if "jurisdictions" in self.tables else None
            id = entry.text("parent") if isinstance(entry, Fields) else ""
        return chain

    def knows_jurisdiction(self, policy: Record) -> bool:
        return "jurisdictions" in self.tables and policy.root.text("jurisdiction") in self.tables["jurisdictions"]

    def knows_all_names(self) -> bool:
        """Could the names of every department that stands there be read? If not, none can be called unknown."""
        lost = any(path.startswith("departments") for path in self.tree.unreadable)
        return not lost and all(
            record.root.text("name")
            and is_filled(record.root.text("name"))
            and record.root.text("jurisdiction") in self.tables.get("jurisdictions", ())
            for record in self.departments.values()
        )

    def has_all_measures(self) -> bool:
        """Could every measure that a document mentions be read, and is it as the source has it?"""
        mentioned = (
            f"{id}/{text.value}"
            for id, policy in self.policies.items()
            for kind, text in parts(policy)
            if kind == "measure"
        )
        return not (self.broken or self.differing) and all(id in self.measures for id in mentioned)

    def department(self, name: str, policy: Record) -> str | None:
        """The id of the body that a policy means by a name."""
        return next((id for place in self.jurisdictions_of(policy) if (id := self.names.get((place, name)))), None)

    @cached_property
    def aliases(self) -> Mapping[tuple[str, str], Sequence[str]]:
        """(jurisdiction, short form) → ids of the bodies that go by it."""
        found: dict[tuple[str, str], list[str]] = {}
        for id, record in self.departments.items():
            for alias in record.root.texts("aliases"):
                found.setdefault((record.root.text("jurisdiction"), alias.value), []).append(id)
        return found

    @cached_property
    def renamed(self) -> Mapping[str, tuple[str, int]]:
        """Unknown name in clauses → id of the body with a like name that no measure uses, and how many measures have it."""
        unknown: Counter[tuple[str, str]] = Counter()
        used = set()
        for policy in self.policies.values():
            for measure in self.measures_in_order(policy):
                duty = duties_of(measure)
                for name in measure.root.texts("departments"):
                    used.add(name.value)
                    if name.value in duty and not self.department(name.value, policy) and is_one(name.value):
                        unknown[name.value, policy.id] += 1
        found: dict[str, tuple[str, int]] = {}
        for (name, policy), count in unknown.items():
            places = self.jurisdictions_of(self.policies[policy])
            unused = {
                own: id
                for id, record in self.departments.items()
                if (own := record.root.text("name")) not in used and record.root.text("jurisdiction") in places
            }
            only = next(iter(unused)) if len(unused) == len({one for one, _ in unknown}) == 1 else ""
            if alike := nearest(name, unused) or only:
                found[name] = unused[alike], found.get(name, ("", 0))[1] + count
        return found

    def section_of(self, measure: str) -> str:
        """The section heading above a measure, by its id; of what the document does not list, the last one."""
        return self.headings_of(measure)[0]

    def headings_of(self, measure: str) -> tuple[str, str]:
        """The headings of section and subsection above a measure, as section_of; "" where there is none."""
        return self.headings.get(measure, self.headings.get(measure.split("/")[0], ("", "")))

    @cached_property
    def headings(self) -> Mapping[str, tuple[str, str]]:
        """Id of each measure that a document lists, and of the document → the nearest headings above, as written."""
        found: dict[str, tuple[str, str]] = {}
        for policy in self.policies.values():
            section = subsection = ""
            for kind, text in parts(policy):
                if kind == "section":
                    section, subsection = text.value, ""
                if kind == "subsection":
                    subsection = text.value
                if kind == "measure":
                    found.setdefault(f"{policy.id}/{text.value}", (section, subsection))
            found[policy.id] = section, subsection
        return found

    def measures_in_order(self, policy: Record) -> list[Record]:
        ids = (f"{policy.id}/{text.value}" for kind, text in parts(policy) if kind == "measure")
        return [self.measures[id] for id in ids if id in self.measures]


def parts(policy: Record) -> list[tuple[str, Text]]:
    """The (kind, text) of each part of a document; a measure's text is its number within the policy."""
    items = policy.root.get("parts")
    found = [item.fields.items() for item in items if isinstance(item, Fields)] if isinstance(items, Items) else []
    return [(kind, text) for fields in found for kind, text in fields if isinstance(text, Text)]


def row_order(policy: Record) -> tuple[str, ...]:
    """The official parts of a measure in the order of this document."""
    return tuple(text.value for text in policy.root.texts("row_order")) or ROW


def official(measure: Record, order: Sequence[str] = ROW) -> list[tuple[str, Text]]:
    """The official parts of a measure, in this order."""
    return [(name, node) for name in order if isinstance(node := measure.root.get(name), Text)]


def deadline_of(measure: Record) -> Text | None:
    """The time limit of a measure as written."""
    written = (measure.root.get(field) for field in DEADLINES)
    return next((words for words in written if isinstance(words, Text)), None)


def duties_of(measure: Record) -> str:
    """The words of a measure that lay a duty on somebody."""
    return duties(*map(measure.root.text, ("text", "clause", "shared_clause")))


def names_of(department: Record) -> list[Text]:
    """The names of a body as documents spell it."""
    own = department.root.get("name")
    written = [*([own] if isinstance(own, Text) else []), *department.root.texts("other_names")]
    return [name for name in written if is_filled(name.value)]


def all_text(measure: Record) -> str:
    return "\n".join(text.value for _, text in official(measure))


def is_one(name: str) -> bool:
    """Is it the name of one body, rather than several with a sign between them? Signs within brackets are its own."""
    return not re.search("[、，,；;]", re.sub("[（(][^（）()]*[）)]", "", name))


def is_filled(value: str) -> bool:
    return TO_FILL not in value


def unlisted(text: Text, listed: list[str]) -> Iterator[Problem]:
    """A reminder for each 《…》 of a text that is not listed."""
    for found in TITLES.finditer(text.value):
        if found.group(1) not in listed:
            yield Problem(
                text.at_offset(found.start()),
                "unlisted-instrument",
                f"“{found.group()}”没有列入 instruments。",
                "请补上名称，并写明是依据、要求出台还是引用。",
            )
