"""The checks of who does it: the departments against the clause, who leads, and words that hold for several measures."""

import re
from collections.abc import Callable, Collection, Iterator

from scripts.check.clause import read_clause
from scripts.check.quotes import not_found
from scripts.check.world import DEADLINES, World, duties_of, names_of
from scripts.load import At, Fields, Problem, Record, Text
from scripts.problem import near, nearest

SEPARATORS = re.compile(r"[（）()〔〕：:、，,；;\s]+")
COMMAS = {"，": "全角逗号", "、": "顿号", ",": "逗号", "；": "分号", " ": "空格"}  # by which editors divide names
SHARED = {"shared_clause": "clause", "shared_deadline": "deadline"}  # what stands elsewhere → the same of its own
ORDER = re.compile("(?:排|列|写)(?:名|序)?(?:在)?(?:第一|首位|最前|最先|前面)|第一(?:位|个)|首位")
NO_EVIDENCE = re.compile("不详|不明|不清楚|不知道|未知|无|没有|暂无|推测|猜测|惯例|按惯例|应该是|默认")
ROLES = {"lead": "牵头部门", "support": "配合部门"}


def departments_are_known(measure: Record, world: World) -> Iterator[Problem]:
    """Each responsible body, as written, is a name of one department of the policy's jurisdiction."""
    policy = world.policy_of(measure)
    # With a department's file broken, its names are not unknown: that file's own problem says enough.
    if not policy or not world.knows_jurisdiction(policy) or not world.knows_all_names():
        return
    for name in measure.root.texts("departments"):
        if not world.department(name.value, policy) and name.value not in world.renamed:
            help = _meant(name.value, measure, policy, world)
            if not help and name.value in duties_of(measure):
                help = "请先在 data/departments/ 里添加这个部门。"
            if help:  # else it is no name of the clause, which is said
                yield Problem(name.at, "unknown-department", f"没有名为“{name.value}”的部门。", help)


def _meant(name: str, measure: Record, policy: Record, world: World) -> str:
    """Which body an unknown name may mean, "" if none: one that the clause names comes before one that is only registered."""
    clause, places = duties_of(measure), world.jurisdictions_of(policy)
    known = [other for place, other in world.names if place in places]
    if name in world.departments:
        return f"这是编号，请写名称“{world.departments[name].root.text('name')}”。"
    if help := _apart(name, known):
        return help
    written = [] if name in clause else [words for words in SEPARATORS.split(clause) if words]
    in_clause = near(name, written, "")
    if in_clause and not near(name, known, ""):
        return f"责任条款里的写法{in_clause}"
    if elsewhere := next((place for place, other in world.names if other == name), ""):
        entry = world.tables["jurisdictions"].get(elsewhere)
        place = entry.text("name") if isinstance(entry, Fields) else elsewhere
        own = f"本辖区的，请在 data/departments/ 里另建一个文件；确是{place}的，请核对原文。"
        return near(name, known, "") + f"{place}有同名的部门。{own}"
    other = nearest(name, known)
    if other and name in clause and other not in clause:
        id = next(world.names[place, other] for place in places if (place, other) in world.names)
        same = f"是“{other}”的另一种写法的，写进 {world.departments[id].path} 的 other_names"
        return f"责任条款里就是这样写的。{same}；是另一个部门的，请在 data/departments/ 里新建。"
    return near(name, known, "")


def _apart(name: str, known: Collection[str]) -> str:
    """What to do with an item that holds several known names; "" if it does not."""
    parts = [part for part in re.split(f"[{''.join(COMMAS)}]+", name) if part]
    if len(parts) < 2 or not all(part in known for part in parts):
        return ""
    signs = "、".join(f"“{sign}”（{COMMAS[sign]}）" for sign in COMMAS if sign in name)
    return f"一项只写一个部门：请在{signs}处分开，每行一项“- 内容”。"


def clause_is_accounted_for(measure: Record, world: World) -> Iterator[Problem]:
    """The departments are the names in the clause, in order, and nothing else is left in it."""
    names, policy = measure.root.texts("departments"), world.policy_of(measure)
    words = duties_of(measure)
    if not words:
        if names and measure.id not in world.differing:
            help = "请在 clause 里照录责任条款；原文只写一次、同时管几条的，照录在 shared_clause。"
            yield Problem(names[0].at, "department-not-in-clause", "写了部门，却没有责任条款。", help)
        return
    reading = read_clause(words, names, policy.root.text("lead_rule") if policy else "")
    absent = [name for name in names if name.value not in words]
    places = world.jurisdictions_of(policy) if policy else []
    for name in absent:
        id = world.department(name.value, policy) if policy else None
        is_told = policy and not id and _meant(name.value, measure, policy, world)
        if not (is_told or world.is_misquoted(name.value, measure.id)):
            message = f"责任条款里没有“{name.value}”。"
            help = "departments 只列责任条款里写到的，照条款的写法和次序；条款里没有的，请删掉这一项。"
            meant = [id] if id else [other for place in places for other in world.aliases.get((place, name.value), ())]
            own = [other.value for one in meant for other in names_of(world.departments[one])]
            if written := next((other for other in own if other in words), ""):
                help = f"责任条款写作“{written}”，是同一个部门，请照条款改。"
            yield Problem(name.at, "department-not-in-clause", message, help)
    if reading.not_found and not absent:
        message = f"“{reading.not_found.value}”在责任条款里的次序不对。"
        in_order = sorted((name.value for name in names), key=words.find)
        help = f"departments 的次序要与责任条款一致：{'、'.join(in_order)}。"
        yield Problem(reading.not_found.at, "department-not-in-clause", message, help)
    all_known = not policy or all(world.department(name.value, policy) for name in names)
    # What is left of a name that was written wrong is that slip again.
    for offset, rest in reading.left_over if all_known else ():
        yield Problem(
            _place(measure, words, offset),
            "clause-left-over",
            f"责任条款里的“{rest}”没有列入 departments。",
            "是部门就按次序补上；是牵头部门的标示说明，写进 policy.yml 的 lead_rule。",
        )
    says_open = measure.root.text("open_list") == "true"
    if reading.open_at is not None and not says_open:
        yield Problem(
            _place(measure, words, reading.open_at),
            "open-list",
            "责任条款里写了“等”，名单没有列全。",
            "请写 open_list: true。",
        )
    elif says_open and reading.open_at is None and not reading.not_found:
        yield Problem(measure.root.at_key("open_list"), "open-list", "责任条款里没有“等”。", "请删掉 open_list。")


