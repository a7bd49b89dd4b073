//! How a query is read, and what is said of a mistaken one.

use cita::model::Problem;
use cita::search::{CLAUSES_MAX, DEPTH_MAX, QUERY_BYTES_MAX, Query};
use proptest::prelude::*;

use super::{index, meeting, search, sorted_places};

fn notes(query: &str) -> Vec<Problem> {
    search(&index(&[meeting(1, &["rojo dos", "tres", "dos tres"])]), query).notes
}

#[test]
fn a_mistake_is_told_with_a_caret_and_the_rest_is_read() {
    let index = index(&[meeting(1, &["rojo dos", "tres", "dos tres"])]);
    let cases: &[(&str, &str, &str, &[(u128, usize)])] = &[
        ("\"rojo dos", "unclosed_quote", "\"rojo dos\n^", &[(1, 0)]),
        ("rojo AND", "missing_operand", "rojo AND\n     ^^^", &[(1, 0)]),
        ("OR rojo", "missing_operand", "OR rojo\n^^", &[(1, 0)]),
        ("rojo -", "", "", &[(1, 0)]),
        ("rojo NOT", "missing_operand", "rojo NOT\n     ^^^", &[(1, 0)]),
        ("(rojo", "unclosed_bracket", "(rojo\n^", &[(1, 0)]),
        ("rojo) tres", "unopened_bracket", "rojo) tres\n    ^", &[(1, 0), (1, 1), (1, 2)]),
        ("kindd:pain rojo", "unknown_filter", "kindd:pain rojo\n^^^^^", &[(1, 0)]),
        ("rojo lado:clente", "unknown_value", "rojo lado:clente\n     ^^^^^^^^^^^", &[(1, 0)]),
        ("rojo kind:", "empty_filter", "rojo kind:\n     ^^^^", &[(1, 0)]),
        ("rojo kind:\"\"", "empty_filter", "rojo kind:\"\"\n     ^^^^", &[(1, 0)]),
        ("rojo desde:ayer", "unknown_value", "rojo desde:ayer\n     ^^^^^^^^^^", &[(1, 0)]),
        ("rojo desde:2026-02-30", "unknown_value", "rojo desde:2026-02-30\n     ^^^^^^^^^^^^^^^^", &[(1, 0)]),
        ("*no rojo", "misplaced_star", "*no rojo\n^^^", &[(1, 0)]),
        ("u*o dos", "misplaced_star", "u*o dos\n^^^", &[(1, 0), (1, 2)]),
    ];
    for (query, code, excerpt, expected) in cases {
        let found = search(&index, query);
        assert_eq!(sorted_places(&found), *expected, "{query}");
        let codes: Vec<&str> = found.notes.iter().map(|note| note.code.as_str()).collect();
        if code.is_empty() {
            assert!(codes.is_empty(), "{query}: {codes:?}");
            continue;
        }
        assert_eq!(codes, [*code], "{query}");
        let note = &found.notes[0];
        let place = note.place.as_ref().expect("a note has a place");
        assert_eq!(place.excerpt.as_deref(), Some(*excerpt), "{query}");
        assert_eq!(
            place.column,
            excerpt.lines().nth(1).and_then(|carets| carets.find('^')).map(|at| at + 1),
            "{query}"
        );
        for text in [&note.detail, &note.hint] {
            assert!(!text.es.is_empty() && !text.en.is_empty(), "{query}: {note:?}");
        }
    }
}

#[test]
fn what_may_have_been_meant_is_named() {
    let hint = |query: &str| notes(query).remove(0).hint;
    assert!(hint("clinte:acme").es.contains("cliente:"));
    assert!(hint("spaker:acme").en.contains("speaker:"));
    assert!(hint("lado:equpo").es.contains("«Equipo»"));
    assert_eq!(hint("kind:frction").en, "Did you mean “friction”?");
    assert!(hint("zzzzqq:acme").en.contains("customer:/cliente:"), "with nothing near, all are listed");
    assert!(hint("estado:zzzzqq").es.contains("accepted"));
}

#[test]
fn several_mistakes_are_told_in_the_order_of_the_text() {
    let codes: Vec<String> = notes("AND x:y ) lado:norte \"fin").into_iter().map(|note| note.code).collect();
    assert_eq!(codes, ["missing_operand", "unknown_filter", "unopened_bracket", "unknown_value", "unclosed_quote"]);
}

#[test]
fn ordinary_text_has_no_mistakes() {
    for query in [
        "¿Qué dijeron del precio? (el nuevo)",
        "a las 10:30 en https://example.com/a?b=c",
        "end-to-end, e-mail y follow-up: todo",
        "O'Brien's 1.200,50 Bs - 3 % +10",
        "QUIERO EL STOCK Y EL PRECIO O NADA",
        "i don't know -- maybe",
        "nota: revisar",
    ] {
        assert!(notes(query).is_empty(), "{query}: {:?}", notes(query));
    }
}

#[test]
fn capitals_alone_make_no_spanish_operator() {
    let index = index(&[meeting(1, &["stock", "precio"])]);
    assert_eq!(search(&index, "STOCK Y PRECIO").total, 2, "words side by side");
    assert_eq!(search(&index, "stock Y PRECIO").total, 0, "an operator");
}

