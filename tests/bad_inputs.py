"""The library of bad inputs, tests/bad/*.yml: what is done to a file of the small ledger, and what must be said.

One file a family; in it a list of kinds, each with a title; in each kind a list of cases, which inherit what the kind says. The library
is read as text, as the data are: `2022.10` stays what it is.

What is done (one of these, `file` is inside the data folder):
    replace, with   the first place where these words stand gets others
    append          words at the end
    write           a whole file
    line-ends       crlf, cr, nel, ls or mixed
    encode          the file, after what else is done to it, in this encoding
    delete          the file or folder goes
    rename          to this path
    symlink         a link that leads to this path
    folder          an empty folder
`raw` says that `\\xNN` in the words is a byte. `fill: {piece:, times:}` stands where ◌ stands; {n} in it counts from 0.

What must be said:
    rule            its name; `none` for input that is right and must be accepted
    ‸               in the words: the place that must be named; it is no part of them
    at              that place, where the mark cannot show it: file (else the same), line, column (else 1)
    help            words that must stand in the message or in the help
    level           error, if nothing is said
    also            other rules that have to be reported; one slip, one message, if nothing is said
    becomes         what fields of the measure must hold then
    todo            what the program does instead, so far
    misplaced       that it does not name the place either
"""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import yaml

import scripts.check
import scripts.load
from scripts.check import check
from scripts.load import load
from scripts.problem import At, Problem
from scripts.report import as_github, as_json, as_text

FOLDER = Path(__file__).parent / "bad"
CITY_DATA = Path(__file__).parent / "city/data"
MARK, PLACE = "‸", "◌"
LINE_ENDS = {
    "crlf": "\r\n",
    "cr": "\r",
    "nel": "\x85",
    "ls": "\u2028",
    "mixed": "\n",  # and every second one is crlf
}
MOVES = {"delete", "rename", "symlink", "folder"}
ACTIONS = MOVES | {"replace", "append", "write", "line-ends", "encode"}
FIELDS = ACTIONS | {
    *("case", "kind", "title", "family", "file", "with", "raw", "fill"),
    *("rule", "at", "help", "level", "also", "becomes", "todo", "misplaced"),
}
END_OF_HELP = re.compile(r"([。？]|[0-9a-f]{64})\Z")  # a hash ends the line, so that it can be copied
SAID = 12  # problems of a case whose words are kept
LENGTH_OF_A_MESSAGE = 600  # characters that an editor is willing to read


@dataclass
class Outcome:
    """What was reported for a case, after how long, and what is wrong about it."""

    problems: tuple[Problem, ...]
    seconds: float
    said: str = ""  # as an editor reads it, files as seen from the data folder
    line_right: bool = True
    column_right: bool = True
    faults: list[str] = field(default_factory=list)


def read_library() -> list[dict]:
    cases = []
    for path in sorted(FOLDER.glob("*.yml")):
        for kind in yaml.load(path.read_text("utf-8"), Loader=yaml.CBaseLoader):
            shared = {name: value for name, value in kind.items() if name != "cases"}
            cases += [{"family": path.stem, **shared, **case} for case in kind["cases"]]
    return cases


def name_of(case: dict) -> str:
    return f"{case['kind']}：{case['case']}"


def kept() -> dict[str, str]:
    """What was said of each case when tests/bad/said/ was written, by the name of the case."""
    told = "".join(path.read_text("utf-8") for path in sorted((FOLDER / "said").glob("*.txt")))
    pairs = (one.partition("\n") for one in f"\n{told}".split("\n== ")[1:])
    return {name: said.removesuffix("\n") for name, _, said in pairs}


@contextmanager
def each_file_read_once() -> Iterator[None]:
    """A case changes one file of twenty. The benchmark reads them all each time, and finds the same."""
    read, shape, known = scripts.load.read_yaml, scripts.check.has_the_right_shape, {}

    def shape_once(record, ids):
        key = record.kind, id(record.root), tuple(ids.items())
        if key not in known:
            known[key] = record, tuple(shape(record, ids))
        return known[key][1]

    scripts.load.read_yaml, scripts.check.has_the_right_shape = lru_cache(read), shape_once
    try:
        yield
    finally:
        scripts.load.read_yaml, scripts.check.has_the_right_shape = read, shape


TODAY = "2026-06-30"  # for all cases


def is_right(case: dict) -> bool:
    return case["rule"] == "none"


def as_list(value) -> list:
    return value if isinstance(value, list) else [value] if value else []


def try_out(case: dict, data: Path) -> Outcome:
    """Does what a case says to the copy of the small ledger at `data`, and compares what is said with what must be."""
    if not data.exists():
        shutil.copytree(CITY_DATA, data)
    place = damage(case, data)
    start = time.perf_counter()
    report = check(load(data), today=TODAY)
    outcome = Outcome(report.problems, time.perf_counter() - start)
    for form in (as_github, as_json):
        form(report.problems).encode("utf-8")
    outcome.said = as_text(report.problems[:SAID]).replace(f"{data.as_posix()}/", "")
    outcome.said += f"\n……共 {len(report.problems)} 处" if len(report.problems) > SAID else ""
    _restore(case, data)
    _judge_values(case, report.ledger, outcome)
    _judge_places(case, place, data, outcome)
    _judge_wording(outcome)
    return outcome


