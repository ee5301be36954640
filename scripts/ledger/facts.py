"""What a ledger is made of: policies, measures, departments and what belongs to each. All of it frozen."""

from dataclasses import dataclass, field
from pathlib import Path

from scripts.characters import solid
from scripts.ledger.evidence import Check, Progress, ProgressSearch, Search
from scripts.period import Period, read_period

# What a comparator means for the value. Words that are not here leave it exact.
BOUNDS = {
    **dict.fromkeys(("至少", "不少于", "不低于", "不小于", "以上", "超过", "达到"), "min"),
    **dict.fromkeys(("不超过", "不高于", "以内", "以下", "内"), "max"),
    **dict.fromkeys(("左右", "约", "力争"), "about"),
    "每": "each",
}
AFTER = ("以上", "左右", "以内", "以下", "内")  # comparators that stand behind value and unit


@dataclass(frozen=True, kw_only=True)
class Site:
    """What belongs to the operator; every field but the name may be empty."""

    name: str
    description: str = ""
    address: str = ""
    published: str = ""  # YYYY-MM-DD; what changed before was a draft
    operator: str = ""
    contact: str = ""
    edit_address: str = ""
    report_address: str = ""
    icp: str = ""
    site_code: str = ""

    def url(self, address: str) -> str:
        """The full address of a page where the site's own is known, else the address within the site."""
        return self.address + address


@dataclass(frozen=True, kw_only=True)
class Jurisdiction:
    """Whose names these are: 市教育局 means another body in another city."""

    id: str
    name: str
    level: str
    short_name: str = ""
    parent: "Jurisdiction | None" = None
    checked: Check | None = None


@dataclass(frozen=True, kw_only=True)
class Term:
    """A theme or an audience."""

    id: str
    name: str
    description: str
    words: tuple[str, ...]
    checked: Check | None = None


@dataclass(frozen=True, kw_only=True)
class Definition:
    """A term that a measure (by id) itself explains, and its words."""

    id: str
    term: str
    definition: str
    measure: str
    checked: Check | None = None


@dataclass(frozen=True, kw_only=True)
class Synonym:
    """Everyday words, and the words that documents use instead; only for searching."""

    id: str
    words: tuple[str, ...]
    official: tuple[str, ...]
    checked: Check | None = None


@dataclass(frozen=True, kw_only=True)
class Removal:
    """A record that is no longer there, by the address it had (policies/x/20, departments/x), and why."""

    id: str
    name: str
    on: str  # YYYY-MM-DD
    reason: str
    replaced_by: str  # the same for another record, or ""

    @property
    def address(self) -> str:
        return f"{self.id}/"


