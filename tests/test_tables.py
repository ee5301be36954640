"""The downloads, read by programs that are not ours, say what the Ledger says."""

import csv
import hashlib
import io
import json
import sqlite3
import subprocess
import sys
import zipfile

import docx
import duckdb
import openpyxl
import pytest
import yaml

from scripts.downloads.parquet import make_parquet
from scripts.downloads.text import make_json
from scripts.made import put
from scripts.prove import same_row
from scripts.tables import LAYERS, TABLES, TYPES, cell
from tests.conftest import downloads_of
from tests.readers import READERS, unpack

NAMED = {  # what others rely on
    "ledger": "policy_title number title text department role deadline_text deadline deadline_end measure_id department_id url",
    "policies": "id title issuer document_number issued effective valid_until status jurisdiction measure_term measure_count source_sha256 url",
    "measures": "id policy_id number section title heading text clause deadline_text deadline deadline_end open_list themes audiences source_start source_end url",
    "departments": "id name kind jurisdiction level collective measure_count url",
    "department_names": "department_id name jurisdiction",
    "responsibilities": "measure_id position department_id name_as_written label_as_written role role_evidence",
    "deadlines": "id measure_id scope quote period precision end",
    "targets": "id policy_id measure_id quote subject comparator value value_max unit scope by_text by",
    "instruments": "id policy_id measure_id title number relation",
    "relations": "id from_id to_id relation evidence layer",
    "progress": "id measure_id date status summary evidence_url evidence_title evidence_file evidence_sha256",
    "searches": "id measure_id date by place result address",
    "anomalies": "id policy_id measure_id quote explanation",
    "unknowns": "policy_id measure_id field state reason",
    "identifiers": "id policy_id department_id scheme value",
    "changes": "id version date record action field before after reason commit",
    "removed": "id name date reason replaced_by",
    "themes": "id name description measure_count",
    "audiences": "id name description measure_count",
    "glossary": "id measure_id term definition",
    "jurisdictions": "id name level parent",
}


@pytest.fixture(scope="module", params=["zibo", "city"])
def made(request, ledger, city):
    shown = {"zibo": ledger, "city": city}[request.param]
    return shown, downloads_of(shown)


def expected(table, ledger):
    return [{name: cell(value) for name, value in row.items()} for row in table.records(ledger)]


def test_the_tables_have_the_columns_that_others_rely_on():
    assert set(NAMED) <= {table.name for table in TABLES}
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert set(NAMED[table.name].split()) <= set(names) and len(set(names)) == len(names)
        assert set(table.key) <= set(names)


def test_every_column_is_described():
    for table in TABLES:
        for column in table.columns:
            assert column.meaning and column.layer in LAYERS and column.type in TYPES


@pytest.mark.parametrize("read", READERS, ids=lambda read: read.__name__)
def test_independent_readers_find_the_rows_of_the_ledger(read, made, tmp_path):
    ledger, files = made
    folder = unpack(files, tmp_path)
    for table in TABLES:
        cells, rows = expected(table, ledger), read(folder, table.name)
        assert len(cells) == len(rows), table.name
        for one, other in zip(cells, rows, strict=True):
            assert same_row(one, other), (table.name, one, other)


def test_the_database_has_keys_that_hold_and_views_that_answer(made, tmp_path):
    ledger, files = made
    database = sqlite3.connect(unpack(files, tmp_path) / "ledger.sqlite")
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    for table in TABLES:
        keys = {row[3]: row[2] for row in database.execute(f"PRAGMA foreign_key_list({table.name})")}
        assert keys == table.refers
        indexed = {row[1] for row in database.execute(f"PRAGMA index_list({table.name})")}
        assert all(f"{table.name}_{column}" in indexed or column == table.key[0] for column in table.refers)
    load = dict(database.execute("SELECT department_id, measures FROM departments_by_load"))
    assert load == {department.id: len(ledger.duties_of(department)) for department in ledger.departments}
    duties = database.execute("SELECT measure_id, department_id FROM duties").fetchall()
    assert sorted(duties) == sorted(
        (measure.id, department.id) for measure in ledger.measures for department in measure.departments
    )
    months = dict(database.execute("SELECT period, deadlines FROM deadlines_by_month"))
    written = [d.period.text for measure in ledger.measures for d in measure.deadlines if d.period]
    assert months == {text: written.count(text) for text in written}
    gaps = database.execute("SELECT sum(count) FROM open_gaps").fetchone()[0]
    records = (*ledger.policies, *ledger.measures, *ledger.departments)
    assert gaps == sum(len(record.unknowns) for record in records)
    database.close()


