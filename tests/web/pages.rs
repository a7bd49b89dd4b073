//! Every page in both languages.

use cita::model::{Edit, Kind, RejectReason};

use crate::support::TestApp;
use crate::support::meetings::CALL;

use super::{every_page, two_meetings};

#[test]
fn every_page_answers_in_the_language_that_the_browser_asks_for() {
    let app = two_meetings();
    for (code, skip, other) in
        [("es", "Saltar al contenido", "Skip to content"), ("en", "Skip to content", "Saltar al")]
    {
        let client = app.client().with("accept-language", code);
        for path in every_page(&app) {
            let answer = client.get(&path);
            let text = answer.text();
            assert!(
                answer.status.as_u16() == 200 || text.contains("class=\"narrow problem\""),
                "{path}: {}",
                answer.status
            );
            assert_eq!(answer.header("content-type"), "text/html; charset=utf-8", "{path}");
            assert_eq!(answer.header("content-language"), code, "{path}");
            assert!(text.contains(&format!("<html lang=\"{code}\">")), "{path}");
            assert!(text.contains(skip) && !text.contains(other), "{path} is not all in {code}");
        }
    }
}

#[test]
fn every_page_has_one_heading_of_the_first_rank_and_a_label_for_every_field() {
    let app = two_meetings();
    let client = app.client();
    for path in every_page(&app) {
        let answer = client.get(&path);
        let text = answer.text();
        assert_eq!(text.matches("<h1").count(), 1, "{path}");
        assert_eq!(text.matches("<main ").count(), 1, "{path}");
        for field in
            text.split("<input ").skip(1).chain(text.split("<select ").skip(1)).chain(text.split("<textarea ").skip(1))
        {
            let tag = field.split('>').next().unwrap_or_default();
            if tag.contains("type=\"hidden\"") {
                continue;
            }
            let id = tag.split("id=\"").nth(1).and_then(|rest| rest.split('"').next()).unwrap_or_default();
            assert!(!id.is_empty() && text.contains(&format!("for=\"{id}\"")), "{path}: no label for <input {tag}>");
        }
    }
}

#[test]
fn a_chosen_language_wins_over_the_browsers_and_returns_to_the_page() {
    let app = TestApp::new();
    let answer = app.client().submit("/language", "language=es&next=%2Fsearch%3Fq%3Da").expect(303);
    assert_eq!(answer.header("location"), "/search?q=a");
    let cookie = answer.header("set-cookie");
    assert!(
        cookie.starts_with("language=es;") && cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"),
        "{cookie}"
    );
    let page = app.client().with("accept-language", "en").with("cookie", "a=b; language=es").get("/");
    assert!(page.text().contains("<html lang=\"es\">"));
    let page = app.client().with("cookie", "language=xx").get("/");
    assert!(page.text().contains("<html lang=\"en\">"), "an unknown language is no choice");
}

#[test]
fn an_empty_service_teaches_what_to_do() {
    let app = TestApp::new();
    let client = app.client().with("accept-language", "en");
    let holds = |path: &str, words: &str| {
        let answer = client.get(path).expect(200);
        assert!(answer.text().contains(words), "{path} without {words:?}");
    };
    holds("/", "There are no meetings yet");
    holds("/", "enctype=\"multipart/form-data\"");
    holds("/meetings", "Upload the first one from home");
    holds("/review", "No suggestions yet");
    holds("/customers", "There are no customers yet");
    holds("/search", "in either language");
}

#[test]
fn home_shows_what_awaits_and_what_came_in() {
    let app = two_meetings();
    let answer = app.client().with("accept-language", "en").get("/").expect(200);
    let pending = app.suggestions().len();
    assert!(answer.text().contains(&format!("<b>{pending}</b> to review")), "{}", answer.text());
    assert!(answer.text().contains("<option value=\"Molinos Aurora\">"));
    assert!(answer.text().contains("call"));
}

#[test]
fn a_meeting_shows_its_turns_its_quotes_and_its_suggestions() {
    let app = TestApp::new();
    let imported = app.import("Molinos Aurora", "call.vtt", CALL);
    let answer = app.client().with("accept-language", "en").get(&format!("/meetings/{}", imported.summary.meeting.id));
    let text = answer.expect(200);
    let text = text.text();
    assert!(text.contains("id=\"t1\"") && text.contains("Renata (Molinos Aurora)"));
    assert!(text.contains("<mark class=\"hit hit-friction hit-pending\">We copy every invoice by hand"), "{text}");
    assert!(text.contains("id=\"s1\"") && text.contains("href=\"#s1\"") && text.contains("id=\"q1\""));
    assert!(text.contains("Import report") && text.contains("Delete for ever"));
}

#[test]
fn review_shows_the_quote_its_neighbours_and_its_reasons() {
    let app = two_meetings();
    let row = app.suggestion(Kind::Friction, "by hand");
    let answer =
        app.client().with("accept-language", "en").get(&format!("/review?at={}", row.suggestion.id)).expect(200);
    let text = answer.text();
    assert!(text.contains("<p>We copy every invoice by hand from the spreadsheet into the system.</p>"), "{text}");
    assert!(text.contains("How do you close the month today?"), "the turn before");
    for reason in &row.suggestion.reasons {
        let shown = reason.text.en.replace('"', "&#34;");
        assert!(text.contains(&shown), "no reason {shown}");
    }
    for reason in RejectReason::ALL {
        assert!(text.contains(&format!("value=\"{}\"", reason.code())));
    }
    let has_key = |key: &str| text.contains(&format!("data-key=\"{key}\""));
    for key in ["a", "r", "e", "?", "/", "1", "7"] {
        assert!(has_key(key), "no key {key}");
    }
}

