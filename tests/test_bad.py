"""Every case of the library of bad inputs: the right place, the right rule, words that help, and one message for a slip."""

from collections import Counter
from functools import lru_cache

import pytest

import scripts.check
import scripts.load
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
    """A case changes one file of twenty. The benchmark reads them all each time, and finds the same."""
    shape, known = scripts.check.has_the_right_shape, {}

    def shape_once(record):
        key = record.kind, id(record.root)
        if key not in known:
            known[key] = record, tuple(shape(record))
        return known[key][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(scripts.load, "read_yaml", lru_cache(scripts.load.read_yaml))
        patch.setattr(scripts.check, "has_the_right_shape", shape_once)
        yield


@pytest.mark.parametrize("case", [as_parameter(case) for case in LIBRARY])
def test_what_an_editor_is_told(case, data):
    outcome = bad_inputs.try_out(case, data)
    assert not outcome.faults, "\n".join(outcome.faults)


def test_the_library_is_large_and_well_formed():
    assert len(LIBRARY) >= 330 and len({case["kind"] for case in LIBRARY}) >= 68
    assert sum(bad_inputs.is_right(case) for case in LIBRARY) >= 40
    names = Counter((case["kind"], case["case"]) for case in LIBRARY)
    assert max(names.values()) == 1, names.most_common(3)
    for case in LIBRARY:
        assert set(case) <= bad_inputs.FIELDS, case
        assert len(set(case) & (bad_inputs.ACTIONS - {"encode", "line-ends"})) <= 1, case
        assert {"case", "kind", "file", "rule"} <= set(case), case
