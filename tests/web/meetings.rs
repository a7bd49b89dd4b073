//! A meeting's page: the language of every word, filters in the address, windows over long transcripts.

use crate::support::TestApp;

use super::two_meetings;

/// So many turns of two people, by turns; every tenth holds a friction.
fn long_meeting(turns: usize) -> String {
    let line = |number: usize| {
        let who = if number.is_multiple_of(2) { "Ana (Cliente)" } else { "Luis (Equipo)" };
        let said = if number.is_multiple_of(10) {
            "We copy every invoice by hand from the spreadsheet into the system"
        } else {
            "El martes vamos a la feria con todos"
        };
        format!("[00:{:02}:{:02}] {who}: {said} {number}.\n", number / 60, number % 60)
    };
    (0..turns).map(line).collect()
}

#[test]
fn every_utterance_and_every_switch_says_its_language() {
    let app = TestApp::new();
    let text = "Ana: Buenos días a todos, empezamos con la reunión.\n\
                Ana: El equipo quiere revisar los pedidos and then we go back to the office together.\n\
                Ana: We are going to look at the report this afternoon.\n";
    let meeting = app.import("Acme", "mixed.txt", text).summary.meeting.id;
    let page = app.client().with("accept-language", "en").get(&format!("/meetings/{meeting}")).expect(200);
    let text = page.text();
    assert!(text.contains("<span lang=\"es\">Buenos días a todos"), "{text}");
    assert!(text.contains("<span lang=\"en\">We are going to look"), "{text}");
    let switches = || text.split("<span class=\"switch\" lang=\"").skip(1);
    assert!(
        switches().any(|rest| rest.contains("\" title=\"Spanish\">El equipo quiere") || rest.contains("and then")),
        "{text}"
    );
    let (_, transcript) = text.split_once("<ol class=\"transcript").expect("the transcript is there");
    assert_eq!(transcript.matches("<span lang=\"").count(), 3, "each has a language of its own");
}

#[test]
fn filters_lie_in_the_address_and_say_what_they_hide() {
    let app = TestApp::new();
    let meeting = app.import("Acme", "long.txt", &long_meeting(60)).summary.meeting.id;
    let client = app.client().with("accept-language", "en");
    let turns = |query: &str| {
        let page = client.get(&format!("/meetings/{meeting}?{query}")).expect(200);
        (page.text().matches("<li class=\"turn ").count(), page.text().to_owned())
    };
    assert_eq!(turns("kind=&state=&side=&language=").0, 60);
    let (count, text) = turns("side=team");
    assert_eq!(count, 30);
    assert!(text.contains("<option value=\"team\" selected>") && text.contains("1\u{a0}turn not shown"), "{text}");
    assert_eq!(turns("language=en").0, 6);
    assert_eq!(turns("kind=friction&state=pending").0, 6);
    assert_eq!(turns("kind=friction&state=accepted").0, 0);
    assert!(turns("state=rejected").1.contains("No turn is like that."));
    client.get(&format!("/meetings/{meeting}?kind=dolor")).expect(422);
    client.get(&format!("/meetings/{meeting}?state=open")).expect(422);
    client.get(&format!("/meetings/{meeting}?from=x")).expect(422);
}

#[test]
fn a_long_transcript_comes_in_windows_and_every_turn_has_an_address() {
    let app = TestApp::new();
    let meeting = app.import("Acme", "long.txt", &long_meeting(1_000)).summary.meeting.id;
    let client = app.client().with("accept-language", "en");
    let first = client.get(&format!("/meetings/{meeting}")).expect(200);
    assert_eq!(first.text().matches("<li class=\"turn ").count(), 400);
    assert!(first.text().contains(&format!("href=\"/meetings/{meeting}?from=800#transcript\"")));
    assert!(first.text().contains("rel=\"next\"") && !first.text().contains("rel=\"prev\""));
    for turn in [0, 399, 400, 999] {
        let page = client.get(&format!("/meetings/{meeting}?turn={turn}")).expect(200);
        assert!(page.text().contains(&format!("id=\"t{turn}\"")), "turn {turn} is not on its page");
    }
    let hits = client.get("/search?q=950").expect(200);
    assert!(hits.text().contains(&format!("/meetings/{meeting}?turn=950#t950")), "{}", hits.text());
    let filtered = client.get(&format!("/meetings/{meeting}?side=customer&from=400")).expect(200);
    assert_eq!(filtered.text().matches("<li class=\"turn ").count(), 100);
    assert!(
        filtered.text().contains(&format!("/meetings/{meeting}?side=customer&amp;from=0#transcript")),
        "{}",
        filtered.text()
    );
}

#[test]
fn the_quality_card_counts_what_is_said_by_whom() {
    let app = TestApp::new();
    let text = "Ana (Cliente): uno dos tres cuatro cinco seis.\nLuis (Equipo): uno dos.\n";
    let meeting = app.import("Acme", "call.txt", text).summary.meeting.id;
    let page = app.client().with("accept-language", "en").get(&format!("/meetings/{meeting}")).expect(200);
    let card = page.text().split("class=\"quality\"").nth(1).expect("a card");
    assert!(card.contains("Customer <b>75%</b>") && card.contains("Team <b>25%</b>"), "{card}");
    assert!(card.contains("of 2\u{a0}speakers"), "{card}");
}

#[test]
fn a_decision_under_a_filter_returns_to_it() {
    let app = two_meetings();
    let row = app.suggestions()[0].clone();
    let page = app.client().get(&format!("/meetings/{}?state=pending", row.meeting)).expect(200);
    let turn = row.suggestion.quote.turn;
    let next = format!("name=\"next\" value=\"/meetings/{}?state=pending#t{turn}\"", row.meeting);
    assert!(page.text().contains(&next), "no {next}");
    let progress = format!("<progress value=\"0\" max=\"{}\"", page.text().matches("data-step").count());
    assert!(page.text().contains(&progress), "no {progress}");
}
