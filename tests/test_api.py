"""The static API: every JSON is as its schema says, every link leads somewhere, every example runs as it stands."""

import csv
import io
import json
import re
import shutil
from collections import Counter
from dataclasses import replace
from urllib.parse import urljoin, urlsplit

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource

from scripts.api import ENDPOINTS, FOLDER, PARAMETERS, RECORDS, example
from scripts.downloads.index import make_index
from scripts.ledger import Removal
from scripts.made import made as made_file
from scripts.pages import make_pages
from scripts.pages.address import address
from scripts.stage import hand_written
from scripts.tables import TABLES
from tests import examples
from tests.conftest import DATA, ROOT, downloads_of, ledger_of, run
from tests.server import serving

REMOVED = (
    Removal(
        id="policies/qingchuan-notice/99",
        name="重复的<b>一条</b>",
        on="2026-02-01",
        reason="与第 1 项重复。",
        replaced_by="policies/qingchuan-notice/01",
    ),
    Removal(id="policies/qingchuan-old", name="旧文件", on="2026-02-01", reason="收错了。", replaced_by=""),
    Removal(
        id="departments/qingchuan-gone",
        name="市水利局",
        on="2026-02-01",
        reason="并入。",
        replaced_by="departments/qingchuan-water",
    ),
    # Stands in the data, but carries no duties, so it has no file.
    Removal(id="departments/qingchuan-lost", name="局", on="2026-02-01", reason="无。", replaced_by="departments/idle"),
)
FORMATS = FormatChecker(["date", "regex"])
SITE = "https://example.org/some/sub/path/"
# Programs that an example takes and that a machine may lack.
TOOLS = {"curl": ("curl", "sha256sum"), "sqlite": ("curl", "sqlite3")}


@pytest.fixture(scope="module", params=["zibo", "city"])
def made(request, ledger, city):
    shown = {"zibo": ledger, "city": replace(city, removed=REMOVED)}[request.param]
    return shown, downloads_of(shown)


@pytest.fixture(scope="module")
def records(made):
    """Every JSON in which records link to each other, by its path within the site."""
    _, files = made
    folders = tuple(f"{FOLDER}/{name}" for name in ("policies/", "measures/", "departments/", "index.json"))
    return {
        path: json.loads(content)
        for path, content in files.items()
        if path.startswith(folders) and path.endswith(".json")
    }


@pytest.fixture(scope="module")
def openapi(made):
    return json.loads(made[1][f"{FOLDER}/openapi.json"])


def validator(schema, files):
    """For a schema by its address below the folder of the data."""
    resources = [
        (f"{SITE}{path}", Resource.from_contents(json.loads(content)))
        for path, content in files.items()
        if path.startswith(f"{FOLDER}/schemas/")
    ]
    # Without what a schema calls itself, so that it is looked for where it stands.
    for _, resource in resources:
        resource.contents.pop("$id")
    return Draft202012Validator(
        {"$ref": f"{SITE}{FOLDER}/{schema}"},
        registry=Registry().with_resources(resources),
        format_checker=FORMATS,
    )


def matches(endpoint, path):
    """Do the parts of a path have the values that the parameters may have? Gives them, or None."""
    form = re.sub(r"\\\{(\w+)\\\}", r"(?P<\1>[^/]+)", re.escape(endpoint.path.removeprefix("/")))
    found = re.fullmatch(form, path)
    if not found:
        return None
    for name, value in found.groupdict().items():
        if not Draft202012Validator(PARAMETERS[name].shape).is_valid(value):
            return None
    return found.groupdict()


def of(path):
    """The endpoint at which a file stands, with the values of its parameters; it is the only one."""
    found = [(endpoint, values) for endpoint in ENDPOINTS if (values := matches(endpoint, path)) is not None]
    assert len(found) == 1, path
    return found[0]


def links(value, inside=False):
    """Every address that a JSON gives for another file."""
    match value:
        case dict():
            for name, inner in value.items():
                if isinstance(inner, str) and (inside or name == "href"):
                    yield inner
                else:
                    yield from links(inner, inside or name == "links")
        case list():
            for inner in value:
                yield from links(inner, inside)


# Schemas


def test_every_file_stands_at_one_address_of_the_description(made, openapi):
    for path in made[1]:
        if path.startswith(f"{FOLDER}/"):
            endpoint, _ = of(path.removeprefix(f"{FOLDER}/"))
            assert endpoint.path in openapi["paths"]


