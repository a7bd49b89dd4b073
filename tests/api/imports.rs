use serde_json::json;

use crate::support::meetings::{CALL, TALK};
use crate::support::{Form, TestApp};

const IMPORTS: &str = "/api/v1/imports";
const ARCHIVE: &[u8] = include_bytes!("../../fixtures/archives/meetings.zip");
const BOMB: &[u8] = include_bytes!("../../fixtures/archives/bomb.zip");

#[test]
fn every_file_has_its_own_result() {
    let client = TestApp::new().client();
    let form =
        Form::file("call.vtt", CALL).and_file("empty.txt", "").and_file("talk.txt", TALK).field("customer", "Acme");
    let body = client.upload(IMPORTS, form.clone()).expect(201).json();
    let files = body["files"].as_array().expect("a list");
    assert_eq!(
        files.iter().map(|file| &file["newness"]).collect::<Vec<_>>(),
        [&json!("new"), &json!(null), &json!("new")]
    );
    assert_eq!(files[1]["problem"]["code"], "empty_file");
    assert_eq!(client.upload(IMPORTS, form).expect(200).json()["files"][0]["newness"], "already_there");
    let bad = Form::file("a.txt", "").and_file("b.txt", "").field("customer", "Acme");
    assert_eq!(client.upload(IMPORTS, bad).expect(200).json()["files"][1]["problem"]["code"], "empty_file");
}

#[test]
fn an_archive_is_its_members_and_a_bomb_is_refused() {
    let client = TestApp::new().client();
    let form = Form::file("all.zip", ARCHIVE).field("customer", "Acme");
    let body = client.upload(IMPORTS, form).expect(201).json();
    let files = body["files"].as_array().expect("a list");
    assert!(files.len() > 1, "{body:#}");
    assert!(
        files.iter().all(|file| file["file"].as_str().is_some_and(|name| name.starts_with("all.zip/"))),
        "{body:#}"
    );
    assert!(files.iter().any(|file| file["newness"] == "new"), "{body:#}");
    let bomb = client.upload(IMPORTS, Form::file("bomb.zip", BOMB).field("customer", "Acme")).expect(200).json();
    assert!(
        bomb["files"].as_array().is_some_and(|files| files.iter().all(|file| !file["problem"].is_null())),
        "{bomb:#}"
    );
}

#[test]
fn a_key_is_answered_once() {
    let client = TestApp::new().client().with("idempotency-key", "3f0c-1");
    let call = || Form::file("call.vtt", CALL).field("customer", "Acme");
    let first = client.upload("/api/v1/meetings", call()).expect(201);
    let again = client.upload("/api/v1/meetings", call()).expect(201);
    assert_eq!((first.json(), first.header("location")), (again.json(), again.header("location")));
    let other = client.upload("/api/v1/meetings", call().field("title", "Other")).expect(422).json();
    assert_eq!(other["code"], "idempotency_key_reused");
}

#[test]
fn a_key_of_several_files_is_answered_once() {
    let client = TestApp::new().client().with("idempotency-key", "3f0c-2");
    let form = || Form::file("call.vtt", CALL).and_file("talk.txt", TALK).field("customer", "Acme");
    let first = client.upload(IMPORTS, form()).expect(201).json();
    assert_eq!(client.upload(IMPORTS, form()).expect(201).json()["files"][0]["meeting"], first["files"][0]["meeting"]);
    let fewer = client.upload(IMPORTS, Form::file("call.vtt", CALL).field("customer", "Acme")).expect(422).json();
    assert_eq!(fewer["code"], "idempotency_key_reused");
}

#[test]
fn a_corrected_transcript_becomes_a_revision() {
    let client = TestApp::new().client();
    let first =
        client.upload("/api/v1/meetings", Form::file("a.txt", TALK).field("customer", "Acme")).expect(201).json();
    let id = first["meeting"]["meeting"]["id"].clone();
    let corrected = || Form::file("b.txt", TALK.replace("cada viernes", "todos los viernes")).field("customer", "Acme");
    let preview = client.upload("/api/v1/previews", corrected()).expect(200).json();
    assert_eq!(preview["near_duplicates"][0]["meeting"]["meeting"]["id"], id);
    let body = client.upload("/api/v1/meetings", corrected().field("revision", "offered")).expect(201).json();
    assert_eq!((&body["meeting"]["meeting"]["id"], &body["revised"]["meeting"]), (&id, &id));
    let address = format!("/api/v1/meetings/{}", id.as_str().expect("an identity"));
    let revisions = client.get(&format!("{address}/revisions")).expect(200).json();
    assert_eq!(revisions["revisions"].as_array().map(Vec::len), Some(2));
    assert_eq!(client.get(&format!("{address}/rechecks")).expect(200).json()["rechecks"], json!([]));
    let earlier = revisions["revisions"][1]["meeting"].clone();
    client.post(&format!("{address}/restore"), &json!({"meeting": earlier})).expect(200);
    assert_eq!(client.get(&address).json()["summary"]["meeting"]["source"]["file_name"], "a.txt");
    client.post(&format!("{address}/revisions"), &json!({"meeting": id})).expect(409);
    let refused = client.upload("/api/v1/meetings", corrected().field("revision", "the other one")).expect(422).json();
    assert_eq!(refused["code"], "bad_revision");
}

#[test]
fn what_is_said_of_speakers_is_read_from_the_form() {
    let client = TestApp::new().client();
    let text = "Ana: Nadie sabe cómo cerrar las facturas sin mí.\nLuis: Ya veo.\n";
    let form = |speakers: &str| Form::file("a.txt", text).field("customer", "Acme").field("speakers", speakers);
    let body = client.upload("/api/v1/previews", form(r#"[{"label":"Ana","side":"team"}]"#)).expect(200).json();
    assert_eq!((&body["speakers"][0]["side"], &body["speakers"][0]["side_source"]), (&json!("team"), &json!("person")));
    for bad in ["[{", r#"[{"label":"Ana","side":"boss"}]"#, r#"[{"label":"Ana","admin":true}]"#] {
        assert_eq!(client.upload("/api/v1/previews", form(bad)).expect(422).json()["code"], "bad_speakers");
    }
}
