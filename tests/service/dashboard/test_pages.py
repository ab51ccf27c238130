"""Every page in every language: it renders, it is safe, it can be read without seeing."""

from uuid import UUID

import pytest

from tests.service.dashboard.conftest import Site
from tests.service.dashboard.reading import Element, read

LANGUAGES = {"en": "ltr", "hu": "ltr", "he": "rtl"}
PAGES = (
    "/",
    "/?level=sub&period=364",
    "/interactions",
    "/search",
    "/search?q=the",
    "/customers",
    "/tasks",
    "/sources",
    "/sources?name=demo",
    "/phrases",
    "/phrases?query=the",
    "/facts",
    "/discovery",
    "{call}",
    "{voices}",
    "{mail}",
    "{hostile}",
    "{unreliable}",
    "{failed}",
    "{customer}",
)


def address(site: Site, page: str) -> str:
    """The address of a page that is named by what it shows."""
    named = {
        name: f"/interactions/{getattr(site.seeded, name)}"
        for name in ("call", "voices", "mail", "unreliable", "failed")
    }
    return page.format(
        hostile=f"/interactions/{site.hostile}", customer=f"/customers/{site.seeded.customer}", **named
    )


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_whole_and_safe(site: Site, page: str, language: str) -> None:
    path = address(site, page)
    html = site.get(path + ("&" if "?" in path else "?") + f"lang={language}")
    tree = read(html)
    root = tree.find("html")[0]
    assert root.attributes["lang"] == language
    assert root.attributes["dir"] == LANGUAGES[language]
    assert len(tree.find("h1")) == 1
    for element in tree.walk():
        check_is_safe(element)
    ids = [element.attributes["id"] for element in tree.walk() if "id" in element.attributes]
    assert len(ids) == len(set(ids)), "an id occurs twice"


def check_is_safe(element: Element) -> None:
    """Nothing that the content policy would refuse, nothing from elsewhere."""
    assert element.tag != "style"
    assert "style" not in element.attributes
    assert not [name for name in element.attributes if name.startswith("on")]
    if element.tag == "script":
        assert element.attributes["src"].startswith("/static/")
        assert not element.text
    for name in ("href", "src", "action", "xlink:href"):
        assert element.attributes.get(name, "/").startswith(("/", "#")), element.attributes


@pytest.mark.parametrize("page", ["/", "{call}", "{customer}"])
def test_each_chart_is_told_in_words_too(site: Site, page: str) -> None:
    charts = read(site.get(address(site, page))).find("div", class_="chart")
    assert charts
    for chart in charts:
        assert chart.attributes["dir"] == "ltr"
        for drawing in chart.find("svg"):
            assert drawing.find("title")[0].text
            assert drawing.find("desc")[0].text
        section = chart.within("section")
        assert section is not None
        assert section.find("table") or section.find("ol", class_="turns"), "no twin in words"


def test_a_chart_leads_where_its_table_leads(site: Site) -> None:
    section = read(site.get("/")).find("section", **{"aria-labelledby": "why"})[0]
    in_table = {link.attributes["href"] for link in section.find("table")[0].find("a")}
    in_chart = {link.attributes["href"] for drawing in section.find("svg") for link in drawing.find("a")}
    assert in_table == in_chart
    for href in in_table:
        assert "/interactions/" in site.get(href), "nothing behind the bar"


def test_hostile_text_is_only_text(site: Site) -> None:
    for path in ("/", "/interactions", f"/interactions/{site.hostile}"):
        html = site.get(path)
        assert "<script>window" not in html
        assert "<img" not in html
        assert "onload" not in " ".join(str(one.attributes.keys()) for one in read(html).walk())
    assert "{{ 7 * 7 }}" in site.get(f"/interactions/{site.hostile}")


def test_a_conversation_shows_what_was_found(site: Site) -> None:
    tree = read(site.get(f"/interactions/{site.seeded.call}"))
    turns = tree.find("li", class_="turn")
    assert len(turns) == 8
    assert "Annoyance 83%" in turns[1].text
    assert [mask.text for mask in tree.find("span", class_="masked")] == ["card number", "phone number"]
    words = turns[1].find("span", class_="word")
    assert words[0].attributes["data-at"].isdigit()
    assert "charged twice" in turns[1].find("div", class_="text")[0].text
    assert tree.find("audio")[0].attributes["src"].endswith("/audio")
    assert "Transcribed by the fallback recogniser." in tree.text
    reasons = tree.find("ul", class_="reasons")[0]
    assert reasons.find("a", href="#turn-1"), "the evidence"
    assert "Unexpected charge" in reasons.text