def test_the_archive_holds_everything_and_its_checksums_are_right(made, tmp_path):
    _, files = made
    with zipfile.ZipFile(io.BytesIO(files["data/v1/ledger.zip"])) as archive:
        packed = {name.removeprefix("ledger/"): archive.read(name) for name in archive.namelist()}
    published = {
        path.removeprefix("data/v1/"): content
        for path, content in files.items()
        if path.startswith("data/v1/") and not path.endswith("ledger.zip")
    }
    assert packed == published
    sums = dict(reversed(line.split("  ")) for line in packed.pop("SHA256SUMS").decode().splitlines())
    assert sums == {path: hashlib.sha256(content).hexdigest() for path, content in packed.items()}


def test_descriptions_know_every_column_size_and_hash(made):
    ledger, files = made
    package = json.loads(files["data/v1/datapackage.json"])
    listed = {resource["path"]: resource for resource in package["resources"]}
    columns = json.loads(files["data/v1/csv-metadata.json"])
    described = {table["url"]: [c["name"] for c in table["tableSchema"]["columns"]] for table in columns["tables"]}
    index = json.loads(files["data/v1/index.json"])
    rows = {table["name"]: table["rows"] for table in index["tables"]}
    for table in TABLES:
        names = [column.name for column in table.columns]
        assert [field["name"] for field in listed[f"{table.name}.csv"]["schema"]["fields"]] == names
        assert described[f"{table.name}.csv"] == names
        assert rows[table.name] == len(expected(table, ledger))
    for path, resource in listed.items():
        content = files[f"data/v1/{path}"]
        assert resource["bytes"] == len(content)
        assert resource["hash"] == f"sha256:{hashlib.sha256(content).hexdigest()}"
        assert resource["licenses"][0]["name"] == ("other-pd" if path.startswith("sources/") else "CC-BY-4.0")
    assert ("data/v1/dcat.jsonld" in files) == bool(ledger.site.address)
    assert yaml.safe_load(files["data/v1/CITATION.cff"])["cff-version"] == "1.2.0"


def test_nothing_is_lost_where_there_is_no_duckdb(ledger, monkeypatch):
    monkeypatch.setattr("scripts.downloads.parquet._connect", lambda: None)
    files = downloads_of(ledger)
    assert "data/v1/ledger.csv" in files and not any(path.endswith(".parquet") for path in files)
    assert not json.loads(files["data/v1/index.json"])["tables"][0]["files"].get("parquet")


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_json_and_csv_say_the_same(table, made):
    ledger, files = made
    rows = json.loads(files[f"data/v1/{table.name}.json"])
    cells = expected(table, ledger)
    assert len(cells) == len(rows) and all(map(same_row, cells, rows))
    types = {column.name: column.type for column in table.columns}
    kinds = {"integer": int, "number": (int, float), "boolean": bool}
    for row in rows:
        for name, value in row.items():
            assert value is None or isinstance(value, kinds.get(types[name], str))


def test_an_empty_cell_is_said_to_be_possible(made):
    ledger, _ = made
    for table in TABLES:
        for column in table.columns:
            if not column.empty:
                assert all(row[column.name] != "" for row in expected(table, ledger)), f"{table.name}.{column.name}"


def test_every_empty_cell_of_measures_and_policies_is_explained(made):
    ledger, files = made
    unknowns = json.loads(files["data/v1/unknowns.json"])
    explained = {(row["policy_id"], row["measure_id"], row["field"]) for row in unknowns}
    for row in json.loads(files["data/v1/measures.json"]):
        for name, value in row.items():
            if value is None and name != "shared_clause" and not name.startswith("checked_"):
                assert (row["policy_id"], row["id"], name) in explained or (name == "clause" and row["shared_clause"])
    for row in json.loads(files["data/v1/policies.json"]):
        for name, value in row.items():
            if value is None and name not in ("lead_rule", "deadline_year") and not name.startswith("checked_"):
                assert (row["id"], None, name) in explained
    for row in json.loads(files["data/v1/departments.json"]):
        for name, value in row.items():
            if value is None and not name.startswith("checked_"):
                assert any(gap["department_id"] == row["id"] and gap["field"] == name for gap in unknowns)
    leads = {row["measure_id"] for row in json.loads(files["data/v1/responsibilities.json"]) if row["role"] == "lead"}
    for measure in ledger.measures:
        assert measure.id in leads or (measure.policy.id, measure.id, "lead") in explained


