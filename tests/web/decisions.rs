//! Accept, edit, reject, take back from the pages; where the browser goes afterwards.

use cita::model::{Kind, RejectReason, State};

use super::two_meetings;

#[test]
fn accepting_puts_the_quote_on_the_map_and_goes_on() {
    let app = two_meetings();
    let id = app.suggestion(Kind::Friction, "by hand").suggestion.id;
    let answer = app.client().submit(&format!("/suggestions/{id}/accept"), "next=%2Freview%3Fdone%3D1").expect(303);
    assert_eq!(answer.header("location"), "/review?done=1");
    assert_eq!(app.app.suggestion(id).expect("it is there").state, State::Accepted);
}

#[test]
fn a_decision_in_the_margin_returns_to_its_turn() {
    let app = two_meetings();
    let row = app.suggestion(Kind::Friction, "by hand");
    let (id, turn) = (row.suggestion.id, row.suggestion.quote.turn);
    let page = app.client().get(&format!("/meetings/{}", row.meeting)).expect(200);
    for act in ["accept", "reject"] {
        assert!(page.text().contains(&format!("action=\"/suggestions/{id}/{act}\"")), "{act}");
    }
    let answer = app.client().submit(&format!("/suggestions/{id}/accept"), "").expect(303);
    assert_eq!(answer.header("location"), format!("/meetings/{}?turn={turn}#t{turn}", row.meeting));
    let page = app.client().get(&format!("/meetings/{}", row.meeting)).expect(200);
    assert!(page.text().contains("card-accepted") && page.text().contains(&format!("/suggestions/{id}/undo")));
}

#[test]
fn an_edit_words_the_entry_and_gives_it_another_kind() {
    let app = two_meetings();
    let row = app.suggestion(Kind::Friction, "by hand");
    let id = row.suggestion.id;
    app.client()
        .submit(&format!("/suggestions/{id}/accept"), "statement=They+retype+invoices&kind=say_do&next=/review")
        .expect(303);
    let entries = app.app.entries(row.customer).expect("the map");
    assert_eq!((entries[0].kind, entries[0].statement.es.as_str()), (Kind::SayDo, "They retype invoices"));
    assert!(entries[0].worded);
}

#[test]
fn a_statement_sent_back_as_proposed_is_nobodys_wording() {
    let app = two_meetings();
    let row = app.suggestion(Kind::Friction, "by hand");
    let label = row.suggestion.concept_label.es.replace(' ', "+");
    let form = format!("statement={label}&kind=friction&next=/review");
    app.client().submit(&format!("/suggestions/{}/accept", row.suggestion.id), &form).expect(303);
    let entries = app.app.entries(row.customer).expect("the map");
    assert!(!entries[0].worded);
    assert_eq!(entries[0].statement, row.suggestion.concept_label, "it keeps both languages");
}

#[test]
fn rejecting_keeps_the_reason_and_undo_takes_it_back() {
    let app = two_meetings();
    let id = app.suggestion(Kind::Friction, "by hand").suggestion.id;
    app.client().submit(&format!("/suggestions/{id}/reject"), "reason=idiom&next=/review").expect(303);
    assert_eq!(app.app.suggestion(id).expect("it is there").reject_reason, Some(RejectReason::Idiom));
    let page = app.client().with("accept-language", "en").get(&format!("/review?done={id}")).expect(200);
    assert!(page.text().contains("class=\"toast\"") && page.text().contains(&format!("/suggestions/{id}/undo")));
    app.client().submit(&format!("/suggestions/{id}/undo"), "next=/review").expect(303);
    assert_eq!(app.app.suggestion(id).expect("it is there").state, State::Pending);
}

#[test]
fn undoing_the_last_decision_returns_to_its_suggestion() {
    let app = two_meetings();
    let id = app.suggestion(Kind::Friction, "by hand").suggestion.id;
    app.app.reject(id, RejectReason::Idiom).expect("it is pending");
    let answer = app.client().submit("/review/undo", "next=%2Freview%3Fkind%3Dfriction").expect(303);
    assert_eq!(answer.header("location"), format!("/review?kind=friction&at={id}"));
    let answer = app.client().with("accept-language", "es").submit("/review/undo", "next=/review").expect(409);
    assert!(answer.text().contains("No hay nada que deshacer"));
}

#[test]
fn a_decision_that_somebody_else_made_first_is_told_with_ways_on() {
    let app = two_meetings();
    let id = app.suggestion(Kind::Friction, "by hand").suggestion.id;
    app.app.reject(id, RejectReason::Idiom).expect("it is pending");
    let client = app.client().with("accept-language", "en");
    let answer = client.submit(&format!("/suggestions/{id}/accept"), "next=%2Freview%3Fkind%3Dpain").expect(409);
    let text = answer.text();
    assert!(text.contains("It was decided already"), "{text}");
    assert!(text.contains("href=\"/review?kind=pain\"") && text.contains(&format!("href=\"/review?at={id}\"")));
    assert_eq!(app.app.suggestion(id).expect("it is there").state, State::Rejected);
}

#[test]
fn a_form_sends_the_browser_only_to_pages_of_this_site() {
    let app = two_meetings();
    let foreign = [
        "https://evil.example/",
        "//evil.example",
        "/%5Cevil.example",
        "%5C%5Cevil.example",
        "/%09/evil.example",
        "javascript:alert(1)",
        "",
    ];
    for next in foreign {
        let answer = app.client().submit("/language", &format!("language=en&next={next}")).expect(303);
        assert_eq!(answer.header("location"), "/", "{next}");
    }
    for (at, row) in app.suggestions().iter().take(3).enumerate() {
        let form = format!("reason=idiom&next={}", foreign[at]);
        let answer = app.client().submit(&format!("/suggestions/{}/reject", row.suggestion.id), &form).expect(303);
        assert_eq!(answer.header("location"), "/");
    }
}

#[test]
fn deleting_a_meeting_asks_for_a_form_of_its_own() {
    let app = two_meetings();
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.id;
    app.client().get(&format!("/meetings/{meeting}/delete")).expect(405);
    let answer = app.client().submit(&format!("/meetings/{meeting}/delete"), "").expect(303);
    assert_eq!(answer.header("location"), "/meetings");
    app.client().get(&format!("/meetings/{meeting}")).expect(404);
}