def test_every_json_is_as_exactly_one_schema_says(made):
    ledger, files = made
    checked = 0
    for path, content in files.items():
        if not path.endswith((".json", ".jsonld")):
            continue
        endpoint, values = of(path.removeprefix(f"{FOLDER}/"))
        assert bool(endpoint.schemas) != bool(endpoint.standard)
        value = json.loads(content)
        if endpoint.path.startswith("/schemas/"):
            Draft202012Validator.check_schema(value)
        fitting = []
        for schema in endpoint.schemas:
            errors = [
                f"{path}: {error.json_path}: {error.message[:200]}"
                for error in validator(schema.format(**values), files).iter_errors(value)
            ]
            fitting.append(errors)
        if endpoint.schemas:
            assert sum(not errors for errors in fitting) == 1, fitting
            checked += 1
    assert checked >= len(ledger.measures) + len(ledger.policies) + len(ledger.departments) + len(TABLES) + 1


@pytest.mark.parametrize("damage", ["unknown", "missing", "wrong"])
def test_a_damaged_record_is_refused(made, records, damage):
    ledger, files = made
    record = json.loads(json.dumps(records[f"{FOLDER}/measures/{ledger.measures[0].id}.json"]))
    match damage:
        case "unknown":
            record["official"]["more"] = ""
        case "missing":
            del record["links"]["next"]
        case "wrong":
            record["editorial"]["responsibilities"][0]["role"] = "chief"
    assert not validator("schemas/measure-record.schema.json", files).is_valid(record)


def test_every_field_is_explained_in_chinese(made):
    _, files = made

    def look(schema, path):
        for name, field in schema.get("properties", {}).items():
            here = f"{path}.{name}"
            assert field["title"] and re.search(r"[一-龥]", field["description"]), here
            look(field, here)
        if "properties" in schema:
            assert schema["additionalProperties"] is False
            assert schema["required"] == list(schema["properties"])
        if "items" in schema:
            look(schema["items"], f"{path}[]")

    for record in RECORDS:
        schema = json.loads(files[f"{FOLDER}/schemas/{record.kind}.schema.json"])
        assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
        assert schema["title"] and schema["description"]
        look(schema, record.kind)


def test_examples_in_schemas_are_from_the_data_and_fit(made):
    _, files = made
    found = 0

    def look(schema):
        nonlocal found
        if isinstance(schema, dict):
            for one in schema.get("examples", []) if isinstance(schema.get("examples"), list) else []:
                found += 1
                Draft202012Validator({**schema, "examples": []}, format_checker=FORMATS).validate(one)
            for name, inner in schema.items():
                if name != "examples":
                    look(inner)
        elif isinstance(schema, list):
            for inner in schema:
                look(inner)

    for record in RECORDS:
        look(json.loads(files[f"{FOLDER}/schemas/{record.kind}.schema.json"]))
    assert found > 100


# Links


def test_every_link_leads_to_a_file(made, records):
    ledger, files = made
    pages = make_pages(ledger, [made_file(*pair) for pair in files.items()])
    pages |= dict(hand_written(ROOT / "docs"))
    there = {*files, *(f"{address(path)}index.html" for path in pages if path.endswith(".md"))}
    for path, record in records.items():
        assert urljoin(path, record["links"]["self"]) == path
        ways = list(links(record))
        assert ways
        for way in ways:
            parts = urlsplit(way)
            assert not parts.scheme and not parts.netloc and not way.startswith("/"), (path, way)
            assert urljoin(f"{SITE}{path}", way).removeprefix(SITE) in there, (path, way)
            assert urljoin(f"file:///a/b/{path}", way).removeprefix("file:///a/b/") in there, (path, way)


def test_a_client_reaches_every_record_from_the_manifest(made, records):
    start = f"{FOLDER}/index.json"
    seen, todo = set(), [start]
    while todo:
        path = todo.pop()
        if path in seen or path not in records:
            continue
        seen.add(path)
        todo += [urljoin(path, way) for way in links(records[path])]
    removed = {path for path, record in records.items() if "removed" in record and path != start}
    assert seen == set(records) - removed


