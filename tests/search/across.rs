//! One question in two languages.

use cita::app::{SearchPage, SearchRequest};

use super::benchmark::with_all_meetings;
use crate::support::TestApp;

fn search(app: &TestApp, q: &str, literal: bool) -> SearchPage {
    let request = SearchRequest { q: q.to_owned(), literal, limit: Some(50), ..SearchRequest::default() };
    app.app.search(&request).expect("an answer")
}

#[test]
fn a_query_finds_its_words_and_its_concept_in_the_other_language() {
    let app = with_all_meetings();
    for (spanish, english) in [
        ("cuello de botella", "bottleneck"),
        ("contraseña", "password"),
        ("factura", "invoice"),
        ("almacén", "warehouse"),
    ] {
        let (one, other) = (search(&app, spanish, false), search(&app, english, false));
        let codes = |page: &SearchPage| {
            let mut codes: Vec<&str> = page.hits.iter().map(|hit| hit.language.language.code()).collect();
            codes.sort_unstable();
            codes.dedup();
            codes.join(" ")
        };
        assert!(
            codes(&one).contains("en") && codes(&other).contains("es"),
            "{spanish}: {} {}",
            codes(&one),
            codes(&other)
        );
        // What the one finds among its best, the other finds, too.
        let of = |page: &SearchPage| -> Vec<_> { page.hits.iter().map(|hit| (hit.meeting, hit.utterance)).collect() };
        let shared = of(&one).iter().take(10).filter(|hit| of(&other).contains(hit)).count();
        assert!(shared * 10 >= 7 * one.hits.len().min(10), "{spanish} and {english} share {shared} of the first ten");
        // The switch turns it off.
        let own = search(&app, spanish, true);
        assert!(own.total < one.total, "{spanish}: {} of {}", own.total, one.total);
        assert!(own.concepts.is_empty() && own.hits.iter().all(|hit| hit.across.is_empty()));
    }
}

#[test]
fn what_matched_in_other_words_is_shown() {
    let app = with_all_meetings();
    let page = search(&app, "bottleneck", false);
    assert!(!page.concepts.is_empty(), "the query names a concept");
    let hit = page.hits.iter().find(|hit| !hit.text.contains("bottleneck")).expect("a hit in other words");
    let across = hit.across.iter().find(|across| across.concept.is_some()).expect("it says why it is a hit");
    assert!(across.label.is_some() && across.span.slice(&hit.text).is_some_and(|words| !words.is_empty()));
    let page = search(&app, "impresora", false);
    let translated = page.hits.iter().flat_map(|hit| hit.across.iter().map(|across| across.span.slice(&hit.text)));
    assert!(translated.flatten().all(|word| word.starts_with("printer")), "translations are marked as such");
}

#[test]
fn a_phrase_is_found_as_it_stands_only() {
    let app = with_all_meetings();
    let page = search(&app, "\"cuello de botella\"", false);
    assert!(page.total > 0 && page.hits.iter().all(|hit| hit.text.to_lowercase().contains("cuello de botella")));
}
