use crate::support::Program;

const LINES: &str = concat!(
    r#"{"id": 1, "conversation": "a", "speaker": "Ana", "text": "Tenemos que aprobar el budget antes del viernes."}"#,
    "\n\n",
    r#"{"id": "two", "conversation": "a", "speaker": "Beto", "text": "ok"}"#,
    "\n",
    r#"{"id": 3, "conversation": "b", "text": "We close the month on Friday."}"#,
    "\n",
);

#[test]
fn every_line_is_answered_in_order_under_its_own_identity() {
    let answers = Program::new().run_with(LINES, &["languages"]).expect(0).json_lines();
    let ids: Vec<_> = answers.iter().map(|answer| answer["id"].clone()).collect();
    assert_eq!(ids, [serde_json::json!(1), serde_json::json!("two"), serde_json::json!(3)]);
    let languages: Vec<_> = answers.iter().map(|answer| answer["language"].clone()).collect();
    assert_eq!(languages, ["es", "es", "en"]);
    let keys: Vec<_> = answers[0].as_object().expect("an object").keys().cloned().collect();
    assert_eq!(keys, ["id", "language", "mixed", "runs", "shares", "words"]);
    let text = "Tenemos que aprobar el budget antes del viernes.";
    let run = |run: &serde_json::Value| {
        let byte = |name: &str| run["span"][name].as_u64().expect("a byte") as usize;
        (text[byte("start")..byte("end")].to_owned(), run["language"].clone(), run["borrowed"].clone())
    };
    let runs: Vec<_> = answers[0]["runs"].as_array().expect("a list").iter().map(run).collect();
    let expected =
        [("Tenemos que aprobar el", "es", false), ("budget", "en", true), ("antes del viernes.", "es", false)];
    assert_eq!(runs, expected.map(|(words, code, borrowed)| (words.to_owned(), code.into(), borrowed.into())));
    assert_eq!(answers[0]["words"], serde_json::json!({"spanish": 7, "english": 1, "portuguese": 0, "other": 0}));
    let sum: f64 = answers[0]["shares"].as_object().expect("an object").values().filter_map(|one| one.as_f64()).sum();
    assert!((sum - 1.0).abs() < 1e-5, "{sum}");
    assert!(answers.iter().all(|answer| answer["mixed"].as_f64().is_some_and(|mixed| (0.0..=1.0).contains(&mixed))));
}

#[test]
fn a_bad_line_is_named() {
    let printed = Program::new().run_with(&format!("{LINES}nonsense\n"), &["languages"]).expect(1);
    assert!(printed.err.contains("-:5") && printed.err.contains("[bad_line]"), "{}", printed.err);
}
