"""The same document in the forms that people receive: without line ends, with spaces for them, wrapped over pages."""

from pathlib import Path

import pytest

from scripts.importer import import_document
from tests.truths import counted, drafted, truth, truth_of

DOCUMENTS = Path(__file__).parent / "importer"
STEMS = (
    "01-yanglao-cuoshi",
    "05-lvjian-douhao",
    "12-rencai-errors",
    "15-qiantou-lianghang",
    "51-guofa-zaisheng",
    "54-guoban-zhuanfa",
    "58-rencai-shitiao",
    "62-shuili-xian",
    "93-xian-wenlv",
    "115-jiazheng-guoban",
    "128-nongcun-wushui",
    "130-minying-jingji",
    "138-baogao-fengong",
)
WIDTH, PAGE = 25, 22  # characters of a line, lines of a page
FORMS = {
    "one": "".join,
    "with page numbers": lambda lines: _numbered("".join(lines)),
    "spaced": " ".join,
    "below-a-head": lambda lines: f"标题: 某市的文件\n发布时间: 2024-05-06\n{' '.join(lines)}\n",
    "filled": lambda lines: "\n\n".join(_wrapped(["".join(lines)])),  # line ends lost, then wrapped
    "wrapped": lambda lines: _paged(_wrapped(lines)),
}
GOALS = {"measures": 0.98, "departments": 0.97, "leads": 0.97}


def _wrapped(lines: list[str]) -> list[str]:
    return [line[start : start + WIDTH] for line in lines for start in range(0, len(line), WIDTH)]


def _numbered(text: str) -> str:
    """Pages in one line, their numbers between them, wherever a page ended."""
    page = WIDTH * PAGE
    parts = [text[start : start + page] for start in range(0, len(text), page)]
    return "".join(f"{part}- {number} -" for number, part in enumerate(parts, 1))


def _paged(lines: list[str]) -> str:
    """A blank line behind each, as in the notice that is the first seed, and three where a page ends."""
    return "\n\n\n\n".join("\n\n".join(lines[start : start + PAGE]) for start in range(0, len(lines), PAGE))


@pytest.mark.parametrize("form", FORMS)
def test_lines_do_not_matter(form, tmp_path):
    found = {}
    for stem in STEMS:
        document = DOCUMENTS / f"{stem}.txt"
        lines = [line.strip() for line in document.read_text("utf-8-sig").splitlines() if line.strip()]
        file = tmp_path / f"{stem}.txt"
        file.write_text(FORMS[form](lines), "utf-8")
        found[stem] = truth(truth_of(document)), drafted(import_document(file, "document", tmp_path / stem))
    for field, goal in GOALS.items():
        compared = [(told[field], made[field]) for told, made in found.values()]
        right, made, told = counted(compared)
        assert 2 * right / (made + told) >= goal, field
        if field == "leads":
            assert right == made  # none is made up
