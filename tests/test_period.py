"""Dates as documents write them."""

import pytest

from scripts.period import day_in, read_period


@pytest.mark.parametrize(
    ("written", "period", "precision", "end"),
    [
        ("2020.6", "2020-06", "month", "2020-06-30"),
        ("2020.06", "2020-06", "month", "2020-06-30"),
        ("2020.10", "2020-10", "month", "2020-10-31"),  # never 2020.1
        ("2020-6", "2020-06", "month", "2020-06-30"),
        ("2020/6", "2020-06", "month", "2020-06-30"),
        ("２０２０．６", "2020-06", "month", "2020-06-30"),
        ("2020 年 6 月", "2020-06", "month", "2020-06-30"),
        ("2025年12月底前", "2025-12", "month", "2025-12-31"),
        ("2024年2月", "2024-02", "month", "2024-02-29"),
        ("到2022年", "2022", "year", "2022-12-31"),
        ("到2020年底", "2020", "year", "2020-12-31"),
        ("2025年11月上旬", "2025-11", "month", "2025-11-10"),
        ("2025年11月中旬", "2025-11", "month", "2025-11-20"),
        ("2024年2月下旬", "2024-02", "month", "2024-02-29"),
        ("2025年上半年", "2025", "year", "2025-06-30"),
        ("2025年下半年", "2025", "year", "2025-12-31"),
        ("2014年4季度", "2014-Q4", "quarter", "2014-12-31"),
        ("2014年第二季度", "2014-Q2", "quarter", "2014-06-30"),
        ("2023 年 9 月 1 日", "2023-09-01", "day", "2023-09-01"),
        ("2023-09-01", "2023-09-01", "day", "2023-09-01"),
        ("2023年9月1日前", "2023-09-01", "day", "2023-09-01"),
        ("2025年6月底前签订协议，12月底前落地", "2025-12", "month", "2025-12-31"),  # all stages are done by then
        ("2025年12月底前完成清偿；2025年6月底前建立台账", "2025-12", "month", "2025-12-31"),
        ("2025年12月，2026年3月", "2026-03", "month", "2026-03-31"),
        ("2026年7月至9月", "2026-09", "month", "2026-09-30"),  # of a range the end
        ("2019年底前完成80%，2020年底前全部完成", "2020", "year", "2020-12-31"),
        ("2024年10月底前完成60公里，2025年10月底前全部完成", "2025-10", "month", "2025-10-31"),
        ("2025—2027年", "2027", "year", "2027-12-31"),
        ("2026年1-6月", "2026-06", "month", "2026-06-30"),
        ("2026年11月15日至11月30日", "2026-11-30", "day", "2026-11-30"),
        ("2026年1月1日起至2027年6月30日止", "2027-06-30", "day", "2027-06-30"),
    ],
)
def test_words_that_mean_a_period(written, period, precision, end):
    found = read_period(written)
    assert (found.text, found.precision, found.end) == (period, precision, end)


@pytest.mark.parametrize(
    "written",
    [
        "持续推进",
        "2022.13",
        "2020.0",
        "2023年2月30日",
        "利用3年时间",
        "明天",
        "",
        "2020.6.31",
        "12",
        "2021年前",
        "2021年6月前",
        "2021年6月上旬前",
        "2021年上半年前",
        "2021年13月上旬",
        "每年",
        "2020.6和2021.6",
        "2025年5月底前出台方案，持续推进",
        "2025年6月，",
        "6月底前，12月底前",
    ],
)
def test_words_that_mean_none(written):
    assert read_period(written) is None


@pytest.mark.parametrize(
    ("written", "name"),
    [("2020.6", "2020年6月"), ("到2022年", "2022年"), ("2014年4季度", "2014年四季度"), ("2023-09-01", "2023年9月1日")],
)
def test_a_period_has_a_chinese_name(written, name):
    assert read_period(written).name == name


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("自2024年7月1日起施行", "2024-07-01"),
        ("有效期至2028年12月31日", "2028-12-31"),
        ("2023 年 9 月 1 日", "2023-09-01"),
        ("2024-07-01", "2024-07-01"),
        ("自发布之日起实施", ""),
        ("2024年7月起", ""),
        ("2024年2月30日", ""),
        ("自2024年7月1日起施行，有效期至2026年6月30日", ""),
    ],
)
def test_the_one_day_that_words_name(words, day):
    assert day_in(words) == day


@pytest.mark.parametrize(
    ("written", "period"),
    [
        ("6月底前", "2026-06"),
        ("到12月31日前", "2026-12-31"),
        ("第三季度", "2026-Q3"),
        ("四季度末", "2026-Q4"),
        ("年底前", "2026"),
        ("2025年6月", "2025-06"),  # its own year counts
        ("13月底前", None),
        ("6月前", None),  # before June, or by its end?
        ("每月", None),
        ("全年", None),
    ],
)
def test_words_without_a_year_mean_that_of_their_document(written, period):
    found = read_period(written, "2026")
    assert (found.text if found else None) == period
    assert "2025" in written or read_period(written) is None
