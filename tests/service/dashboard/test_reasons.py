"""The page of reasons, its forms, corrections on an interaction, and the page of their accuracy."""

import pytest

from service.dashboard.reason_forms import edit_of
from service.store import call_reasons, reason_corrections, reason_models, taxonomies
from service.taxonomies import Reason
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read
from tests.service.dashboard.test_changes import send

HOSTILE = "<script>alert(1)</script> & זיכוי"


def edit(site: Site, **fields: str) -> int:
    status, _ = send(site, "/reasons/edit", taxonomy="shop", **fields)
    return status


def test_a_form_says_a_change() -> None:
    merged = edit_of({"action": "merge", "merge.002": "b", "merge.001": "a", "name": "c"})
    assert merged == {"action": "merge", "reasons": ["a", "b"], "name": "c"}
    split = edit_of({"action": "split", "reason": "a", "parts": "b = text\n\nc"})
    assert split["parts"] == [{"name": "b", "description": "text"}, {"name": "c", "description": ""}]


def test_a_taxonomy_is_made_changed_published_and_trained(own_site: Site) -> None:
    status, place = send(own_site, "/reasons", name="shop", of="")
    assert (status, place) == (303, "/reasons?taxonomy=shop&done=made")
    assert edit(own_site, action="add", reason=HOSTILE, description=HOSTILE) == 303
    assert edit(own_site, action="add", reason="late", parent=HOSTILE) == 303
    page = own_site.get("/reasons", taxonomy="shop")
    assert HOSTILE not in page
    assert "&lt;script&gt;alert(1)" in page
    assert edit(own_site, action="add", reason="LATE") == 422
    assert edit(own_site, action="split", reason="late", parts="lost\nstolen") == 303
    assert send(own_site, "/reasons/publish", taxonomy="shop")[0] == 303
    assert send(own_site, "/reasons/examples", taxonomy="shop", reason="lost", lines="gone\n\naway")[0] == 303
    assert send(own_site, "/reasons/train", taxonomy="shop")[1] == "/reasons?taxonomy=shop&done=training"
    with own_site.database.reading() as session:
        row = taxonomies.get(session, "shop")
        assert [reason.name for reason in taxonomies.draft(row)] == [HOSTILE, "lost", "stolen"]
        assert len(reason_models.models(session, row)) == 1
    assert "A worker trains it." in own_site.get("/reasons", taxonomy="shop")
    status, _ = send(own_site, "/reasons/activate", taxonomy="shop", number="1")
    assert status == 409
    assert send(own_site, "/reasons/rerun")[1] == "/reasons?done=rerun#runs"
    assert send(own_site, "/reasons/remove", taxonomy="shop")[0] == 303


def test_a_change_by_somebody_else_is_not_overwritten(own_site: Site) -> None:
    send(own_site, "/reasons", name="shop", of="")
    with own_site.database.transaction() as session:
        tag = taxonomies.etag(taxonomies.get(session, "shop"))
        taxonomies.put(session, "shop", [Reason(name="theirs")])
    assert edit(own_site, action="add", reason="mine", etag=tag) == 412


def test_a_report_stands_above_the_button_that_puts_a_model_to_use(own_site: Site) -> None:
    send(own_site, "/reasons", name="shop", of="shipped")
    send(own_site, "/reasons/publish", taxonomy="shop")
    share = {"value": 0.9, "low": 0.7, "high": 0.98}
    one = {"name": "billing and payments", "texts": 10, "precision": share, "recall": share}
    figures = {"accuracy": 0.875, "kept": 0.5, "precision_kept": 0.95, "coverage_at_95_precision": 0.4}
    report = {"figures": {**figures, "per_reason": [one], "confusions": []}, "thresholds": {"primary": 0.4}}
    with own_site.database.transaction() as session:
        row = taxonomies.get(session, "shop")
        model = reason_models.add(session, row, 1, author="Kim")
        reason_models.record(session, model.id, digest="0" * 64, report=report, examples=9, corrections=1)
    page = own_site.get("/reasons", taxonomy="shop")
    assert "87.5%" in page
    assert page.index("87.5%") < page.index("Put this model to use")
    assert send(own_site, "/reasons/activate", taxonomy="shop", number="1")[0] == 303
    assert "Use the shipped reasons again" in own_site.get("/reasons")
    with own_site.database.reading() as session:
        assert call_reasons.current(session)[0].taxonomy == "shop"
    assert send(own_site, "/reasons/shipped")[0] == 303


def test_an_interaction_is_corrected_and_taken_back(own_site: Site) -> None:
    place = f"/interactions/{own_site.seeded.call}"
    page = read(own_site.get(place))
    choices = [one.attributes["value"] for one in page.find("select")[0].find("option")]
    assert choices
    with own_site.database.reading() as session:
        reasons = [row.name for row in call_reasons.current(session)]
    status, _ = send(own_site, f"{place}/reasons", verdict="reasons", primary=reasons[0], further=reasons[-1])
    assert status == 303
    assert "said by" in own_site.get(place)
    with own_site.database.reading() as session:
        said = reason_corrections.of(session, own_site.seeded.call)[0]
        assert (said.name, len(said.further)) == (reasons[0], 1)
    assert send(own_site, f"{place}/reasons", verdict="wrong")[0] == 303
    assert "the label is wrong" in own_site.get(place)
    assert send(own_site, f"{place}/reasons", verdict="withdraw")[0] == 303
    assert "said by" not in own_site.get(place)


@pytest.mark.parametrize("language", ["en", "hu", "he"])
def test_the_pages_speak_every_language(own_site: Site, language: str) -> None:
    with own_site.database.reading() as session:
        reasons = [row.name for row in call_reasons.current(session)]
    place = f"/interactions/{own_site.seeded.call}/reasons"
    send(own_site, place, verdict="reasons", primary=reasons[0])
    for path in ("/reasons", "/reasons/accuracy", "/reasons/accuracy?level=top", "/"):
        answer = own_site.browser.get(path, params={"lang": language})
        assert answer.status_code == 200, path
        assert "reasons." not in answer.text.replace("reasons.css", "")
