"""The two documents: what must be true of the data in data/."""

import hashlib

from scripts.characters import solid
from tests.conftest import DATA

SOURCES = {  # as received
    "zibo-hitech-measures": "a4d6d48ab0f9c9f5e9cf43a30ae3a3c52582a9cae8efa30cead9758a94e45604",
    "zibo-city-tasks": "a3bed1de5da6da4817e37ea4a5246d7a733de08fda6c6e5d2bb951febf108630",
}


def of(ledger, policy):
    return [measure for measure in ledger.measures if measure.policy.id == policy]


def test_the_sources_are_kept_byte_for_byte():
    for policy, digest in SOURCES.items():
        assert hashlib.sha256((DATA / "policies" / policy / "source.txt").read_bytes()).hexdigest() == digest


def test_counts(ledger):
    notice, tasks = of(ledger, "zibo-hitech-measures"), of(ledger, "zibo-city-tasks")
    assert (len(notice), len(tasks)) == (14, 33)
    assert [sum(len(measure.responsibilities) for measure in group) for group in (notice, tasks)] == [39, 147]
    assert len(ledger.departments) == 34
    assert len({department.id for measure in notice for department in measure.departments}) == 9
    assert [department.name for department in ledger.departments if department.is_collective] == [
        "各区县人民政府",
        "各高职院校",
    ]
    assert len({share.name_as_written for measure in notice for share in measure.responsibilities}) == 10


def test_nothing_is_lost_and_nothing_invented(ledger):
    for policy in ledger.policies:
        assert policy.coverage() == (1.0, 0)
        assert "".join(solid(part.text) for part in policy.parts) == solid(policy.source_text)


def test_each_measure_knows_its_range(ledger):
    for measure in ledger.measures:
        stretch = measure.policy.source_text[measure.source_start : measure.source_end]
        deadline = measure.deadline.quote if measure.deadline else ""
        assert solid(stretch) == solid(measure.number + measure.text + measure.clause + deadline)
        assert stretch[0] == measure.number[0] and stretch[-1] == (deadline or measure.clause)[-1]


def test_no_lead_is_guessed(ledger):
    assert {share.role for measure in ledger.measures for share in measure.responsibilities} == {"unmarked"}
    assert all(measure.unknown("lead").state == "未载明" for measure in ledger.measures)


def test_nothing_is_claimed_about_progress(ledger):
    assert not any(measure.progress or measure.searches or measure.checked for measure in ledger.measures)
    registers = (ledger.themes, ledger.audiences, ledger.glossary, ledger.synonyms, ledger.jurisdictions)
    records = (*ledger.policies, *ledger.departments, *(entry for register in registers for entry in register))
    assert not any(record.checked for record in records)
    assert not ledger.attachments and not [*DATA.glob("policies/*/evidence")]


def test_deadlines_inside_texts(ledger):
    inner = {
        measure.nn: [deadline.period.text for deadline in measure.inner_deadlines]
        for measure in ledger.measures
        if measure.inner_deadlines
    }
    assert inner == {"21": ["2022"], "22": ["2022"], "25": ["2022"], "30": ["2020"]}
    assert ledger.measure_by_id["zibo-city-tasks/30"].deadline.period.text == "2022-12"


def test_every_number_that_is_promised_is_a_target(ledger):
    promised = {
        measure.id: [
            f"{target.comparator}{target.value}{'-' + target.value_max if target.value_max else ''}{target.unit}"
            for target in measure.targets
        ]
        for measure in ledger.measures
        if measure.targets
    }
    assert promised == {
        "zibo-hitech-measures/03": ["以上1个"],
        "zibo-city-tasks/09": ["不低于30%", "不低于30%"],
        "zibo-city-tasks/10": ["30%"],
        "zibo-city-tasks/11": ["内20%"],
        "zibo-city-tasks/20": ["每1个"],
        "zibo-city-tasks/21": ["至少30名", "100名", "20个", "以上80%"],
        "zibo-city-tasks/22": ["2个", "左右5个"],
        "zibo-city-tasks/24": ["以上42%"],
        "zibo-city-tasks/25": ["左右2-3所", "左右1-2所"],
        "zibo-city-tasks/26": ["左右20个", "左右30个", "左右10个", "左右20个"],
        "zibo-city-tasks/27": ["以上200门"],
        "zibo-city-tasks/28": ["以上15万人次"],
    }


def test_documents_cited_and_promised(ledger):
    notice = next(policy for policy in ledger.policies if policy.id == "zibo-hitech-measures")
    assert [(document.number, document.relation) for document in notice.instruments] == [
        ("中办发〔2021〕43 号", "basis")
    ]
    promised = [
        measure.nn for measure in ledger.measures for document in measure.instruments if document.relation == "promised"
    ]
    assert promised == ["02", "03", "04"]


def test_tasks_have_editorial_titles_and_measures_their_own(ledger):
    assert all(measure.title_is_editorial and not measure.heading for measure in of(ledger, "zibo-city-tasks"))
    assert all(measure.title == measure.heading for measure in of(ledger, "zibo-hitech-measures"))


def test_one_body_in_two_spellings(ledger):
    body = next(department for department in ledger.departments if department.id == "zibo-hitech-development-reform")
    assert set(body.names) == {"发展和改革局", "发展改革局"}
    assert [measure.nn for measure in ledger.duties_of(body)] == ["05", "11"]


def test_what_the_documents_do_not_say_is_unknown(ledger):
    tasks = next(policy for policy in ledger.policies if policy.id == "zibo-city-tasks")
    assert [tasks.unknown(field).state for field in ("issuer", "document_number", "issued")] == ["未载明"] * 3
    assert not (tasks.issuer or tasks.document_number or tasks.issued or tasks.source_address)
