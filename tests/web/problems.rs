//! A page for everything that goes wrong, in the reader's language.

use super::two_meetings;

#[test]
fn every_wrong_address_gets_a_page_with_ways_on() {
    let app = two_meetings();
    let nobody = "00000000-0000-7000-8000-000000000000";
    for (path, status) in [
        ("/nowhere".to_owned(), 404),
        ("/meetings/not-an-id".to_owned(), 400),
        (format!("/meetings/{nobody}"), 404),
        (format!("/customers/{nobody}"), 404),
        (format!("/review?at={nobody}"), 404),
        ("/review?kind=dolor".to_owned(), 422),
        ("/search?side=left".to_owned(), 422),
        (format!("/search?q={}", "x".repeat(2_000)), 422),
        ("/imports".to_owned(), 405),
    ] {
        for code in ["es", "en"] {
            let answer = app.client().with("accept-language", code).get(&path).expect(status);
            let text = answer.text();
            assert!(
                text.contains("class=\"narrow problem\"") && text.contains(&format!("lang=\"{code}\"")),
                "{path}: {text}"
            );
            assert!(text.contains("href=\"/\"") && text.contains("<code>"), "{path}");
        }
    }
}

#[test]
fn a_missing_customer_leads_to_the_ones_that_are_there() {
    let app = two_meetings();
    let answer =
        app.client().with("accept-language", "en").get("/customers/00000000-0000-7000-8000-000000000000").expect(404);
    assert!(answer.text().contains("href=\"/customers\""), "{}", answer.text());
    assert!(answer.text().contains("There is nothing here"));
}

#[test]
fn a_file_problem_shows_the_file_and_the_line() {
    let app = two_meetings();
    let form = crate::support::Form::file("broken.vtt", "WEBVTT\n\nnothing but a heading\n").field("customer", "Acme");
    let answer = app.client().with("accept-language", "en").upload("/previews", form).expect(422);
    assert!(answer.text().contains("broken.vtt"), "{}", answer.text());
    assert!(answer.text().contains("class=\"problem-hint\""), "{}", answer.text());
}
