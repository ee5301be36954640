"""Official documents become drafts: made-up ones with the truth beside them, the two seeds, and what must never happen."""

import random
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
import yaml

from scripts.check import check
from scripts.importer import Refused, draft_of, import_document
from scripts.importer.clause_names import read_names
from scripts.importer.clauses import find_clause
from scripts.importer.document import read_document
from scripts.importer.entry import Entry
from scripts.importer.frame import Part
from scripts.importer.keep import keep
from scripts.importer.read import read as as_text
from scripts.importer.received import Received
from scripts.importer.script import Script
from scripts.load import load
from scripts.problem import is_error
from tests.conftest import CITY, ROOT
from tests.damage import mutated
from tests.truths import FIELDS, counted, documents, drafted, truth, truth_of

DOCUMENTS = Path(__file__).parent / "importer"
UNREADABLE = {
    "32-oneline-table.txt": "没有找到一条措施",  # cells that run into each other cannot be told apart
    **{f"{name}.txt": "没有找到一条措施" for name in ("71-wu-tongzhi", "72-wu-xinwen", "73-wu-tongji", "74-wu-shi")},
}
SPLIT = {"19-tongzhi-fubiao.pdf"}  # a page ends within a row of its table
GOALS = {"measures": 0.98, "departments": 0.97, "leads": 0.95, "deadlines": 0.95, "open lists": 0.95, "targets": 0.85}
SEEDS = ("zibo-hitech-measures", "zibo-city-tasks")
# What only a person can say, or said in words of their own.
EDITORIAL = {
    "review",
    "themes",
    "audiences",
    "title",
    "short_title",
    "anomalies",
    "relations",
    "unknowns",
    "measure_unknowns",
}


def received(text: str) -> Received:
    return Received(text=text, bold=(), tables=(), raw=text.encode("utf-8"), suffix=".txt")


@pytest.fixture(scope="module")
def read(tmp_path_factory) -> dict[str, tuple[dict, dict]]:
    """Name of each document → (truth, draft)."""
    found = {}
    for document in documents(DOCUMENTS):
        if document.name not in UNREADABLE:
            imported = import_document(document, "document", tmp_path_factory.mktemp("import") / "data")
            found[document.name] = (truth(truth_of(document)), drafted(imported))
    return found


def test_there_is_a_document_of_every_genre(read):
    assert len(read) >= 50
    assert {Path(name).suffix for name in read} == {".txt", ".docx", ".html", ".pdf"}


@pytest.mark.parametrize("field", GOALS)
def test_the_drafts_agree_with_careful_readers(field, read):
    # Targets were not looked for in every document.
    compared = [(told[field], made[field]) for told, made in read.values() if field != "targets" or told[field]]
    right, made, told = counted(compared)
    assert told and 2 * right / (made + told) >= GOALS[field]


def test_no_lead_is_made_up(read):
    for name, (told, made) in read.items():
        if name not in SPLIT:
            assert made["leads"] <= told["leads"], name


def test_all_forms_of_a_document_say_the_same(read):
    for name, (_, made) in read.items():
        plain = read.get(f"{name.split('.')[0]}.txt")
        if plain and name not in SPLIT:
            for field in {*FIELDS} - {"leads", "sections", "facts", "headings"}:
                assert made[field] == plain[1][field], (name, field)


@pytest.mark.parametrize("name", UNREADABLE)
def test_what_cannot_be_told_apart_is_refused(name, tmp_path):
    with pytest.raises(Refused, match=UNREADABLE[name]):
        import_document(DOCUMENTS / name, "document", tmp_path / "data")


def test_an_issuer_of_another_place_is_asked_about(tmp_path):
    text = "{}关于治水的若干措施\n一、清理河道。（责任单位：水务局）\n二、加固堤岸。（责任单位：水务局）\n{}\n2025年3月1日\n"
    for issuer, asked in (
        ("山南县人民政府", ["按编号归入“青川市”，但原文写的是“山南县”，请确认辖区。"]),
        ("青川市人民政府", []),
    ):
        path = tmp_path / "text.txt"
        path.write_text(text.format(issuer, issuer), "utf-8")
        policy = import_document(path, "qingchuan-water", CITY / "data").draft.policy
        assert policy.values["jurisdiction"] == "qingchuan" and policy.values["issuer"] == issuer
        assert [doubt.what for doubt in policy.doubts if doubt.field == "jurisdiction"] == asked


