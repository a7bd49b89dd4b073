use cita::model::{Language, LanguageShares};

use crate::support::TestApp;

#[test]
fn the_status_names_version_lexicon_and_index() {
    let app = TestApp::new();
    let body = app.client().get("/api/v1/status").expect(200).json();
    assert_eq!(body["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(body["lexicon"], app.app.lexicon().version());
    assert_eq!(body["index"], serde_json::json!({ "state": { "is": "ready" }, "behind": 0 }));
}

#[test]
fn the_languages_of_all_meetings_are_told_in_utterances_and_words() {
    let app = TestApp::new();
    let empty = app.client().get("/api/v1/languages").expect(200).json();
    assert_eq!(empty, serde_json::to_value(LanguageShares::default()).expect("plain numbers"));
    let said = "Ana: Copiamos todo a mano cada lunes.\nTom: And what does the supplier say about it?\n\
        Ana: Que no hay presupuesto, so we wait for the next quarter.\n";
    let imported = app.import("Molinos Aurora", "visita.txt", said);
    assert_eq!(imported.report.languages, imported.summary.languages, "one count, wherever it is shown");
    let totals = app.client().get("/api/v1/languages").expect(200).json();
    assert_eq!(totals, serde_json::to_value(imported.summary.languages).expect("plain numbers"));
    assert_eq!((&totals["spanish"], &totals["english"], &totals["mixed"]), (&1.into(), &1.into(), &1.into()));
    let words = imported.summary.languages.words;
    assert_eq!((words.of(Language::Spanish), words.of(Language::English)), (10, 15));

    let meeting = app.client().get(&format!("/api/v1/meetings/{}", imported.summary.meeting.id)).expect(200).json();
    let tag = &meeting["turns"][2]["utterances"][0]["language"];
    let keys: Vec<_> = tag.as_object().expect("an object").keys().cloned().collect();
    assert_eq!(keys, ["borrowed", "language", "mixed", "shares", "switches", "words"]);
}

#[test]
fn a_third_language_is_said_to_be_one_and_still_kept_shown_and_found() {
    let app = TestApp::new();
    let said = "Heidi: Das Lager ist seit drei Wochen völlig überfüllt.\nAna: Copiamos todo a mano cada lunes.\n";
    let imported = app.import("Molinos Aurora", "visita.txt", said);
    assert_eq!((imported.report.languages.other, imported.report.languages.words.other), (1, 8));
    let meeting = app.client().get(&format!("/api/v1/meetings/{}", imported.summary.meeting.id)).expect(200).json();
    let utterance = &meeting["turns"][0]["utterances"][0];
    assert_eq!(utterance["text"], "Das Lager ist seit drei Wochen völlig überfüllt.");
    assert_eq!(utterance["language"]["language"], "other");
    assert_eq!(utterance["language"]["shares"]["other"], 1.0);
    for query in ["lager", "uberfullt", "wochen+idioma%3Aotro"] {
        let found = app.client().get(&format!("/api/v1/search?q={query}")).expect(200).json();
        assert_eq!(found["total"], 1, "{query}");
    }
}
