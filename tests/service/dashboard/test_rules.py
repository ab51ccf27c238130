"""The page of rules: tried, refused, saved, applied; results on an interaction, and marks."""

from service.rules import Evidence, Verdict
from service.store import rule_marks, rule_results, rules
from service.store.rule_results import RuleResult
from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import read
from tests.service.dashboard.test_changes import send

RULE = 'customer says "the"'


def test_a_rule_is_tried_on_the_page_and_nothing_is_saved(site: Site) -> None:
    status, text = send(site, "/rules/try", rule=RULE, against='channel is "voice"', show="matched")
    assert status == 200
    page = read(text)
    assert page.find("textarea")[0].text == RULE
    links = [
        link.attributes["href"] for link in page.find("a") if "#turn-" in link.attributes.get("href", "")
    ]
    assert links
    assert "Precision" in text
    with site.database.reading() as session:
        assert rules.list_all(session) == []


def test_what_is_wrong_with_a_rule_is_told_beside_it_escaped(site: Site) -> None:
    rule = 'customer says "<script>alert(1)</script>'
    status, text = send(site, "/rules/try", rule=rule)
    assert status == 422
    assert "this quotation is not closed" in text
    assert "<script>alert" not in text
    status, text = send(site, "/rules", name="never", rule="channel is voice and channel is email")
    assert status == 422
    assert "contradict each other" in text


def test_a_rule_is_saved_shown_on_an_interaction_marked_and_deleted(own_site: Site) -> None:
    name = "<b>the & rule</b>"
    status, location = send(own_site, "/rules", name=name, rule='customer says "the"', enabled="on")
    assert status == 303
    with own_site.database.transaction() as session:
        row = rules.get(session, name)
        matched = RuleResult(row.id, row.version, Verdict(True, (), (Evidence("x", 1, 0, 3),)))
        rule_results.replace(session, own_site.seeded.call, [matched])
    shown = own_site.get(f"/interactions/{own_site.seeded.call}")
    assert "&lt;b&gt;the &amp; rule&lt;/b&gt;" in shown
    assert name not in shown
    call = str(own_site.seeded.call)
    status, location = send(own_site, "/rules/mark", name=name, interaction=call, should_match="no")
    assert location == f"/interactions/{call}?done=rule_marked#rules"
    with own_site.database.reading() as session:
        found = rule_marks.figures_of(session, rules.get(session, name))
        assert found is not None
        assert found.precision.value == 0.0
    assert send(own_site, "/rules/apply", name=name)[0] == 303
    assert send(own_site, "/rules/delete", name=name) == (303, "/rules?done=rule_deleted")
