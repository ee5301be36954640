"""Do the tests notice when one thing in the code is otherwise? Run by `make measure`; writes benchmarks/mutation.md.

Each mutant is one change (a comparison, a condition, a number, a statement that is gone) in what reads, checks and mends
data and in what escapes it. It runs in a process of its own that imports the changed module: first the cases of
tests/bad/ that come to the changed line, which must be told as they were, then the tests that come to it.
`--sample N` tries only so many, chosen at random by `--seed`.
"""

import argparse
import ast
import copy
import importlib.abc
import importlib.machinery
import importlib.util
import os
import pickle
import random
import signal
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

# What takes long to import and is no part of the project: every process begins with it.
import jsonschema  # noqa: F401
import pytest
import referencing  # noqa: F401
import yaml  # noqa: F401
from equivalents import EQUIVALENT
from tools import ROOT

sys.path.insert(0, str(ROOT))

TARGETS = [
    *sorted((ROOT / "scripts/load").glob("*.py")),
    *sorted((ROOT / "scripts/check").glob("*.py")),
    *sorted((ROOT / "scripts/fix").glob("*.py")),
    ROOT / "scripts/pages/escape.py",
]
TESTS = [
    *(
        f"tests/test_{name}.py"
        for name in (
            "check",
            "source",
            "format",
            "rules",
            "evidence",
            "small_parts",
            "importer_structure",
            "golden",
            "history",
        )
    ),
    "tests/test_properties.py::test_escaping_is_undone_by_a_browser_and_nothing_else",
    # Two minutes for what nine measures say as well as 47.
    *(
        f"--deselect=tests/test_source.py::test_one_changed_character_is_found_at_its_place[policies/{some}"
        for some in ("zibo-city-tasks", "zibo-hitech-measures/measures/1")
    ),
]
PROCESSES = os.cpu_count() or 1
CASES_SECONDS, TESTS_SECONDS = 120, 300  # after which a mutant that goes on is noticed
SURVIVED, NOTICED = 0, 1
SWAPPED = {
    **{ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt},
    **{ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And},
    **{ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Mod: ast.Mult, ast.FloorDiv: ast.Mult},
    **{ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr},
}
OTHER_NAMES = {"any": "all", "all": "any", "min": "max", "max": "min"}


@dataclass(frozen=True)
class Mutant:
    path: Path
    number: int  # of the change among those of its module
    line: int
    inside: str  # the function
    starts: int  # the line on which it does
    before: str
    after: str

    @property
    def key(self) -> tuple[str, str, str, str]:
        return self.path.relative_to(ROOT / "scripts").as_posix(), self.inside, self.before, self.after


# ---- Changes


def changed(tree: ast.Module, number: int | None = None) -> tuple[ast.Module, list[tuple[int, str, int, str, str]]]:
    """A module with its change of this number made, and all changes: line, function, its line, before, after."""
    tree = copy.deepcopy(tree)
    found: list[tuple[int, str, int, str, str]] = []
    inside: list[ast.FunctionDef | ast.ClassDef] = []

    def offer(node: ast.AST, after: ast.AST) -> ast.AST:
        functions = [scope for scope in inside if isinstance(scope, ast.FunctionDef)]
        starts = min([one.lineno for one in (functions[-1], *functions[-1].decorator_list)]) if functions else 0
        line = getattr(node, "lineno", 0) or node.iter.lineno
        found.append((line, ".".join(scope.name for scope in inside), starts, _source(node), _source(after)))
        is_it = len(found) - 1 == number
        return ast.copy_location(after, node) if is_it else node

    class Change(ast.NodeTransformer):
        def generic_visit(self, node: ast.AST) -> ast.AST:
            is_scope = isinstance(node, ast.FunctionDef | ast.ClassDef)
            if is_scope:
                inside.append(node)
            node = super().generic_visit(node)
            if is_scope:
                inside.pop()
            for change in CHANGES:
                for after in change(node):
                    made = offer(node, after)
                    if made is not node:
                        return made
            return node

        def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
            return node  # the words of a message

        def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST:
            if node.value:
                node.value = self.visit(node.value)
            return node

        def visit_arg(self, node: ast.arg) -> ast.AST:
            return node

    tree = ast.fix_missing_locations(Change().visit(tree))
    return tree, found