def test_the_jurisdiction_can_be_given(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text(
        "关于治水的若干措施\n一、清理河道。（责任单位：水务局）\n二、加固堤岸。（责任单位：水务局）\n", "utf-8"
    )
    data = CITY / "data"
    assert import_document(path, "water", data).draft.policy.values["jurisdiction"] == "water"
    given = import_document(path, "water", data, jurisdiction="qingchuan").draft
    assert given.policy.values["jurisdiction"] == "qingchuan" and not given.departments
    with pytest.raises(Refused, match=r"没有编号为“beijing”的辖区.*qingchuan（青川市）"):
        import_document(path, "water", data, jurisdiction="beijing")


@pytest.mark.parametrize("id", SEEDS)
def test_the_seeds_become_the_very_data(id):
    source = ROOT / "data/policies" / id / "source.txt"
    imported = import_document(source, id, ROOT / "data")
    names = {path.relative_to(ROOT / "data").as_posix() for path in source.parent.rglob("*") if path.is_file()}
    assert imported.files.keys() == names
    assert not [problem for problem in imported.problems if problem.rule != "open-review"]
    for path, content in imported.files.items():
        kept = (ROOT / "data" / path).read_bytes()
        if not path.endswith(".yml"):
            assert content == kept
            continue
        draft, data = (yaml.load(text, Loader=yaml.BaseLoader) for text in (content, kept))
        for field in {*draft, *data} - EDITORIAL:
            assert draft.get(field) == data.get(field), (path, field)
        states = [{name: row["state"] for name, row in one.get("unknowns", {}).items()} for one in (draft, data)]
        assert states[0] == states[1], path


CLAUSES = [  # a clause; its names, leads marked with *; is the list open?
    ("（责任单位：市教育局、市财政局）", "市教育局 市财政局", False),
    ("（责任单位：市教育局、市财政局等）", "市教育局 市财政局", True),
    ("（责任单位：市教育局、市财政局等有关部门）", "市教育局 市财政局", True),
    ("〔市教育局负责〕", "市教育局", False),
    ("（市教育局会同有关部门负责）", "市教育局", True),
    ("（市教育局、市财政局按职责分工负责）", "市教育局 市财政局", False),
    ("（市教育局牵头，市财政局、市人社局配合）", "*市教育局 市财政局 市人社局", False),
    ("（由市教育局牵头，各县区人民政府配合）", "*市教育局 各县区人民政府", False),
    ("（市教育局、市科技局牵头负责）", "*市教育局 *市科技局", False),
    ("（牵头单位：市教育局；配合单位：市财政局、市科技局）", "*市教育局 市财政局 市科技局", False),
    ("牵头单位：市教育局责任单位：市财政局、市科技局", "*市教育局 市财政局 市科技局", False),
    ("【责任单位：市教育局；市财政局】", "市教育局 市财政局", False),
    ("(责任单位:市教育局,市财政局)", "市教育局 市财政局", False),
    (
        "（责任单位：各县（市、区）人民政府，市委宣传部（市委网信办））",
        "各县（市、区）人民政府 市委宣传部（市委网信办）",
        False,
    ),
    ("（责任单位：市教育局、市文化和旅游局。排在第一位的为牵头单位，下同）", "*市教育局 市文化和旅游局", False),
    ("（责任单位：市教育局、市财政局，市科技局。逗号前为牵头单位，下同）", "*市教育局 *市财政局 市科技局", False),
    ("（责任单位：市教育局、市财政局（黑体为牵头部门，下同））", "市教育局 市财政局", False),
    ("（责任单位：市体育局、各县（区）人民政府；完成时限：2027年12月底前）", "市体育局 各县（区）人民政府", False),
    ("（市体育局负责，2026年底前完成）", "市体育局", False),
    ("（责任单位：市体育局；持续推进）", "市体育局", False),
    ("（责任单位：市体育局、市总工会", "市体育局 市总工会", False),
    ("（市教育局、各县（市、区）人民政府负责。）", "市教育局 各县（市、区）人民政府", False),
    ("（主办：县交通局；协办：县财政局）", "*县交通局 县财政局", False),
    ("（责任主体：各镇（街道）；主管部门：县民政局）", "各镇（街道） 县民政局", False),
    ("（以各县政府为主，省中小企业局为牵头单位，省建设厅配合）", "各县政府 *省中小企业局 省建设厅", False),
    ("（责任单位：市应急局（牵头）、市公安局）", "*市应急局 市公安局", False),
    ("责任单位：市教育局、市卫计委（按职责分工负责）", "市教育局 市卫计委", False),
    ("（省商务厅、省体育局按职责分工各自负责）", "省商务厅 省体育局", False),
    ("（省信息产业厅、省经委）", "省信息产业厅 省经委", False),
    ("责任领导：赵某某牵头单位：市发改委责任单位：市统计局", "*市发改委 市统计局", False),
]


def test_each_for_himself_is_an_exception_to_the_rule():
    text = "甲。（省商务厅、省体育局各自负责）"
    read = read_names(text, 2, len(text), "列首位的为牵头单位")
    assert [name.leads for name in read.names] == [None, None]


@pytest.mark.parametrize(("clause", "names", "is_open"), CLAUSES, ids=[clause for clause, *_ in CLAUSES])
def test_clauses(clause, names, is_open):
    text = f"加强建设。推进各项工作。{clause}"
    found = find_clause(text, 0, len(text))
    assert found and text[slice(*found)] == clause
    read = read_names(text, *found, "")
    marked = [f"{'*' if name.leads else ''}{text[name.start : name.end]}" for name in read.names]
    assert (marked, read.is_open) == (names.split(), is_open)


@pytest.mark.parametrize(
    "text",
    [
        "推进工作（2025—2027年）。",
        "执行国家标准（GB 50016—2014）。",
        "由市教育局牵头推进，其他部门配合。",
        "落实责任（以下简称甲）。",
        "完善机制，做到责任单位明确。",
    ],
)
def test_what_is_no_clause(text):
    assert find_clause(text, 0, len(text)) is None


def test_a_page_number_within_a_measure_is_a_part_of_its_own():
    text = "某市\n关于甲的若干措施\n一、加强领导\n（一）健全机制。推动产业链上下\n— 3 —\n\n游协同发展。（责任单位：市教育局）\n（二）加大投入。（责任单位：市财政局）\n"
    imported = draft_of(received(text), "document", Path("nowhere"))
    first = imported.draft.measures[0].values
    assert first["text"] == "健全机制。推动产业链上下游协同发展。"
    parts = imported.draft.policy.values["parts"]
    assert parts[parts.index({"measure": "01"}) + 1] == {"page_number": "— 3 —"}
    assert not any(map(is_error, imported.problems))


def test_bold_names_lead_where_the_document_says_so():
    text = "关于甲的若干措施\n（一）甲。做好甲。（责任单位：市教育局、市财政局，加黑的为牵头单位，下同）\n（二）乙。做好乙。（责任单位：市教育局、市财政局）\n"
    place = text.rindex("市财政局")
    plain = draft_of(received(text), "document", Path("nowhere"))
    assert not any("lead" in measure.values for measure in plain.draft.measures)
    marked = Received(text=text, bold=((place, place + 4),), tables=(), raw=text.encode(), suffix=".docx")
    second = draft_of(marked, "document", Path("nowhere")).draft.measures[1].values
    assert second["lead"]["departments"] == ["市财政局"] and "加黑的为牵头单位" in second["lead"]["evidence"]


def test_every_character_is_in_one_piece():
    for document in documents(DOCUMENTS):
        if document.suffix == ".txt":
            script = Script(as_text(document).text)
            stretches = []
            for piece in read_document(script).pieces:
                whole = isinstance(piece, Part)
                parts = [piece] if whole else [piece.number, piece.text, piece.clause, piece.deadline]
                stretches += [(piece.start, piece.end)] if whole else [part for part in parts if part]
            place = 0
            for start, end in sorted(stretches):
                assert start == place < end
                place = end
            assert place == len(script.solid)


def run(*arguments: str | Path) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "-m", "scripts", *map(str, arguments)], cwd=ROOT, capture_output=True, text=True
    )