def test_where_the_sentiment_turned_stands_in_the_conversation_and_beside_the_quarters(site: Site) -> None:
    tree = read(site.get(f"/interactions/{site.seeded.call}"))
    places = tree.find("ol", class_="turns")[0].find("li")
    marker = next(place for place, one in enumerate(places) if "from here on: better" in one.text)
    assert places[marker].text == "Customer: sentiment from here on: better −2.0 → +1.5"
    assert places[marker + 1].attributes["id"] == "turn-2"
    feelings = next(one for one in tree.find("section") if one.attributes["aria-labelledby"] == "feelings")
    assert "shift" in feelings.text
    assert "+3.5" in feelings.text
    assert feelings.find("a", href="#turn-2")[0].text == "sentiment from here on: better"


def test_what_cannot_be_measured_says_so(site: Site) -> None:
    noisy = read(site.get(f"/interactions/{site.seeded.unreliable}")).text
    assert "This transcript is not reliable." in noisy
    assert "No call reason: Transcript not reliable" in noisy
    assert "Words per minute Not measurable Not measurable" in noisy
    assert "Not measurable: there is no sound." in site.get(f"/interactions/{site.seeded.mail}")


def test_holds_pauses_and_damage_stand_on_the_map_and_in_words(site: Site) -> None:
    tree = read(site.get(f"/interactions/{site.seeded.call}"))
    rows = [row.text for row in tree.find("details", id="stretches")[0].find("tr")][1:]
    assert rows == ["Paused 0:20 0:23", "Hold 0:38 0:44", "Damaged 0:44 0:45"]
    drawn = [mark.attributes.get("aria-label", "") for mark in tree.find("a", href="#stretches")]
    assert "Hold, 0:38 to 0:44" in drawn
    assert {"Hold", "Paused", "Damaged"} <= {label.text for label in tree.find("text")}
    said = [line.text for line in tree.find("ol", class_="turns")[0].find("li", class_="interlude")]
    heard = [line for line in said if "sentiment" not in line]
    assert heard == ["Paused 0:20–0:23", "Hold 0:38–0:44", "Damaged 0:44–0:45"]


def test_how_sure_the_recogniser_was_of_a_turn_is_said_in_words(site: Site) -> None:
    turns = read(site.get(f"/interactions/{site.seeded.voices}")).find("li", class_="turn")
    assert "doubtful 45%" in turns[2].text
    assert "less sure 70%" in turns[3].text
    assert "sure" not in turns[0].find("header")[0].text


def test_characteristics_come_with_their_thresholds_and_a_curve_of_loudness(site: Site) -> None:
    section = measures_of(site, site.seeded.call)
    assert "Loudness (0–100) 70 61" in section.text
    assert "Silence counts from 3.00 s" in section.text
    assert "Parties told apart by audio channels" in section.text
    assert section.find("svg")[0].find("title")[0].text == "Loudness over time"
    assert not measures_of(site, site.seeded.unreliable).find("svg"), "nothing to draw"


def measures_of(site: Site, interaction: UUID) -> Element:
    """The characteristics on the page of an interaction."""
    page = read(site.get(f"/interactions/{interaction}"))
    return page.find("section", **{"aria-labelledby": "measures"})[0]


def test_unreliable_calls_are_counted_on_the_first_page_and_left_out_of_reasons(site: Site) -> None:
    tree = read(site.get("/", period=364))
    link = [one for one in tree.find("a") if "no_reason=unreliable" in one.attributes["href"]]
    assert link[0].text.startswith("Transcript not reliable")
    assert str(site.seeded.unreliable) in site.get(link[0].attributes["href"])


def test_a_mail_folds_quotes_and_signature(site: Site) -> None:
    folded = read(site.get(f"/interactions/{site.seeded.mail}")).find("ol", class_="turns")[0].find("details")
    assert ["On Monday" in folded[0].text, "Maria Alvarez" in folded[1].text] == [True, True]
    assert not any("open" in one.attributes for one in folded)


def test_what_was_heard_of_the_expected_words_is_a_figure_and_no_warning(site: Site) -> None:
    page = site.get(f"/interactions/{site.seeded.call}")
    warnings = [one.text for one in read(page).find("p", class_="notice")]
    assert ["No Whisper weights" in " ".join(warnings), "expected words" in " ".join(warnings)] == [
        True,
        False,
    ]
    assert page.count("1 of 2 expected words and names were heard.") == 1


def test_a_failure_is_told_with_code_sentence_and_a_way_out(site: Site) -> None:
    notice = read(site.get(f"/interactions/{site.seeded.failed}")).find("section", class_="bad")[0]
    assert "unreadable_audio" in notice.text
    assert "The file is no recording that can be read." in notice.text
    assert notice.find("form")[0].attributes["action"] == f"/tasks/{site.seeded.failed_task}/redrive"


def test_tasks_show_place_progress_and_error(site: Site) -> None:
    text = read(site.get("/tasks")).text
    assert "Place 1 in line." in text
    assert "Place 2 in line." in text
    assert "unreadable_audio" in text
    assert read(site.get("/tasks")).find("progress")[0].attributes["value"] == "0.42"
    assert "Place 1" not in site.get("/tasks", state="failed")