def _restore(case: dict, data: Path) -> None:
    """Only the changed file where that is enough; else the next case makes a new copy."""
    original = CITY_DATA / case["file"]
    if original.is_file() and not MOVES & set(case):
        shutil.copyfile(original, data / case["file"])
    else:
        shutil.rmtree(data)


def _judge_values(case: dict, ledger, outcome: Outcome) -> None:
    if is_right(case) and ledger is None:
        outcome.faults.append(f"refused: {as_text(outcome.problems)}")
        outcome.line_right = outcome.column_right = False
    elif "becomes" in case:
        policy, _, number = case["file"].removeprefix("policies/").partition("/measures/")
        measure = ledger.measure_by_id[f"{policy}/{number.removesuffix('.yml')}"]
        for name, value in case["becomes"].items():
            if getattr(measure, name) != value:
                outcome.faults.append(f"{name} became {getattr(measure, name)!r}")


def _judge_places(case: dict, place: At | None, data: Path, outcome: Outcome) -> None:
    others = list(outcome.problems)
    if not is_right(case):
        found = [problem for problem in others if problem.rule == case["rule"]]
        inside = [(_inside(problem.at.file, data), problem.at.line, problem.at.column) for problem in found]
        wanted = (place.file, place.line, place.column)
        outcome.line_right = wanted[:2] in [at[:2] for at in inside]
        outcome.column_right = wanted in inside
        if not outcome.column_right:
            outcome.faults.append(f"not reported at {wanted}: {as_text(outcome.problems) or 'nothing is'}")
            return
        named = found[inside.index(wanted)]
        others.remove(named)
        if named.level != case.get("level", "error"):
            outcome.faults.append(f"level {named.level}")
        said = named.message + named.help
        outcome.faults += [f"{words!r} is not in {said!r}" for words in as_list(case.get("help")) if words not in said]
    more = {problem.rule for problem in others}
    if more != set(as_list(case.get("also"))):
        outcome.faults.append(f"others: {as_text(others) or 'none'}")


def _judge_wording(outcome: Outcome) -> None:
    for problem in outcome.problems:
        if not (problem.message.endswith("。") and END_OF_HELP.search(problem.help)) or "schema" in problem.message:
            outcome.faults.append(f"wording: {problem.message!r} {problem.help!r}")
        if len(problem.message + problem.help) > LENGTH_OF_A_MESSAGE:
            outcome.faults.append(f"wording: {len(problem.message + problem.help)} characters")


def _inside(file: str, data: Path) -> str:
    return Path(file).relative_to(data).as_posix()


def damage(case: dict, data: Path) -> At | None:
    """Does it, and returns the place that must be named, its file inside the data folder."""
    path = data / case["file"]
    path.parent.mkdir(parents=True, exist_ok=True)
    place = None
    if "delete" in case:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    elif "rename" in case:
        (data / case["rename"]).parent.mkdir(parents=True, exist_ok=True)
        path.rename(data / case["rename"])
    elif "symlink" in case:
        path.unlink(missing_ok=True)
        os.symlink(case["symlink"], path)
    elif "folder" in case:
        path.mkdir()
    else:
        place = _write(case, path)
    if "at" in case:
        at = case["at"]
        place = At(at.get("file", case["file"]), int(at.get("line", 1)), int(at.get("column", 1)))
    return place or At(case["file"])


def _write(case: dict, path: Path) -> At | None:
    text = _changed(case, path.read_bytes().decode("utf-8") if path.exists() else "")
    if "fill" in case:
        piece, times = case["fill"]["piece"], int(case["fill"]["times"])
        text = text.replace(PLACE, "".join(piece.replace("{n}", str(number)) for number in range(times)))
    place = None
    if MARK in text:
        ahead, _, rest = text.partition(MARK)
        place = At(case["file"], ahead.count("\n") + 1, len(ahead) - ahead.rfind("\n"))
        text = ahead + rest
    path.write_bytes(_bytes(case, text))
    return place


def _changed(case: dict, text: str) -> str:
    if "write" in case:
        return case["write"]
    if "append" in case:
        return text + case["append"]
    if "replace" in case:
        assert case["replace"] in text, f"{case['replace']!r} is not in {case['file']}"
        return text.replace(case["replace"], case["with"], 1)
    return text


def _bytes(case: dict, text: str) -> bytes:
    if "line-ends" in case:
        text = text.replace("\n", LINE_ENDS[case["line-ends"]])
    if case.get("line-ends") == "mixed":
        lines = text.split("\n")
        text = "".join(line + ("\r\n" if number % 2 else "\n") for number, line in enumerate(lines[:-1]))
    content = text.encode(case.get("encode", "utf-8"), "surrogatepass")
    if "raw" in case:
        content = re.sub(rb"\\x([0-9a-fA-F]{2})", lambda found: bytes.fromhex(found[1].decode()), content)
    return content