@pytest.fixture
def imported(tmp_path) -> Path:
    """A data folder that an import has made from nothing."""
    done = run(
        "import", DOCUMENTS / "13-zhangtiao-shishixize.txt", "--id", "rural-upkeep", "--data", tmp_path / "data",
        "--report", tmp_path / "report",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "待确认" in done.stdout and (tmp_path / "report/rural-upkeep/index.html").is_file()
    return tmp_path / "data"


def test_a_folder_made_by_an_import_is_a_ledger(imported, tmp_path):
    checked = run("check", "--data", imported, "--format", "json")
    assert checked.returncode == 0
    assert "open-review" in checked.stdout
    assert run("format", "--check", "--data", imported).returncode == 0
    built = run("build", "--data", imported, "--out", tmp_path / "docs")
    assert built.returncode == 0, built.stderr
    assert (tmp_path / "docs/policies/rural-upkeep/01.md").is_file()


def test_a_person_s_edits_are_not_overwritten(imported, tmp_path):
    file = imported / "policies/rural-upkeep/policy.yml"
    edited = (
        file.read_text("utf-8").replace("measure_term: 措施", "measure_term: 条款").partition("\nreview:")[0] + "\n"
    )
    edited = re.sub("(?m)^short_title: .*$", "short_title: 人拟的标题", edited)
    assert "条款" in edited and edited.count("\n") < file.read_text("utf-8").count("\n")
    file.write_text(edited, "utf-8")
    again = run(
        "import", DOCUMENTS / "13-zhangtiao-shishixize.txt", "--id", "rural-upkeep", "--data", imported,
        "--report", tmp_path / "report",
    )  # fmt: skip
    assert again.returncode == 0
    told = again.stdout.partition("没有改动")[2]
    assert "policies/rural-upkeep/policy.yml" in told and "台账写“条款”，草稿写“措施”。" in told
    assert "人拟的标题" not in told and "由人整理的内容有 1 处与草稿不同" in told  # the draft has only a stopgap there
    assert "项，草稿里又会列出" in told and "待确认：" not in told
    assert file.read_text("utf-8") == edited


def test_a_second_import_tells_files_that_only_one_side_has(imported, tmp_path):
    (imported / "policies/rural-upkeep/measures/01.yml").unlink()
    again = run(
        "import", DOCUMENTS / "13-zhangtiao-shishixize.txt", "--id", "rural-upkeep", "--data", imported,
        "--report", tmp_path / "report",
    )  # fmt: skip
    told = again.stdout.partition("没有改动")[2]
    assert again.returncode == 0 and "measures/01.yml" in told and "草稿里有这份文件，台账里没有" in told


def test_a_second_import_that_is_the_same_says_so(imported, tmp_path):
    again = run(
        "import", DOCUMENTS / "13-zhangtiao-shishixize.txt", "--id", "rural-upkeep", "--data", imported,
        "--report", tmp_path / "report",
    )  # fmt: skip
    assert again.returncode == 0 and "再次导入的结果与它相同" in again.stdout


def test_a_second_import_leaves_the_page_of_the_first(imported, tmp_path):
    """What was ticked on it belongs to the questions of then."""
    page = tmp_path / "report/rural-upkeep/index.html"
    page.write_text("有勾选的对照页", "utf-8")
    document = DOCUMENTS / "13-zhangtiao-shishixize.txt"
    run("import", document, "--id", "rural-upkeep", "--data", imported, "--report", tmp_path / "report")
    assert page.read_text("utf-8") == "有勾选的对照页" and (page.parent / "again.html").is_file()
    other = DOCUMENTS / "10-kuaidi-unnumbered.txt"
    refused = run("import", other, "--id", "rural-upkeep", "--data", imported, "--report", tmp_path / "report")
    assert refused.returncode == 1 and "请换一个编号" in refused.stdout
    assert page.read_text("utf-8") == "有勾选的对照页"


def test_a_corrected_text_is_compared_with_the_ledger(imported, tmp_path):
    """Nothing is written; what the new text would change is told, for an editor to make the changes."""
    text = (DOCUMENTS / "13-zhangtiao-shishixize.txt").read_text("utf-8")
    source = (imported / "policies/rural-upkeep/source.txt").read_bytes()
    measure = (imported / "policies/rural-upkeep/measures/02.yml").read_text("utf-8")
    words = re.search("text: .*?([\u4e00-\u9fff]{8})", measure).group(1)
    corrected = tmp_path / "corrected.txt"
    corrected.write_text(text.replace(words, f"{words[:4]}改{words[4:]}", 1), "utf-8")
    done = run("import", corrected, "--id", "rural-upkeep", "--data", imported, "--report", tmp_path / "report")
    assert done.returncode == 1 and "改正稿" in done.stdout and "measures/02.yml" in done.stdout
    assert (imported / "policies/rural-upkeep/source.txt").read_bytes() == source


def test_the_same_text_under_another_id_is_noticed(imported, tmp_path):
    document = DOCUMENTS / "13-zhangtiao-shishixize.txt"
    done = run("import", document, "--id", "twin", "--data", imported, "--report", tmp_path / "report", "--dry-run")
    assert "同一份原文已经收在" in done.stdout and "policies/rural-upkeep" in done.stdout


def test_a_dry_run_writes_no_data(tmp_path):
    done = run(
        "import", DOCUMENTS / "10-kuaidi-unnumbered.txt", "--id", "parcels", "--data", tmp_path / "data",
        "--report", tmp_path / "report", "--dry-run",
    )  # fmt: skip
    assert done.returncode == 0 and "policies/parcels/measures/01.yml" in done.stdout
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("name", "id", "said"),
    [
        ("missing.txt", "x", "missing.txt"),
        ("10-kuaidi-unnumbered.txt", "../x", "不能用作编号"),
        ("empty.txt", "x", "empty.txt"),
    ],
)
def test_wrong_use_is_told(name, id, said, tmp_path):
    file = DOCUMENTS / name
    if name == "empty.txt":
        file = tmp_path / name
        file.write_bytes(b" \n")
    done = run("import", file, "--id", id, "--data", tmp_path / "data")
    assert done.returncode == 2 and said in done.stderr and "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