def test_keys_tell_rows_apart(made):
    ledger, _ = made
    for table in TABLES:
        rows = expected(table, ledger)
        assert len({tuple(row[name] for name in table.key) for row in rows}) == len(rows), table.name


def test_the_workbook_is_text_only_and_complete(made):
    ledger, files = made
    book = openpyxl.load_workbook(io.BytesIO(files["data/v1/ledger.xlsx"]))
    assert book.sheetnames == ["说明", "字段说明", *(table.name for table in TABLES)]
    for table in TABLES:
        sheet = book[table.name]
        header, *rows = [["" if value is None else value for value in row] for row in sheet.iter_rows(values_only=True)]
        assert header == [column.name for column in table.columns]
        assert rows == [list(row.values()) for row in expected(table, ledger)]
        assert sheet.freeze_panes == "A2"
        assert not rows or sheet.auto_filter.ref
    kinds = {value.data_type for sheet in book for row in sheet.iter_rows() for value in row if value.value is not None}
    assert kinds == {"s"}, "every cell is text, none a formula"


def test_months_survive_in_the_hands_of_csvkit(ledger, tmp_path):
    """csvkit as people run it, without inference: 2022.10 would otherwise become 2022.1."""
    path = tmp_path / "deadlines.csv"
    path.write_bytes(downloads_of(ledger)["data/v1/deadlines.csv"])
    for tool in ("csvjson", "csvsort"):
        arguments = ["-I", str(path)] if tool == "csvjson" else ["-I", "-c", "id", str(path)]
        out = subprocess.run(
            [sys.executable, "-m", f"csvkit.utilities.{tool}", *arguments], capture_output=True, text=True, check=True
        ).stdout
        quotes = {row["quote"] for row in (json.loads(out) if tool == "csvjson" else csv.DictReader(io.StringIO(out)))}
        assert quotes == {deadline.quote for measure in ledger.measures for deadline in measure.deadlines}


def test_a_departments_csv_holds_its_duties(made):
    ledger, files = made
    for department in ledger.departments:
        rows = list(csv.DictReader(io.StringIO(files[f"data/v1/departments/{department.id}.csv"].decode())))
        assert [row["measure_id"] for row in rows] == [measure.id for measure in ledger.duties_of(department)]


def test_records_keep_the_layers_apart(made):
    ledger, files = made
    for measure in ledger.measures:
        record = json.loads(files[f"data/v1/measures/{measure.id}.json"])
        official = record["official"]
        assert (official["number"], official["text"], official["clause"]) == (
            measure.number,
            measure.text,
            measure.clause or None,
        )
        assert {"official", "editorial", "computed"} <= set(record)
    for policy in ledger.policies:
        parts = json.loads(files[f"data/v1/policies/{policy.id}.json"])["official"]["parts"]
        assert [part["text"] for part in parts] == [part.text for part in policy.parts]
        assert files[f"{policy.address}source.txt"] == policy.source_bytes


def test_a_departments_sheet_opens_in_word_and_holds_its_duties(made):
    ledger, files = made
    for department in ledger.departments:
        sheet = docx.Document(io.BytesIO(files[f"data/v1/departments/{department.id}.docx"]))
        assert sheet.paragraphs[0].text == f"{department.name}承担措施清单"
        rows = [[cell.text for cell in row.cells] for table in sheet.tables for row in table.rows[1:]]
        assert [row[:2] for row in rows] == [[measure.number, measure.text] for measure in ledger.duties_of(department)]
        assert len(sheet.tables) == len(ledger.policies_of(department))


def test_a_row_of_any_length_is_kept(tmp_path):
    table = next(one for one in TABLES if one.name == "glossary")
    long = "原文" * 3_000_000  # DuckDB refuses rows of more than 16 MB unless told
    row = {column.name: long if column.name == "definition" else "" for column in table.columns}
    made = make_parquet(table, put(tmp_path / "rows.json", make_json(table, [row])))
    assert duckdb.sql(f"SELECT definition FROM '{made}'").fetchall() == [(long,)]
