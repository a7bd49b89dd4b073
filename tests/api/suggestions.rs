use cita::model::Kind;
use serde_json::{Value, json};

use crate::support::meetings::{CALL, TALK};
use crate::support::{Client, TestApp};

const SUGGESTIONS: &str = "/api/v1/suggestions";

/// A service with both meetings, and the address of the friction about copying by hand.
fn reviewing() -> (Client, TestApp, String) {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Molinos Aurora", "talk.txt", TALK);
    let address = format!("{SUGGESTIONS}/{}", app.suggestion(Kind::Friction, "by hand").suggestion.id);
    (app.client(), app, address)
}

fn rows(answer: &Value) -> &Vec<Value> {
    answer["suggestions"].as_array().expect("a list")
}

#[test]
fn the_strongest_come_first_unless_told() {
    let (client, ..) = reviewing();
    let body = client.get(SUGGESTIONS).expect(200).json();
    let scores: Vec<f64> =
        rows(&body).iter().map(|row| row["suggestion"]["score"].as_f64().expect("a score")).collect();
    assert!(scores.len() > 2 && scores.is_sorted_by(|a, b| a >= b), "{scores:?}");
    assert_eq!(body["pending"], rows(&body).len());
    assert_eq!(body["decided"], 0);
}

#[test]
fn every_filter_narrows() {
    let (client, app, _) = reviewing();
    let all = rows(&client.get(SUGGESTIONS).json()).clone();
    let first = &app.suggestions()[0];
    let customer = first.customer.to_string();
    let meeting = first.meeting.to_string();
    let concept = first.suggestion.concept.clone();
    for (filter, value, field) in [
        ("meeting", meeting.as_str(), "/meeting"),
        ("customer", customer.as_str(), "/customer"),
        ("kind", "friction", "/suggestion/kind"),
        ("state", "pending", "/state"),
        ("side", "customer", "/side"),
        ("concept", concept.as_str(), "/suggestion/concept"),
    ] {
        let body = client.get(&format!("{SUGGESTIONS}?{filter}={value}")).expect(200).json();
        let expected: Vec<&Value> = all.iter().filter(|row| row.pointer(field) == Some(&json!(value))).collect();
        assert!(!expected.is_empty(), "{filter}");
        assert_eq!(rows(&body).iter().collect::<Vec<_>>(), expected, "{filter}");
    }
    assert_eq!(client.get(&format!("{SUGGESTIONS}?state=accepted")).json()["suggestions"], json!([]));
}

#[test]
fn pages_follow_one_another_without_a_gap() {
    let (client, ..) = reviewing();
    let all = rows(&client.get(SUGGESTIONS).json()).clone();
    let mut seen = rows(&client.get(&format!("{SUGGESTIONS}?limit=1")).json()).clone();
    while seen.len() < all.len() {
        let last = seen.last().expect("a row")["suggestion"]["id"].as_str().expect("an identity").to_owned();
        let page = client.get(&format!("{SUGGESTIONS}?limit=1&after={last}")).expect(200).json();
        assert_eq!(rows(&page).len(), 1, "behind {last}");
        seen.extend(rows(&page).iter().cloned());
    }
    assert_eq!(seen, all);
}

#[test]
fn a_suggestion_says_why() {
    let (client, _, address) = reviewing();
    let row = client.get(&address).expect(200).json();
    let reasons = row["suggestion"]["reasons"].as_array().expect("reasons");
    let sum: f64 = reasons.iter().map(|reason| reason["weight"].as_f64().expect("a weight")).sum();
    let score = row["suggestion"]["score"].as_f64().expect("a score");
    assert!((1.0 / (1.0 + (-sum).exp()) - score).abs() < 0.01, "{reasons:#?} do not add up to {score}");
    assert!(reasons.iter().all(|reason| reason["text"]["es"] != "" && reason["text"]["en"] != ""));
}

#[test]
fn accepting_places_the_quote_on_the_map() {
    let (client, _, address) = reviewing();
    let body = client.post(&format!("{address}/accept"), &json!({})).expect(200).json();
    assert_eq!(body["suggestion"]["state"], "accepted");
    assert_eq!(body["decision"]["act"]["act"], "accept");
    assert_eq!(body["entry"]["quotes"][0]["quote"], body["suggestion"]["suggestion"]["quote"]);
    assert_eq!(body["entry"]["statement"], body["suggestion"]["suggestion"]["concept_label"]);
}

#[test]
fn an_edited_accept_takes_the_persons_words_and_kind() {
    let (client, _, address) = reviewing();
    let edit = json!({ "statement": "Facturas a mano", "kind": "pain" });
    let entry = client.post(&format!("{address}/accept"), &edit).expect(200).json()["entry"].clone();
    assert_eq!(entry["kind"], "pain");
    assert_eq!(entry["statement"], json!({ "es": "Facturas a mano", "en": "Facturas a mano" }));
    assert_eq!(entry["worded"], true);
}

#[test]
fn a_statement_has_a_limit() {
    let (client, _, address) = reviewing();
    let edit = json!({ "statement": "a".repeat(1_001) });
    assert_eq!(client.post(&format!("{address}/accept"), &edit).expect(422).json()["code"], "statement_too_long");
    assert_eq!(client.get(&address).json()["state"], "pending");
}

#[test]
fn rejecting_needs_a_reason_of_the_list() {
    let (client, _, address) = reviewing();
    client.post(&format!("{address}/reject"), &json!({})).expect(422);
    client.post(&format!("{address}/reject"), &json!({ "reason": "because" })).expect(422);
    let body = client.post(&format!("{address}/reject"), &json!({ "reason": "idiom" })).expect(200).json();
    assert_eq!(body["suggestion"]["state"], "rejected");
    assert_eq!(body["entry"], Value::Null);
}

#[test]
fn a_second_decision_is_a_conflict_until_the_first_is_undone() {
    let (client, _, address) = reviewing();
    client.post(&format!("{address}/accept"), &json!({})).expect(200);
    let refused = client.post(&format!("{address}/reject"), &json!({ "reason": "idiom" })).expect(409).json();
    assert_eq!(refused["code"], "already_decided");
    client.post(&format!("{address}/undo"), &json!({})).expect(200);
    client.post(&format!("{address}/reject"), &json!({ "reason": "idiom" })).expect(200);
    let history = client.get(&format!("{address}/history")).expect(200).json();
    let acts: Vec<_> =
        history["decisions"].as_array().expect("a list").iter().map(|one| one["act"]["act"].clone()).collect();
    assert_eq!(acts, ["accept", "undo", "reject"]);
}

#[test]
fn nothing_decided_is_nothing_to_undo() {
    let (client, _, address) = reviewing();
    assert_eq!(client.post(&format!("{address}/undo"), &json!({})).expect(409).json()["code"], "nothing_to_undo");
}

#[test]
fn an_unknown_suggestion_is_not_found() {
    let (client, ..) = reviewing();
    let unknown = format!("{SUGGESTIONS}/019c0000-0000-7000-8000-ffffffffffff");
    for path in [unknown.clone(), format!("{unknown}/history")] {
        assert_eq!(client.get(&path).expect(404).json()["code"], "suggestion_not_found");
    }
    for act in ["accept", "undo"] {
        client.post(&format!("{unknown}/{act}"), &json!({})).expect(404);
    }
}