def test_a_new_place_is_added_to_those_that_there_are(tmp_path):
    shutil.copytree(ROOT / "data", tmp_path / "data", ignore=shutil.ignore_patterns("snapshots"))
    before = (tmp_path / "data/jurisdictions.yml").read_text("utf-8")
    made = import_document(DOCUMENTS / "13-zhangtiao-shishixize.txt", "rural-upkeep", tmp_path / "data")
    keep(made, "rural-upkeep", tmp_path / "data", tmp_path / "report", dry_run=False)
    assert (tmp_path / "data/jurisdictions.yml").read_text("utf-8").startswith(before.rstrip("\n"))
    report = check(load(tmp_path / "data"))
    assert report.ledger and len(report.ledger.policies) == 3


def test_damaged_documents_are_drafted_or_refused():
    """A draft passes the check; whatever else may happen is a refusal in words (40 of them here, 10,000 in `make measure`)."""
    chance = random.Random(2)
    texts = [as_text(path).text for path in documents(DOCUMENTS) if path.suffix == ".txt"]
    outcomes: Counter[bool] = Counter()
    for _ in range(40):
        try:
            imported = draft_of(received(mutated(chance.choice(texts), chance)), "document", Path("nowhere"))
        except Refused as refusal:
            assert re.match("没有找到|草稿没有通过检查", str(refusal))
            outcomes[False] += 1
        else:
            assert imported.files and not any(map(is_error, imported.problems))
            outcomes[True] += 1
    assert outcomes[True] > 20


def test_entries_are_whole_stretches():
    script = Script((DOCUMENTS / "38-tsv-shixian-qian.txt").read_text("utf-8"))
    entries = [piece for piece in read_document(script).pieces if isinstance(piece, Entry)]
    assert entries and all(entry.order == ("number", "text", "deadline", "clause") for entry in entries)
