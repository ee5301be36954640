"""Answers on issue forms, as GitHub writes them: good ones, and ones that mean harm."""

from scripts.propose import CONFIRMED
from scripts.propose.body import NO_ANSWER, read_forms
from tests.conftest import ROOT

FORMS = read_forms(ROOT / ".github/ISSUE_TEMPLATE")
M1 = "policies/qingchuan-notice/measures/01.yml"
T1 = "policies/qingchuan-east-table/measures/01.yml"
GOOD = {
    "progress": {
        "record": "https://ledger.example/qingchuan/policies/qingchuan-east-table/01/",
        "date": "2026-01-05",
        "status": "推进中",
        "summary": "第一条河道开工。",
        "evidence_title": "2026: 开工 #1",
        "evidence_url": "https://news.example/2?a=1&b=2",
    },
    "search": {
        "record": "qingchuan-east-table/01",
        "result": "未见公开结果",
        "on": "2026-01-06",
        "by": "李某",
        "where": "区政府网站“政务公开”栏目",
    },
    "confirm": {"record": T1, "by": "区水务中心办公室", "on": "2026-02-03", "result": CONFIRMED},
    "report": {
        "record": "qingchuan-east-table/01",
        "wrong": "标题不妥。\n\n### 小标题\n- 一\n",
        "source": "原件第 1 页",
        "field": "title",
        "right": "疏浚河道三条",
    },
}


def form(name: str):
    return next(form for form in FORMS if form.name == name)


def body(name: str, **answers: str) -> str:
    """As GitHub writes it."""
    given = GOOD.get(name, {}) | answers
    asked = form(name).questions
    return "\n\n".join(f"### {question.label}\n\n{given.get(question.id) or NO_ANSWER}" for question in asked)


HOSTILE = [
    "$(touch pwned)",
    "`touch pwned`",
    "; touch pwned #",
    "::set-output name=x::y",
    "::error file=x::y",
    "##[error]x",
    "${{ secrets.GITHUB_TOKEN }}",
    "x\nnumber: '9'",
    "x\n  p9:\n    date: '2020-01-01'",
    "x\n---\nnumber: 1",
    "x\r\ntext: 乙",
    "x\u2028text: 乙",
    "x\u0085text: 乙",
    "x\x0btext: 乙",
    "'\nnumber: 9\na: '",
    "a: b",
    "a #b",
    "# a",
    "- a",
    "'",
    "''",
    '"',
    '"\\n"',
    "\\",
    "|",
    ">",
    "&a",
    "*a",
    "!!python/object:os.system",
    "{a: b}",
    "[a",
    "%TAG",
    "@x",
    "~",
    "null",
    "yes",
    "2020.10",
    "0x1F",
    "1e5",
    "12:30",
    "<<",
    "=",
    "?",
    "？：",
    "：",
    "</script><b>",
    "\x00",
    "\ud800",
    "\ufeff",
    "\u3000",
    "𠮷野家",
    "%0A::error::",
    "### 哪一条",
    "../../../etc/passwd",
    "2026-02-30",
    "9" * 1_900,
    "[" * 1_900,
    "{" * 200,
    "- " * 90 + "a",
    "长" * 10_000,
    "a" * 10_000 + "\n" + "b: c\n" * 2_000,
]
