"""Validators that are Python libraries. Run by judges.py with the interpreter of their own environment, one at a time:
`python by_python.py CHECK FOLDER [SHAPES]` prints {"files": number, "errors": [text], "warnings": [text]}.
"""

import io
import json
import logging
import sys
import warnings
from collections import Counter
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

Found = tuple[int, list[str], list[str]]  # files, errors, warnings


def frictionless(data: Path) -> Found:
    """What the package calls a table is judged by its schema, keys, size and hash. Of any other file the library guesses
    whether it is a table and which row is its header: that is reported as a warning."""
    from frictionless import Package

    package = Package(str(data / "datapackage.json"))
    declared = {
        one["name"]
        for one in json.loads((data / "datapackage.json").read_text("utf-8"))["resources"]
        if "schema" in one
    }
    report = package.validate()
    errors, guesses = [error.message for error in report.errors], Counter()
    for task in report.tasks:
        if task.name in declared:
            errors += [f"{task.name}: {error.type}: {error.message}" for error in task.errors]
        else:
            guesses.update(f"{task.name.rpartition('-')[2]} files: {error.type}" for error in task.errors)
    return len(report.tasks), errors, counted(guesses)


def csvw(data: Path) -> Found:
    """The library's strict mode also refuses an empty foreign key, about which the standard is silent: a warning."""
    from csvw import CSVW

    def failures(strict: bool) -> list[str]:
        try:
            made = CSVW(str(data / "csv-metadata.json"), validate=True, strict=strict)
            return [] if made.is_valid else [str(warning.message) for warning in made.warnings] or ["invalid"]
        except ValueError as error:
            return [str(error)]

    group = json.loads((data / "csv-metadata.json").read_text("utf-8"))
    errors = failures(strict=False)
    return len(group["tables"]), errors, [] if errors else failures(strict=True)


def shacl(data: Path, shapes: Path) -> Found:
    """shapes and range say what must be, deprecateduris and shapes_recommended what should be. Imports are not followed."""
    from pyshacl import validate
    from rdflib import RDF, Graph
    from rdflib.namespace import SH

    catalog = Graph().parse(data / "dcat.jsonld", format="json-ld")
    found: dict[bool, Counter] = {True: Counter(), False: Counter()}
    for name in ("shapes", "range", "deprecateduris", "shapes_recommended"):
        _, report, _ = validate(catalog, shacl_graph=Graph().parse(shapes / f"{name}.ttl"), do_owl_imports=False)
        for result in report.subjects(RDF.type, SH.ValidationResult):
            is_error = report.value(result, SH.resultSeverity) == SH.Violation
            kind = catalog.value(report.value(result, SH.focusNode), RDF.type)
            path = report.value(result, SH.resultPath)
            found[is_error][f"{_short(kind)}: {_short(path)} ({name})"] += 1
    return 1, counted(found[True]), counted(found[False])


def counted(found: Counter) -> list[str]:
    return [f"{text} ({count} times)" if count > 1 else text for text, count in sorted(found.items())]


def _short(name: object) -> str:
    return str(name).replace("#", "/").rpartition("/")[2]


def feedparser(site: Path) -> Found:
    import feedparser

    paths = sorted((site / "feeds").glob("*.atom"))
    errors = []
    for path in paths:
        feed = feedparser.parse(path.read_bytes())
        if feed.bozo or feed.version != "atom10":
            errors.append(f"{path.name}: {feed.version} {feed.get('bozo_exception')}")
    return len(paths), errors, []


def vobject(site: Path) -> Found:
    import vobject

    def read(text: str) -> None:
        for calendar in vobject.readComponents(text, validate=True):
            calendar.validate(raiseException=True)

    return _calendars(site, read)


def ics(site: Path) -> Found:
    from ics import Calendar

    return _calendars(site, Calendar)


def _calendars(site: Path, read: Callable[[str], object]) -> Found:
    paths = sorted((site / "calendars").glob("*.ics"))
    errors = []
    for path in paths:
        try:
            read(path.read_bytes().decode("utf-8"))
        except Exception as error:  # whatever a foreign library raises is a finding
            errors.append(f"{path.name}: {error!r}")
    return len(paths), errors, []


def parquet(data: Path) -> Found:
    """Every value is that of the JSON beside it; dates are dates, and an empty cell is null."""
    from pyarrow import parquet

    paths = sorted(data.glob("*.parquet"))
    errors = []
    for path in paths:
        rows = json.loads(path.with_suffix(".json").read_text("utf-8"))
        found = [{name: _plain(value) for name, value in row.items()} for row in parquet.read_table(path).to_pylist()]
        if found != rows:
            errors.append(f"{path.name}: not the values of {path.stem}.json")
    return len(paths), errors, []


def _plain(value: object) -> object:
    return value.isoformat() if hasattr(value, "isoformat") else value


CHECKS = {check.__name__: check for check in (frictionless, csvw, shacl, feedparser, vobject, ics, parquet)}


def main() -> None:
    name, *places = sys.argv[1:]
    logging.disable()
    warnings.simplefilter("ignore")
    with redirect_stdout(io.StringIO()):
        files, errors, wishes = CHECKS[name](*map(Path, places))
    print(json.dumps({"files": files, "errors": errors, "warnings": wishes}, ensure_ascii=False))


if __name__ == "__main__":
    main()
