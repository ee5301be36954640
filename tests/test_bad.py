"""Every case of the library of bad inputs: the right place, the right rule, words that help, and one message for a slip."""

from collections import Counter

import pytest

from tests import bad_inputs

LIBRARY = bad_inputs.read_library()


def as_parameter(case: dict):
    marks = [pytest.mark.xfail(strict=True, reason=case["todo"])] if "todo" in case else []
    return pytest.param(case, id=f"{case['family']}-{case['kind']}-{case['case']}", marks=marks)


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    return tmp_path_factory.mktemp("bad") / "data"


@pytest.fixture(scope="module", autouse=True)
def each_file_is_read_once():
    with bad_inputs.each_file_read_once():
        yield


@pytest.fixture(scope="module")
def outcome_of(data):
    """What came of a case; each is tried once."""
    known = {}

    def tried(case: dict) -> bad_inputs.Outcome:
        key = case["family"], case["kind"], case["case"]
        if key not in known:
            known[key] = bad_inputs.try_out(case, data)
        return known[key]

    return tried


@pytest.mark.parametrize("case", [as_parameter(case) for case in LIBRARY])
def test_what_an_editor_is_told(case, outcome_of):
    faults = outcome_of(case).faults
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("family", sorted({case["family"] for case in LIBRARY}))
def test_the_words_are_as_they_were(family, outcome_of, request):
    """All that is said, as an editor reads it. `pytest --update-golden` rewrites it; read the diff."""
    cases = [case for case in LIBRARY if case["family"] == family]
    told = "".join(f"== {bad_inputs.name_of(case)}\n{outcome_of(case).said}\n" for case in cases)
    kept = bad_inputs.FOLDER / "said" / f"{family}.txt"
    if request.config.getoption("--update-golden"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_text(told, "utf-8")
    assert told == kept.read_text("utf-8")


def test_what_is_still_to_do_is_named_at_its_place_already(outcome_of):
    """Unless the case says that the place, too, is still wrong."""
    for case in LIBRARY:
        if "todo" in case:
            assert outcome_of(case).column_right == ("misplaced" not in case), case["case"]


def test_the_library_is_large_and_well_formed():
    assert len(LIBRARY) >= 330 and len({case["kind"] for case in LIBRARY}) >= 68
    assert sum(bad_inputs.is_right(case) for case in LIBRARY) >= 40
    names = Counter((case["kind"], case["case"]) for case in LIBRARY)
    assert max(names.values()) == 1, names.most_common(3)
    for case in LIBRARY:
        assert set(case) <= bad_inputs.FIELDS, case
        assert len(set(case) & (bad_inputs.ACTIONS - {"encode", "line-ends"})) <= 1, case
        assert {"case", "kind", "file", "rule"} <= set(case), case
