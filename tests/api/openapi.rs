use std::collections::BTreeSet;

use serde_json::Value;

use crate::support::TestApp;

#[test]
fn the_contract_is_pinned() {
    insta::assert_json_snapshot!("openapi", served());
}

#[test]
fn every_operation_says_what_it_does_and_every_error_has_one_shape() {
    let document = served();
    for (path, methods) in document["paths"].as_object().expect("it has paths") {
        for (method, operation) in methods.as_object().expect("a path has methods") {
            let name = format!("{method} {path}");
            assert!(operation["summary"].as_str().is_some_and(|text| text.len() > 8), "{name} has no summary");
            for (status, response) in operation["responses"].as_object().expect("it answers") {
                let is_error = status.starts_with(['4', '5']);
                let kind = &response["content"]["application/problem+json"]["schema"]["$ref"];
                assert!(!is_error || kind == "#/components/schemas/ProblemBody", "{name} {status}: {response}");
            }
        }
    }
}

#[test]
fn every_schema_and_field_is_documented() {
    let document = served();
    let mut silent = BTreeSet::new();
    for (name, schema) in document["components"]["schemas"].as_object().expect("it has schemas") {
        if schema["description"].is_null() {
            silent.insert(name.clone());
        }
        for (field, of) in schema["properties"].as_object().into_iter().flatten() {
            let shown = of["description"].is_string() || of["$ref"].is_string() || of["oneOf"].is_array();
            if !shown {
                silent.insert(format!("{name}.{field}"));
            }
        }
    }
    assert!(silent.is_empty(), "without a description: {silent:?}");
}

#[test]
fn every_reference_leads_somewhere() {
    let document = served();
    let text = document.to_string();
    for rest in text.split("\"#/components/schemas/").skip(1) {
        let name = rest.split('"').next().expect("a split has a first part");
        assert!(document["components"]["schemas"][name].is_object(), "{name} is not described");
    }
}

fn served() -> Value {
    TestApp::new().client().get("/api/v1/openapi.json").expect(200).json()
}