def _place(measure: Record, words: str, offset: int) -> At:
    """The place of a character of the words that lay the duty on somebody; what stands within the text, at a clause."""
    behind = len(words)
    for field in ("clause", "shared_clause"):
        clause = measure.root.get(field)
        if isinstance(clause, Text):
            behind = words.rindex(clause.value, 0, behind)
            if offset >= behind:
                return clause.at_offset(offset - behind)
    held = (measure.root.get(field) for field in ("clause", "shared_clause", "text"))
    return next(words.at for words in held if isinstance(words, Text))


def shared_words_stand_elsewhere(measure: Record, world: World) -> Iterator[Problem]:
    """What holds for several measures stands elsewhere in the document, and the measure has none of its own."""
    policy = world.policy_of(measure)
    for field, own in SHARED.items():
        shared = measure.root.get(field)
        if not isinstance(shared, Text):
            continue
        if (field in DEADLINES and own in measure.root) or shared.value in measure.root.text(own):
            message = f"这一条自己有 {own}，不必再写 {field}。"
            help = f"请只留一项：原文就写在这一条里的，留 {own}；写在别处、同时管几条的，留 {field}。"
            yield Problem(measure.root.at_key(field), "needless-shared", message, help)
        elif policy and world.has_all_of(policy.id):
            beside = world.written_beside(measure)
            for words in _lines(shared):
                if not any(words.value in text for text in beside):
                    yield not_found(words, "这一条以外的原文", "\n".join(beside))


def _lines(text: Text) -> Iterator[Text]:
    """Each line of a text: words that stand apart."""
    for found in re.finditer(r"\S.*", text.value):
        yield Text(found.group(), text.at_offset(found.start()))


def leads_are_named(measure: Record, world: World) -> Iterator[Problem]:
    """Who leads and who supports is one of the departments, not both, and not another one than the clause itself says."""
    policy = world.policy_of(measure)
    names = measure.root.texts("departments")
    rule = policy.root.text("lead_rule") if policy else ""
    said = [named.name.value for named in read_clause(duties_of(measure), names, rule).named if named.role == "lead"]
    marked = [(role, name) for role in ROLES for name in _marked(measure, role)]
    leads = {name.value for role, name in marked if role == "lead"}
    for field, name in marked:
        listed = [other.value for other in names]
        if name.value not in listed:
            message = f"{ROLES[field]}“{name.value}”不在 departments 里。"
            help = _apart(name.value, listed) or near(name.value, listed, f"{ROLES[field]}要照 departments 里的写法。")
            yield Problem(name.at, "lead-not-named", message, help)
        elif field == "support" and name.value in {*leads, *said}:
            message = f"“{name.value}”是牵头部门，不是配合部门。"
            yield Problem(name.at, "lead-contradicts-clause", message, "请对照原文，只留一处。")
        elif field == "lead" and said and name.value not in said:
            message = f"责任条款写明由“{'、'.join(said)}”牵头，不是“{name.value}”。"
            yield Problem(name.at, "lead-contradicts-clause", message, "条款已写明牵头部门的，不必再写 lead，请删掉。")


def leads_have_evidence(measure: Record, world: World) -> Iterator[Problem]:
    """Order is no evidence, unless the document says so; nor is a word that says there is none."""
    policy = world.policy_of(measure)
    rule = policy.root.text("lead_rule") if policy else ""
    for field in ROLES:
        marked = measure.root.get(field)
        evidence = marked.get("evidence") if isinstance(marked, Fields) else None
        if not isinstance(evidence, Text) or (rule and evidence.value in rule):
            continue
        if NO_EVIDENCE.fullmatch(evidence.value) or (ORDER.search(evidence.value) and not ORDER.search(rule)):
            message = f"“{evidence.value}”说明不了谁是{ROLES[field]}。"
            help = "排列次序不是依据，除非原文写明。请写原文里的词句，或原件的页码和字体；没有依据的，删掉这一项。"
            yield Problem(evidence.at, "lead-without-evidence", message, help)


def _marked(measure: Record, field: str) -> list[Text]:
    """The departments that a record says to lead or to support."""
    marked = measure.root.get(field)
    return marked.texts("departments") if isinstance(marked, Fields) else []


RESPONSIBILITY_CHECKS: tuple[Callable[[Record, World], Iterator[Problem]], ...] = (
    departments_are_known,
    clause_is_accounted_for,
    shared_words_stand_elsewhere,
    leads_are_named,
    leads_have_evidence,
)