def test_next_and_previous_go_through_the_document(made, records):
    ledger, _ = made
    for policy in ledger.policies:
        measures = [f"{FOLDER}/measures/{measure.id}.json" for measure in ledger.measures_of(policy)]
        for way, order in (("next", measures), ("previous", measures[::-1])):
            path, walked = order[0], []
            while path:
                walked.append(path)
                path = records[path]["links"][way] and urljoin(path, records[path]["links"][way])
            assert walked == order


def test_records_name_their_neighbours(made, records):
    ledger, _ = made

    def ids(path, entries):
        return [records[urljoin(path, entry["href"])]["id"] for entry in entries]

    for department in ledger.departments:
        path = f"{FOLDER}/departments/{department.id}.json"
        assert ids(path, records[path]["computed"]["duties"]) == [duty.id for duty in ledger.duties_of(department)]
    for measure in ledger.measures:
        path = f"{FOLDER}/measures/{measure.id}.json"
        shares = records[path]["editorial"]["responsibilities"]
        assert ids(path, [share["department"] for share in shares]) == [body.id for body in measure.departments]
        assert records[urljoin(path, records[path]["links"]["policy"])]["id"] == measure.policy.id


def test_a_removed_record_leaves_word_of_it(made, records):
    ledger, _ = made
    for removal in ledger.removed:
        kind, _, id = removal.id.partition("/")
        path = f"{FOLDER}/{'measures' if '/' in id else kind}/{id}.json"
        stone = records[path]
        assert list(stone) == ["id", "removed", "links"] and stone["id"] == id
        assert stone["removed"] == {
            "on": removal.on,
            "reason": removal.reason,
            "replaced_by": removal.replaced_by or None,
        }
        assert stone["links"]["html"].endswith(f"{removal.id}/index.html")
        way = stone["links"]["replaced_by"]
        if removal.replaced_by and not removal.replaced_by.endswith("/idle"):
            assert records[urljoin(path, way)]["id"] == removal.replaced_by.partition("/")[2]
        else:
            assert way is None


def test_the_manifest_does_not_grow_with_the_measures(ledger):
    def size(shown):
        return len(json.dumps(make_index(shown, []), ensure_ascii=False))

    assert size(replace(ledger, measures=ledger.measures * 200)) < size(ledger) + 500


# OpenAPI


def test_the_description_of_the_api_holds_together(made, openapi):
    ledger, files = made
    assert openapi["openapi"].startswith("3.1")
    assert openapi["info"]["version"] == (ledger.history.version or "1")
    server = openapi["servers"][0]["url"]
    assert server == (ledger.site.url(FOLDER) if ledger.site.address else "./")
    operations = [path["get"] for path in openapi["paths"].values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)

    def look(value):
        match value:
            case {"$ref": way}:
                place, _, pointer = way.partition("#")
                target = json.loads(files[f"{FOLDER}/{place}"]) if place else openapi
                for step in filter(None, pointer.split("/")):
                    target = target[step]
            case {"externalValue": way}:
                assert f"{FOLDER}/{way}" in files, way
            case dict():
                for inner in value.values():
                    look(inner)
            case list():
                for inner in value:
                    look(inner)

    look(openapi)
    for endpoint in ENDPOINTS:
        if endpoint.path in openapi["paths"]:
            operation = openapi["paths"][endpoint.path]["get"]
            assert re.search(r"[一-龥]", operation["summary"]) and set(operation["responses"]) == {"200", "404"}
            assert f"{FOLDER}/{example(endpoint, ledger)}" in files


def test_only_what_needs_an_address_or_another_program_may_be_missing(made, openapi):
    ledger, _ = made
    missing = {endpoint.path for endpoint in ENDPOINTS} - set(openapi["paths"])
    assert missing <= {"/{table}.parquet", *([] if ledger.site.address else ["/dcat.jsonld"])}


# The page and its examples


@pytest.fixture(scope="module", params=["zibo", "city"])
def shown(request, city, tmp_path_factory):
    """A served edition whose page knows its own address: (ledger, its page about the API). One is built whole; of the
    other the page is as it is staged, where it holds the same HTML."""
    folder = tmp_path_factory.mktemp("api") / "site"
    with serving(folder) as home:
        if request.param == "zibo":
            built = run("site", "--data", str(DATA), "--out", str(folder), "--address", home)
            assert built.returncode == 0, built.stdout + built.stderr
            yield ledger_of(DATA), (folder / "data/api/index.html").read_text("utf-8")
            return
        here = replace(city, site=replace(city.site, address=home))
        files = downloads_of(here)
        for path, content in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        yield here, make_pages(here, [made_file(*pair) for pair in files.items()])["data/api.md"]