#[test]
fn review_moves_both_ways_through_the_queue() {
    let app = two_meetings();
    let client = app.client();
    let first = client.get("/review").expect(200);
    assert!(first.text().contains("data-key=\"j\"") && !first.text().contains("data-key=\"k\""));
    let next = first.text().split("rel=\"next\" data-key=\"j\" href=\"").nth(1).and_then(|rest| rest.split('"').next());
    let second = client.get(next.expect("a way on")).expect(200);
    assert!(second.text().contains("data-key=\"k\""));
}

#[test]
fn a_finished_queue_says_so() {
    let app = two_meetings();
    for row in app.suggestions() {
        app.app.reject(row.suggestion.id, RejectReason::TooVague).expect("it is pending");
    }
    let answer = app.client().with("accept-language", "es").get("/review").expect(200);
    assert!(answer.text().contains("Todo revisado"));
    assert!(answer.text().contains("data-key=\"u\""), "the last decision can be taken back");
}

#[test]
fn the_map_opens_every_statement_to_its_quotes_and_names_its_gaps() {
    let app = two_meetings();
    let row = app.suggestion(Kind::Friction, "by hand");
    app.app.accept(row.suggestion.id, Edit::default()).expect("it is pending");
    let client = app.client().with("accept-language", "en");
    let answer = client.get(&format!("/customers/{}", row.customer)).expect(200);
    let text = answer.text();
    for kind in Kind::ALL {
        assert!(text.contains(&format!("id=\"section-{}\"", kind.code())), "no section {kind}");
    }
    assert!(text.contains("We copy every invoice by hand"), "{text}");
    assert!(text.contains(&format!("/meetings/{}?turn={turn}#t{turn}", row.meeting, turn = row.suggestion.quote.turn)));
    assert!(text.contains("No evidence yet."));
    let file = client.get(&format!("/customers/{}/map.md", row.customer)).expect(200);
    assert_eq!(file.header("content-disposition"), "attachment; filename=\"molinos-aurora-empathy-map.md\"");
    assert!(file.text().starts_with("# Customer empathy map: Molinos Aurora"));
    let file =
        app.client().with("accept-language", "es").get(&format!("/customers/{}/map.md", row.customer)).expect(200);
    assert!(file.text().starts_with("# Mapa de empatía: Molinos Aurora"));
    client.get(&format!("/customers/{}/map.json", row.customer)).expect(200).json();
    client.get(&format!("/customers/{}/map.exe", row.customer)).expect(404);
}

#[test]
fn search_marks_exactly_what_matched() {
    let app = two_meetings();
    let client = app.client().with("accept-language", "en");
    let answer = client.get("/search?q=%22by+hand%22").expect(200);
    let text = answer.text();
    assert!(text.contains("We copy every invoice <mark>by hand</mark> from the spreadsheet"), "{text}");
    assert!(text.contains("#t1\"") && text.contains("1\u{a0}result"), "{text}");
    let answer = client.get("/search?q=factura").expect(200);
    assert!(answer.text().contains("<mark>facturas</mark>"));
    let answer = client.get("/search?q=zzzz").expect(200);
    assert!(answer.text().contains("Nothing with those words"));
    let answer = client.get("/search?q=(by").expect(200);
    assert!(answer.text().contains("class=\"notice\""), "how a mistaken query was read");
}

#[test]
fn a_search_is_narrowed_grouped_kept_and_taken_along() {
    let app = two_meetings();
    let client = app.client().with("accept-language", "en");
    let text = client.get("/search?q=factura").expect(200).text().to_owned();
    for part in ["class=\"facets\"", "/search?q=factura%20lang", "/api/v1/search/export?format=csv", "Before and after"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        text.contains("<mark>invoice</mark>"),
        "what says the same in the other language is found and marked: {text}"
    );
    let literal = client.get("/search?q=factura&across=off").expect(200).text().to_owned();
    assert!(!literal.contains("<mark>invoice</mark>") && literal.contains("checked"), "{literal}");
    let grouped = client.get("/search?q=factura&group=customer&order=recent").expect(200).text().to_owned();
    assert!(grouped.contains("class=\"found-group\"") && grouped.contains("value=\"recent\" selected"), "{grouped}");
    let typo = client.get("/search?q=factuars").expect(200).text().to_owned();
    assert!(typo.contains("Did you mean"), "{typo}");
    let kept = client.submit("/search/saved", "q=factura").expect(303);
    assert_eq!(kept.header("location"), "/#saved-title");
    assert!(client.get("/").expect(200).text().contains("Saved searches"));
}

#[test]
fn a_long_search_is_paged_with_its_filters() {
    let app = TestApp::new();
    let lines: Vec<String> = (0..45).map(|n| format!("Ana: el inventario {n} no cuadra con la bodega.")).collect();
    let imported = app.import("Acme", "long.txt", &lines.join("\n"));
    let customer = imported.summary.meeting.customer;
    let client = app.client();
    let first = client.get(&format!("/search?q=inventario+%26&customer={customer}")).expect(200);
    assert_eq!(first.text().matches("class=\"found\"").count(), 20);
    let next = format!("/search?q=inventario%20%26&amp;offset=20&amp;customer={customer}").replace("&amp;", "&");
    assert!(first.text().contains(&next.replace('&', "&amp;")), "{}", first.text());
    let last = client.get(&next.replace("offset=20", "offset=40")).expect(200);
    assert_eq!(last.text().matches("class=\"found\"").count(), 5);
    assert!(!last.text().contains("rel=\"next\""));
}
