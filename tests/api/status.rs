use crate::support::TestApp;

#[test]
fn the_status_names_version_lexicon_and_index() {
    let app = TestApp::new();
    let body = app.client().get("/api/v1/status").expect(200).json();
    assert_eq!(body["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(body["lexicon"], app.app.lexicon().version());
    assert_eq!(body["index"], serde_json::json!({ "state": { "is": "ready" }, "behind": 0 }));
}