def answered(name, language, code, folder):
    """The rows that an example prints, of all questions together."""
    return Counter(
        examples.rows(examples.run_example(language, code, folder), "\t" if name == "python-sqlite" else ",")
    )


@pytest.mark.parametrize("name", ["pandas", "polars", "sqlite", "python-sqlite"])
def test_an_example_runs_as_it_stands_and_says_what_the_ledger_says(shown, name, tmp_path):
    for tool in TOOLS.get(name, ()):
        if not shutil.which(tool):
            pytest.skip(f"no {tool} here")
    ledger, page = shown
    language, code = examples.written(page)[name]
    assert answered(name, language, code, tmp_path) == examples.answers(ledger)


def test_the_example_for_curl_fetches_what_it_says(shown, tmp_path):
    for tool in TOOLS["curl"]:
        if not shutil.which(tool):
            pytest.skip(f"no {tool} here")
    ledger, page = shown
    record = json.loads(examples.run_example(*examples.written(page)["curl"], tmp_path))
    assert record["official"]["text"] == ledger.measures[0].text
    assert json.loads((tmp_path / "index.json").read_text("utf-8"))["counts"]["measures"] == len(ledger.measures)
    rows = csv.DictReader(io.StringIO((tmp_path / "duties.csv").read_text("utf-8")))
    duties = [row["measure_id"] for row in rows]
    assert duties == [measure.id for measure in ledger.duties_of(ledger.departments[0])]
    assert (tmp_path / "ledger.xlsx").stat().st_size


def test_the_page_has_an_example_for_each_way(shown):
    _, page = shown
    names = {"curl", "pandas", "polars", "r", "sqlite", "python-sqlite", "excel-load", "excel-due", "excel-gaps"}
    assert set(examples.written(page)) == names
    assert all(code and "@" not in code for _, code in examples.written(page).values())


def test_the_page_explains_every_field_and_address(shown):
    _, page = shown
    text = re.sub(r"<[^>]+>", "", page)
    for endpoint in ENDPOINTS:
        assert endpoint.path in text
    for name in (*PARAMETERS, "editorial.responsibilities[].role", "removed.replaced_by", "links.previous"):
        assert name in text


def test_without_an_address_the_browser_fills_in_the_readers_own(served, page):
    home, ledger = served
    page.goto(f"{home}data/api/")
    codes = page.evaluate(
        "Object.fromEntries([...document.querySelectorAll('code[data-copy]')].map((code) => [code.id, code.textContent]))"
    )
    names = [name for name in codes if not name.startswith("example-excel")]
    assert len(names) == 6
    for name in names:
        assert f'src="{ledger.site.address or home}data/v1/"' in codes[name]
    assert page.evaluate("document.querySelectorAll('code[data-copy] + .pl-copy').length") == len(codes)
    assert page.trouble == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_what_unfolds(served, page, scheme):
    home, _ = served
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{home}data/api/")
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    page.evaluate((ROOT / "tests/vendor/axe.min.js").read_text("utf-8"))
    assert page.evaluate("axe.run().then((result) => result.violations.map((one) => one.id))") == []


@pytest.mark.parametrize("name", ["pandas", "polars", "python-sqlite"])
def test_without_scripts_a_program_reads_what_was_downloaded(ledger, name, tmp_path):
    files = downloads_of(ledger)
    page = make_pages(ledger, [made_file(*pair) for pair in files.items()])["data/api.md"]
    for path in (*(f"{table.name}.csv" for table in TABLES), "ledger.sqlite"):
        (tmp_path / path).write_bytes(files[f"{FOLDER}/{path}"])
    language, code = examples.written(page)[name]
    assert 'src=""' in code
    assert answered(name, language, code, tmp_path) == examples.answers(ledger)


def test_the_page_names_every_schema(made):
    shown, files = made
    page = make_pages(shown, [made_file(*pair) for pair in files.items()])["data/api.md"]
    row = re.search(r"<code>\{kind\}</code></th><td>(.*?)</td>", page)[1]
    start, end = f"{FOLDER}/schemas/", ".schema.json"
    there = [path[len(start) : -len(end)] for path in files if path.startswith(start)]
    assert sorted(re.findall(r"<code>([a-z-]+)</code>", row)) == sorted(there)