@dataclass(frozen=True, kw_only=True)
class Reminder:
    """What the check takes for forgotten; an editor decides."""

    source: str  # the file that an editor would change
    line: int  # from 1
    rule: str
    message: str
    help: str


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A dated copy of the downloads, which never changes: the name of each file in it, and where it is kept."""

    on: str  # YYYY-MM-DD
    files: tuple[tuple[str, Path], ...]

    @property
    def address(self) -> str:
        return f"data/snapshots/{self.on}/"


@dataclass(frozen=True, kw_only=True)
class DataFile:
    """A YAML file that the ledger was read from."""

    kind: str  # as in scripts.load
    id: str
    path: str  # as seen from the data folder
    place: Path


@dataclass(frozen=True, kw_only=True)
class Identifier:
    """What a register elsewhere calls a policy or department."""

    scheme: str
    value: str


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """Why a field has no value: 未载明 (the source does not say), 未规定 (the policy sets none), 不适用."""

    field: str
    state: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """What a program was not sure of when it drafted a record; it stands until a person has decided."""

    id: str
    question: str
    field: str  # of the record; "" if it is about all of it
    line: str  # of the archived text, from 1; "" if it is about no one line
    choices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Explained:
    """What says of its fields without a value why they have none, and what a person has still to decide."""

    unknowns: tuple[Unknown, ...]
    reviews: tuple[Review, ...] = ()

    def unknown(self, field: str) -> Unknown | None:
        return next((unknown for unknown in self.unknowns if unknown.field == field), None)


@dataclass(frozen=True, kw_only=True)
class Department(Explained):
    """A body named as responsible, or a group of them."""

    id: str
    name: str
    other_names: tuple[str, ...]  # as documents spell it
    aliases: tuple[str, ...]  # short forms that people search for; editorial
    counterparts: tuple[str, ...]  # ids of bodies at another level, as a person recorded it; see Ledger.counterparts_of
    jurisdiction: Jurisdiction
    kind: str
    level: str
    identifiers: tuple[Identifier, ...]
    note: str
    checked: Check | None
    source: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.other_names)

    @property
    def is_collective(self) -> bool:
        return self.kind == "集合主体"

    @property
    def address(self) -> str:
        return f"departments/{self.id}/"


@dataclass(frozen=True, kw_only=True)
class Anomaly:
    """Something odd in the source, kept as it is and explained."""

    id: str
    quote: str
    explanation: str


@dataclass(frozen=True, kw_only=True)
class Instrument:
    """A document that a policy or measure cites or promises to issue; relation is basis, promised or cited."""

    id: str
    title: str
    number: str
    relation: str
    search: Search | None = None


@dataclass(frozen=True, kw_only=True)
class Part:
    """One official part of a document, in order. `start` and `end` are 0-based code points of source.txt, end excluded."""

    kind: str  # a field of policy.yml's parts, or number, text, clause, deadline of a measure
    text: str
    start: int
    end: int
    measure: str = ""  # the measure's id, if the part is one of a measure's


@dataclass(frozen=True, kw_only=True)
class Policy(Explained):
    """One official document."""

    id: str
    title: str
    short_title: str
    issuer: str
    document_number: str
    issued: str  # as written
    issued_on: str  # YYYY-MM-DD, or ""
    effective: str  # as written
    effective_on: str
    valid_until: str
    valid_until_on: str
    status: str
    jurisdiction: Jurisdiction
    measure_term: str
    lead_rule: str
    deadline_year: str  # of deadlines that name none; "" where there is no such year
    source_address: str
    received: str
    source_text: str
    source_bytes: bytes = field(repr=False)
    source_sha256: str
    parts: tuple[Part, ...]
    identifiers: tuple[Identifier, ...]
    instruments: tuple[Instrument, ...]
    anomalies: tuple[Anomaly, ...]
    note: str
    checked: Check | None
    source: str

    @property
    def address(self) -> str:
        return f"policies/{self.id}/"

    @property
    def named(self) -> str:
        """As one official document names another: 《标题》（发文字号）."""
        return f"《{self.title}》" + (f"（{self.document_number}）" if self.document_number else "")

    def coverage(self) -> tuple[float, int]:
        """The share of the source's characters that stand in a part, and how many characters of parts do not stand
        in the source; white space aside."""
        inside, here = 0, 0
        for part in sorted(self.parts, key=lambda part: part.start):  # a page number may stand within another part
            inside += len(solid(self.source_text[max(here, part.start) : part.end]))
            here = max(here, part.end)
        return inside / max(1, len(solid(self.source_text))), sum(len(solid(part.text)) for part in self.parts) - inside


@dataclass(frozen=True, kw_only=True)
class Responsibility:
    """One measure × one department. The role is unmarked unless the source shows who leads."""

    position: int  # from 1, in the order of the text
    department: Department
    name_as_written: str
    label_as_written: str
    role: str  # lead, support, unmarked
    role_evidence: str


@dataclass(frozen=True, kw_only=True)
class Deadline:
    """A time limit: of the row, or inside the text. Words that mean no date have no period."""

    id: str
    scope: str  # row, inner
    quote: str
    period: Period | None

    @property
    def has_year_of_policy(self) -> bool:
        """Is its year not among its own words, but that of the document?"""
        return self.period is not None and read_period(self.quote) is None


@dataclass(frozen=True, kw_only=True)
class Target:
    """A number that the text promises. Values are kept as written."""

    id: str
    quote: str
    subject: str
    comparator: str
    value: str
    value_max: str
    unit: str
    scope: str
    by_text: str
    by: Period | None

    @property
    def bound(self) -> str:
        """How the value binds: min, max, about, each or exact."""
        return BOUNDS.get(self.comparator, "exact")

    @property
    def figure(self) -> str:
        """Value, unit and comparator in the order in which Chinese puts them: 2—3所左右, 至少30名."""
        amount = f"{self.value}—{self.value_max}" if self.value_max else self.value
        before, after = ("", self.comparator) if self.comparator in AFTER else (self.comparator, "")
        return f"{before}{amount}{self.unit}{after}"


@dataclass(frozen=True, kw_only=True)
class Relation:
    """A reasoned link to another measure (by id), with the words that stand in both."""

    id: str
    to: str
    relation: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Words that stand once in a document and hold for several measures: a merged cell, a clause behind a heading."""

    text: str
    part: Part  # in which they stand


@dataclass(frozen=True, kw_only=True)
class Measure(Explained):
    """The smallest numbered unit that somebody is responsible for."""

    id: str  # city-tasks/20; never changes
    policy: Policy
    section: str
    subsection: str
    number: str
    text: str
    clause: str
    shared_clause: Shared | None
    shared_deadline: Shared | None  # which is its deadline
    deadline: Deadline | None
    heading: str
    title: str
    title_is_editorial: bool
    open_list: bool
    responsibilities: tuple[Responsibility, ...]
    inner_deadlines: tuple[Deadline, ...]
    targets: tuple[Target, ...]
    instruments: tuple[Instrument, ...]
    themes: tuple[Term, ...]
    audiences: tuple[Term, ...]
    relations: tuple[Relation, ...]
    anomalies: tuple[Anomaly, ...]
    progress: tuple[Progress, ...]
    searches: tuple[ProgressSearch, ...]
    note: str
    checked: Check | None
    source_start: int
    source_end: int
    source: str  # the YAML file that an editor would change

    @property
    def address(self) -> str:
        return f"policies/{self.id}/"

    @property
    def nn(self) -> str:
        return self.id.rsplit("/", 1)[1]

    @property
    def called(self) -> str:
        """措施（一）, 任务3: without the sign behind its number, for headings and lists."""
        return f"{self.policy.measure_term}{self.number.rstrip('.．﹒、')}"

    @property
    def deadlines(self) -> tuple[Deadline, ...]:
        return (self.deadline, *self.inner_deadlines) if self.deadline else self.inner_deadlines

    @property
    def departments(self) -> tuple[Department, ...]:
        return tuple(share.department for share in self.responsibilities)

    @property
    def leads(self) -> tuple[Department, ...]:
        """The marked lead departments. Empty if none is marked: order is no evidence."""
        return tuple(share.department for share in self.responsibilities if share.role == "lead")

    @property
    def label_beside_clause(self) -> str:
        """What a table's heading calls the departments; "" where the clause itself says so."""
        label = self.responsibilities[0].label_as_written if self.responsibilities else ""
        return "" if label in self.clause_in_force else label

    @property
    def clause_in_force(self) -> str:
        """The clause that lays the duty on somebody: its own, or one that stands elsewhere."""
        return self.clause or (self.shared_clause.text if self.shared_clause else "")