#[test]
fn a_long_query_shows_the_words_around_the_mistake() {
    let query = format!("{} lado:norte {}", "añeja palabra ".repeat(20), "otra ".repeat(20));
    let place = notes(&query).remove(0).place.expect("a note has a place");
    let excerpt = place.excerpt.expect("with an excerpt");
    let (line, carets) = excerpt.split_once('\n').expect("two lines");
    assert_eq!(line.chars().count(), 80);
    let marked: String = line.chars().zip(carets.chars()).filter(|(_, caret)| *caret == '^').map(|(c, _)| c).collect();
    assert_eq!(marked, "lado:norte");
    assert_eq!(place.column, Some(282));
}

fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("(".to_owned()),
        Just(")".to_owned()),
        Just("\"".to_owned()),
        Just("«".to_owned()),
        Just("-".to_owned()),
        Just("*".to_owned()),
        Just(":".to_owned()),
        Just("AND".to_owned()),
        Just("O".to_owned()),
        Just("NOT".to_owned()),
        Just("kind:".to_owned()),
        Just("desde:2026-0".to_owned()),
        Just("cliente:\"a".to_owned()),
        "[a-zñ]{1,4}",
        "\\PC{1,3}",
    ];
    proptest::collection::vec((piece, any::<bool>()), 0..30)
        .prop_map(|pieces| pieces.into_iter().map(|(piece, space)| if space { piece + " " } else { piece }).collect())
}

proptest! {
    #[test]
    fn no_query_panics(query in pieces()) {
        let index = index(&[meeting(1, &["uno dos", "a ñ b"])]);
        let answer = index.search(&Query { text: query.clone(), limit: 5, ..Query::default() });
        match answer {
            Ok(found) => {
                prop_assert!(found.total <= 2);
                for note in found.notes {
                    prop_assert!(note.place.and_then(|place| place.excerpt).is_some_and(|shown| shown.contains('^')));
                }
            }
            Err(problem) => prop_assert!(
                query.len() > QUERY_BYTES_MAX || problem.code == "query_too_deep" || problem.code == "query_too_many_clauses",
                "{}", problem.code
            ),
        }
        prop_assert!(!index.is_damaged());
    }
}

#[test]
fn words_spelt_almost_so_and_words_near_each_other() {
    let lines = ["el tablero nuevo", "la tablera vieja", "uno dos tres cuatro cinco", "cinco cuatro uno", "dos uno"];
    let index = index(&[meeting(1, &lines)]);
    let cases: &[(&str, &[(u128, usize)])] = &[
        ("tablro~", &[(1, 0)]),
        ("tablro~2", &[(1, 0), (1, 1)]),
        ("xablero~", &[]),
        ("\"uno cinco\"~3", &[(1, 2), (1, 3)]),
        ("\"uno cinco\"~1", &[(1, 3)]),
        ("uno NEAR/1 cinco", &[(1, 3)]),
        ("uno CERCA/3 cinco", &[(1, 2), (1, 3)]),
        ("cinco NEAR uno", &[(1, 2), (1, 3)]),
        ("uno AND tablro~", &[]),
    ];
    for (query, expected) in cases {
        let found = search(&index, query);
        assert_eq!(sorted_places(&found), *expected, "{query}");
        assert!(found.notes.is_empty(), "{query}: {:?}", found.notes);
    }
    let codes: Vec<String> = notes("NEAR/2 uno").into_iter().map(|note| note.code).collect();
    assert_eq!(codes, ["missing_operand"]);
}

#[test]
fn filters_of_content_and_context() {
    let mut docs = meeting(1, &["no hay problema", "doce días", "nada"]);
    docs.utterances[0].marks = vec![cita::model::Mark::Negated];
    docs.utterances[1].has_quantity = true;
    docs.utterances[2].concepts = vec!["waiting".to_owned()];
    let index = index(&[docs]);
    for (query, place) in [
        ("context:negated", 0),
        ("contexto:negado", 0),
        ("has:quantity", 1),
        ("tiene:cantidad", 1),
        ("concept:waiting", 2),
        ("concepto:waiting", 2),
    ] {
        let found = search(&index, query);
        assert_eq!(sorted_places(&found), [(1, place)], "{query}");
        assert!(found.notes.is_empty(), "{query}: {:?}", found.notes);
    }
    let hint = notes("has:quantty").remove(0).hint;
    assert_eq!(hint.en, "Did you mean “quantity”?");
}

#[test]
fn limits_show_their_place() {
    let index = index(&[meeting(1, &["uno"])]);
    let refused = |text: String| {
        let query = Query { text, limit: 5, ..Query::default() };
        index.search(&query).expect_err("it is over a limit")
    };
    let many: Vec<String> = (0..=CLAUSES_MAX).map(|at| format!("palabra{at}")).collect();
    let deep = format!("{}uno", "(".repeat(DEPTH_MAX + 1));
    for (problem, code) in [
        (refused("palabra ".repeat(200)), "query_too_long"),
        (refused(many.join(" ")), "query_too_many_clauses"),
        (refused(deep), "query_too_deep"),
    ] {
        assert_eq!(problem.code, code);
        let excerpt = problem.place.and_then(|place| place.excerpt).expect("a place");
        assert!(excerpt.contains('^'), "{code}: {excerpt}");
    }
}
