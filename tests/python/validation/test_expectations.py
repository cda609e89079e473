"""Expectations derived from the registry, verdicts, and the pages that show them."""

import subprocess
import sys

import pytest

from qios.intake.sources import Source, registered_sources, reviewed_sources
from qios.registry.seeds import SeedRow
from qios.validation.expectations import Expectation, expectations_of
from qios.validation.judge import Judged
from qios.validation.pages import write_pages
from qios.validation.verdict import Verdict

ROW_RULE = Expectation("odd", "nothing is odd", "holds", "rule__odd")
BATCH_RULE = Expectation("all_zero", "not all are zero", "batch_holds", argument="bool_or(true)")


@pytest.mark.parametrize("source", reviewed_sources(), ids=lambda source: source.key)
def test_every_reviewed_source_has_expectations_with_distinct_codes(source: Source):
    codes = [expectation.code for expectation in expectations_of(source)]
    assert len(set(codes)) == len(codes) > 0


def test_columns_tell_what_is_expected_of_them():
    found = {e.code: e for e in expectations_of(registered_sources()["zoho_contacts"])}
    assert {code for code in found if code.startswith("missing_value")} == {
        "missing_value:external_id",
        "missing_value:family_name",
    }
    assert found["unreadable:birth_date"].kind == "holds"
    assert found["not_canonical:phone"].argument.startswith(r"^\+")
    assert "unreadable:family_name" not in found
    assert found["birth_date_in_the_future"].scope == "row"


def test_a_column_holds_what_its_field_allows():
    cells = {
        "column_name": "review_status",
        "parse_format": "text",
        "required": "",
        "deprecated_at": "",
    }
    contacts = registered_sources()["zoho_contacts"]
    source = Source(contacts.row, (SeedRow(contacts.row.path, 1, cells),))
    (expectation,) = (e for e in expectations_of(source) if e.kind == "one_of")
    assert expectation.code == "not_allowed:review_status"
    assert "needs_review" in expectation.argument


@pytest.mark.parametrize(
    ("row", "batch", "word"),
    [
        (Judged(ROW_RULE, True), Judged(BATCH_RULE, True), "passed"),
        (Judged(ROW_RULE, False, (3,)), Judged(BATCH_RULE, True), "has_problems"),
        (Judged(ROW_RULE, True), Judged(BATCH_RULE, False, at_large=True), "failed"),
        (Judged(ROW_RULE, False, at_large=True), Judged(BATCH_RULE, True), "failed"),
    ],
)
def test_a_batch_fails_by_what_concerns_it_as_a_whole(row, batch, word):
    verdict = Verdict.of([row, batch]).as_dict()
    assert verdict["verdict"] == word
    assert [e["met"] for e in verdict["expectations"]] == [row.success, batch.success]


def test_pages_need_no_network_and_hold_no_markup_of_others(tmp_path):
    (tmp_path / "old.html").touch()
    verdict = Verdict.of([Judged(BATCH_RULE, False, at_large=True)]).as_dict()
    batch = verdict | {
        "batch_id": "0f0e0d0c-0000-0000-0000-000000000000",
        "source": None,
        "path": "/exports/<script>.csv",
        "rows": 3,
        "broken": ["all_zero"],
    }
    index = write_pages(tmp_path, [batch])
    pages = {page.name: page.read_text(encoding="utf-8") for page in tmp_path.glob("*.html")}
    assert pages.keys() == {index.name, f"{batch['batch_id']}.html"}
    for page in pages.values():
        assert "&lt;script&gt;.csv" in page
        assert "all_zero" in page
        assert not any(word in page for word in ("<script", "http:", "https:", "src="))


def test_nothing_heavy_is_loaded_before_there_is_something_to_judge():
    code = (
        "import sys, qios.cli, qios.review.validate, qios.validation.judge\n"
        "with qios.validation.judge.judging(): pass\n"
        "sys.exit(bool({'great_expectations', 'sqlalchemy', 'pandas'} & sys.modules.keys()))"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