def _source(node: ast.AST) -> str:
    text = ast.unparse(node).split("\n")[0]
    return text if len(text) <= 90 else f"{text[:89]}…"


def _operators(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Compare():
            for place, operator in enumerate(node.ops):
                if type(operator) in SWAPPED:
                    ops = [*node.ops[:place], SWAPPED[type(operator)](), *node.ops[place + 1 :]]
                    yield ast.Compare(node.left, ops, node.comparators)
        case ast.BoolOp():
            yield ast.BoolOp(SWAPPED[type(node.op)](), node.values)
        case ast.BinOp() if type(node.op) in SWAPPED:
            yield ast.BinOp(node.left, SWAPPED[type(node.op)](), node.right)
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand


def _constants(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Constant(value=bool()):
            yield ast.Constant(not node.value)
        case ast.Constant(value=int()):
            yield ast.Constant(node.value + 1)
        case ast.Call(func=ast.Name(id=name)) if name in OTHER_NAMES:
            yield ast.Call(ast.Name(OTHER_NAMES[name], ast.Load()), node.args, node.keywords)


def _conditions(node: ast.AST) -> Iterator[ast.AST]:
    def denied(test: ast.expr) -> ast.expr:
        return ast.UnaryOp(ast.Not(), test)

    match node:
        case ast.If():
            yield ast.If(denied(node.test), node.body, node.orelse)
        case ast.IfExp():
            yield ast.IfExp(denied(node.test), node.body, node.orelse)
        case ast.While():
            yield ast.While(ast.Constant(False), node.body, node.orelse)
        case ast.comprehension(ifs=[first, *rest]):
            yield ast.comprehension(node.target, node.iter, [denied(first), *rest], node.is_async)


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Expr(value=ast.Constant()):
            return  # a docstring
        case ast.Expr() | ast.AugAssign() | ast.Continue() | ast.Break():
            yield ast.If(ast.Constant(False), [node], [])
        case ast.Return(value=value) if value and not isinstance(value, ast.Constant):
            yield ast.Return(ast.Constant(None))


CHANGES: tuple[Callable[[ast.AST], Iterator[ast.AST]], ...] = (_operators, _constants, _conditions, _statements)


def mutants() -> list[Mutant]:
    found = []
    for path in TARGETS:
        tree = ast.parse(path.read_text("utf-8"))
        found += [Mutant(path, number, *one) for number, one in enumerate(changed(tree)[1])]
    return found


class Finder(importlib.abc.MetaPathFinder, importlib.machinery.SourceFileLoader):
    """Imports one module with its change."""

    def __init__(self, mutant: Mutant) -> None:
        inside = mutant.path.relative_to(ROOT).with_suffix("")
        parts = inside.parts[:-1] if inside.name == "__init__" else inside.parts
        super().__init__(".".join(parts), str(mutant.path))
        self.mutant = mutant

    def find_spec(self, fullname, path, target=None):
        if fullname == self.name:
            return importlib.util.spec_from_file_location(fullname, self.path, loader=self)
        return None

    def get_code(self, fullname):
        tree, _ = changed(ast.parse(Path(self.path).read_text("utf-8")), self.mutant.number)
        return compile(tree, self.path, "exec")


# ---- What comes to which line


def survey() -> tuple[dict[tuple[str, int], list[int]], dict[tuple[str, int], list[str]]]:
    """The numbers of the cases that come to each line of the targets, the names of the tests that come to each function,
    the quickest first.

    A function is known by the line of its first decorator or of its `def`.
    """
    cases: dict[tuple[str, int], list[int]] = defaultdict(list)
    tests: dict[tuple[str, int], list[tuple[float, str]]] = defaultdict(list)
    from tests import bad_inputs

    with tempfile.TemporaryDirectory() as folder, bad_inputs.each_file_read_once():
        for number, case in enumerate(bad_inputs.read_library()):
            with Lines() as lines:
                bad_inputs.try_out(case, Path(folder) / "data")
            for place in lines.seen:
                cases[place].append(number)

    fixtures: dict[str, set[tuple[str, int]]] = defaultdict(set)

    class Plugin:
        @pytest.hookimpl(hookwrapper=True)
        def pytest_fixture_setup(self, fixturedef):
            with Lines(functions_only=True) as lines:
                yield
            fixtures[fixturedef.argname] |= lines.seen

        @pytest.hookimpl(hookwrapper=True)
        def pytest_runtest_call(self, item):
            start = time.perf_counter()
            with Lines(functions_only=True) as lines:
                yield
            for place in lines.seen.union(*(fixtures[name] for name in item.fixturenames)):
                tests[place].append((time.perf_counter() - start, item.nodeid))

    assert pytest.main(["-q", "-p", "no:cacheprovider", *TESTS], plugins=[Plugin()]) == 0
    return dict(cases), {place: [name for _, name in sorted(found)] for place, found in tests.items()}


class Lines:
    """Which lines of the targets are run, or which functions."""

    def __init__(self, functions_only: bool = False) -> None:
        self.seen: set[tuple[str, int]] = set()
        self.functions_only = functions_only
        self.files = {str(path) for path in TARGETS}

    def __enter__(self) -> "Lines":
        self.before = sys.gettrace()
        sys.settrace(self._call)
        return self

    def __exit__(self, *_) -> None:
        sys.settrace(self.before)

    def _call(self, frame, event, value):
        if frame.f_code.co_filename not in self.files:
            return None
        self.seen.add((frame.f_code.co_filename, frame.f_code.co_firstlineno))
        return None if self.functions_only else self._line

    def _line(self, frame, event, value):
        self.seen.add((frame.f_code.co_filename, frame.f_lineno))
        return self._line


# ---- Trying


def in_a_process(work: Callable[[], int], seconds: int) -> int:
    """The process that does it, and ends with what it returns."""
    pid = os.fork()
    if pid:
        return pid
    code = NOTICED
    try:
        signal.alarm(seconds)
        quiet = os.open(os.devnull, os.O_WRONLY)
        os.dup2(quiet, 1)
        os.dup2(quiet, 2)
        code = work()
    except BaseException:
        code = NOTICED
    finally:
        os._exit(code)
    raise AssertionError


def by_cases(mutant: Mutant, numbers: list[int]) -> int:
    sys.meta_path.insert(0, Finder(mutant))
    from tests import bad_inputs

    library, kept = bad_inputs.read_library(), bad_inputs.kept()
    with tempfile.TemporaryDirectory() as folder, bad_inputs.each_file_read_once():
        for number in numbers:
            case = library[number]
            outcome = bad_inputs.try_out(case, Path(folder) / "data")
            if outcome.faults or outcome.said != kept[bad_inputs.name_of(case)]:
                return NOTICED
    return SURVIVED


def by_tests(mutant: Mutant, names: list[str]) -> int:
    sys.meta_path.insert(0, Finder(mutant))
    return NOTICED if pytest.main(["-x", "-q", "-p", "no:cacheprovider", *names]) else SURVIVED


def tried(all_mutants: list[Mutant], try_out: Callable[[Mutant], int], seconds: int) -> list[Mutant]:
    """Those that survive, several processes at once."""
    running: dict[int, Mutant] = {}
    survivors = []
    for count, mutant in enumerate(all_mutants, 1):
        running[in_a_process(lambda mutant=mutant: try_out(mutant), seconds)] = mutant
        while len(running) >= PROCESSES or (count == len(all_mutants) and running):
            pid, status = os.wait()
            done = running.pop(pid)
            if status == SURVIVED:
                survivors.append(done)
                print(f"survives: {done.key}", flush=True)
        if count % 100 == 0:
            print(f"{count} of {len(all_mutants)}, {len(survivors)} survive", flush=True)
    return survivors


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--sample", type=int)
    arguments.add_argument("--seed", type=int, default=6)
    given = arguments.parse_args()
    sample = given.sample
    chance = random.Random(given.seed)
    start = time.perf_counter()
    everything = mutants()
    chosen = chance.sample(everything, sample) if sample else everything
    os.chdir(ROOT)
    with tempfile.NamedTemporaryFile() as told:
        # In a process of its own: this one must not know the modules that are changed.
        pid = in_a_process(lambda: Path(told.name).write_bytes(pickle.dumps(survey())) and 0, 3600)
        assert os.waitpid(pid, 0)[1] == 0, "the tests have to pass first"
        cases, tests = pickle.loads(Path(told.name).read_bytes())
    print(f"{len(chosen)} mutants; surveyed in {time.perf_counter() - start:.0f} s", flush=True)

    def first(mutant: Mutant) -> int:
        if mutant.starts:  # an expression over several lines may be run as one of those above
            lines = (cases.get((str(mutant.path), line)) for line in range(mutant.line, mutant.line - 6, -1))
            numbers = list(next(filter(None, lines), ()))
        else:  # what runs on import
            numbers = sorted({number for some in cases.values() for number in some})
        # Cases of all kinds early: most mutants are noticed by one of the first.
        random.Random(1).shuffle(numbers)
        return by_cases(mutant, numbers)

    def then(mutant: Mutant) -> int:
        names = tests.get((str(mutant.path), mutant.starts), []) if mutant.starts else TESTS
        return by_tests(mutant, names) if names else SURVIVED

    left = tried(chosen, first, CASES_SECONDS)
    print(f"{len(left)} are left to the tests", flush=True)
    left = tried(left, then, TESTS_SECONDS)
    seconds = time.perf_counter() - start
    of = (
        f"All {len(everything)}"
        if not sample
        else f"{len(chosen)} of {len(everything)}, chosen at random (seed {given.seed})"
    )
    report = _report(chosen, left, seconds, of)
    print("\n".join(report))
    (ROOT / "benchmarks/mutation.md").write_text("\n".join([*report, ""]), "utf-8")


def _report(chosen: list[Mutant], left: list[Mutant], seconds: float, of: str) -> list[str]:
    same = [mutant for mutant in left if mutant.key in EQUIVALENT]
    open_ones = [mutant for mutant in left if mutant.key not in EQUIVALENT]
    counts, equivalent, survived = (Counter(one.path.parent.name for one in some) for some in (chosen, same, open_ones))

    def row(name: str, all_: int, equal: int, alive: int) -> str:
        score = 100 * (all_ - equal - alive) / max(1, all_ - equal)
        return f"| {name} | {all_} | {all_ - equal - alive} | {equal} | {alive} | {score:.1f} % |"

    return [
        "# What the tests notice",
        "",
        "One change at a time in the code that reads (load), checks (check) and mends (fix) data and escapes it (pages);",
        "noticed by the cases of `tests/bad/` or by the tests. Equivalents, which change nothing that anybody could see, are",
        f"in `benchmarks/equivalents.py`, each with its reason. {of}; {seconds / 60:.0f} minutes, {PROCESSES} processes.",
        "",
        "| | mutants | noticed | equivalent | survive | score |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
        *(row(name, counts[name], equivalent[name], survived[name]) for name in ("load", "check", "fix", "pages")),
        row("all", len(chosen), len(same), len(open_ones)),
        "",
        "## Those that survive",
        "",
        *(
            f"- {path}:{mutant.line} `{mutant.inside}`: `{before}` → `{after}`"
            for mutant in sorted(open_ones, key=lambda one: (str(one.path), one.line))
            for path, _, before, after in [mutant.key]
        ),
    ]


if __name__ == "__main__":
    main()
