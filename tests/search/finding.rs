//! What is found.

use cita::model::{CustomerId, Kind, Language, Side, State};
use cita::search::{CLAUSES_MAX, Filters, MeetingDocs, PAGE_DEPTH_MAX, QUERY_BYTES_MAX, Query};
use jiff::civil::date;
use uuid::Uuid;

use super::{id, index, meeting, places, search, sorted_places, spoken};

#[test]
fn inflected_forms_accents_and_case_meet_in_both_languages() {
    let index = index(&[meeting(
        1,
        &[
            "Las OPERACIONES se frenan cada viernes",
            "La operacion quedó a medias",
            "They lose two hours every day",
            "We lost the invoice",
            "El niño cumple años en la cañería",
        ],
    )]);
    assert_eq!(sorted_places(&search(&index, "operación")), [(1, 0), (1, 1)]);
    assert_eq!(sorted_places(&search(&index, "OPERACION")), [(1, 0), (1, 1)]);
    assert_eq!(sorted_places(&search(&index, "losing")), [(1, 2), (1, 3)]);
    assert_eq!(sorted_places(&search(&index, "nino")), [], "ñ is a letter of its own");
    assert_eq!(sorted_places(&search(&index, "niño")), [(1, 4)]);
}

#[test]
fn both_languages_are_tried_on_every_utterance() {
    let index = index(&[
        spoken(1, Side::Customer, Language::Spanish, &["Los invoices llegan tarde"]),
        spoken(2, Side::Customer, Language::English, &["The facturas arrive late"]),
    ]);
    assert_eq!(sorted_places(&search(&index, "invoice")), [(1, 0)]);
    assert_eq!(sorted_places(&search(&index, "factura")), [(2, 0)]);
}

#[test]
fn words_side_by_side_find_any_and_operators_combine() {
    let index = index(&[meeting(
        1,
        &["stock sin control", "control de stock", "pedidos atrasados", "stock y pedidos", "nada que ver"],
    )]);
    assert_eq!(sorted_places(&search(&index, "stock pedidos")), [(1, 0), (1, 1), (1, 2), (1, 3)]);
    assert_eq!(sorted_places(&search(&index, "stock AND pedidos")), [(1, 3)]);
    assert_eq!(sorted_places(&search(&index, "stock Y control")), [(1, 0), (1, 1)]);
    assert_eq!(sorted_places(&search(&index, "control OR atrasados")), [(1, 0), (1, 1), (1, 2)]);
    assert_eq!(sorted_places(&search(&index, "stock -control")), [(1, 3)]);
    assert_eq!(sorted_places(&search(&index, "stock NOT pedidos")), [(1, 0), (1, 1)]);
    assert_eq!(sorted_places(&search(&index, "(control OR atrasados) AND NOT stock")), [(1, 2)]);
    assert_eq!(sorted_places(&search(&index, "-stock")), [(1, 2), (1, 4)]);
    assert_eq!(sorted_places(&search(&index, "nada -(control OR pedidos)")), [(1, 4)]);
}

#[test]
fn a_phrase_is_found_as_it_stands_but_for_case_and_accents() {
    let index = index(&[meeting(
        1,
        &["El Cierre de Mes nos cuesta", "cierre del mes", "mes de cierre", "cierres de mes", "cierre de año"],
    )]);
    assert_eq!(places(&search(&index, "\"cierre de mes\"")), [(1, 0)]);
    assert_eq!(places(&search(&index, "«CIERRE DE MES»")), [(1, 0)]);
    assert_eq!(sorted_places(&search(&index, "\"cierre de mes\" cuesta año")), [(1, 0)], "a phrase must be there");
    assert_eq!(sorted_places(&search(&index, "cierre -\"cierre de mes\"")), [(1, 1), (1, 2), (1, 3), (1, 4)]);
    assert_eq!(places(&search(&index, "\"cierres\"")), [(1, 3)], "one word between quotation marks is not stemmed");
}

#[test]
fn a_prefix_is_any_word_that_begins_so() {
    let index = index(&[meeting(1, &["contrato firmado", "contratamos a dos", "El Contraste", "encontrar", "contra"])]);
    assert_eq!(sorted_places(&search(&index, "contrat*")), [(1, 0), (1, 1)]);
    assert_eq!(sorted_places(&search(&index, "CONTRA*")), [(1, 0), (1, 1), (1, 2), (1, 4)]);
    assert_eq!(sorted_places(&search(&index, "contra* -contras*")), [(1, 0), (1, 1), (1, 4)]);
    assert_eq!(sorted_places(&search(&index, "zzz*")), []);
}

#[test]
fn grammatical_words_find_nothing_beside_others_and_something_alone() {
    let index = index(&[meeting(1, &["what did they say about the prices", "they did that", "precio alto"])]);
    assert_eq!(sorted_places(&search(&index, "What did they say about prices?")), [(1, 0)]);
    assert_eq!(sorted_places(&search(&index, "they did")), [(1, 0), (1, 1)]);
}

fn filtered() -> Vec<MeetingDocs> {
    let mut first = spoken(1, Side::Customer, Language::Spanish, &["Rosa Peña: precio alto", "Iván: precio bajo"]);
    first.date = Some(date(2026, 3, 14));
    first.utterances[0].kinds = vec![Kind::Pain, Kind::Friction];
    first.utterances[0].concepts = vec!["price-too-high".to_owned()];
    first.utterances[0].states = vec![State::Accepted, State::Pending];
    let mut second = spoken(2, Side::Team, Language::English, &["Rosa: the precio is fine", "Tom: precio"]);
    second.date = Some(date(2025, 12, 31));
    second.customer = CustomerId(Uuid::from_u128(901));
    "Harbor & Sons".clone_into(&mut second.customer_name);
    second.utterances[0].mixed = true;
    let third = meeting(3, &["precio sin fecha"]);
    vec![first, second, third]
}

#[test]
fn filters_in_the_text_speak_both_languages() {
    let index = index(&filtered());
    let cases: &[(&str, &[(u128, usize)])] = &[
        ("precio customer:harbor", &[(2, 0), (2, 1)]),
        ("precio cliente:\"molinos sur\"", &[(1, 0), (1, 1), (3, 0)]),
        ("precio speaker:rosa", &[(1, 0), (2, 0)]),
        ("precio hablante:\"rosa peña\"", &[(1, 0)]),
        ("precio side:team", &[(2, 0), (2, 1)]),
        ("precio lado:Equipo", &[(2, 0), (2, 1)]),
        ("precio lado:cliente", &[(1, 0), (1, 1)]),
        ("precio lang:en", &[(2, 0), (2, 1)]),
        ("precio idioma:español", &[(1, 0), (1, 1)]),
        ("precio lang:mixed", &[(2, 0)]),
        ("precio idioma:mezcla", &[(2, 0)]),
        ("precio idioma:mezcla lang:en", &[(2, 0)]),
        ("precio -lang:mixed", &[(1, 0), (1, 1), (2, 1), (3, 0)]),
        ("precio lang:other", &[(3, 0)]),
        ("precio idioma:otro", &[(3, 0)]),
        ("precio kind:pain", &[(1, 0)]),
        ("precio tipo:fricción", &[(1, 0)]),
        ("precio state:accepted", &[(1, 0)]),
        ("precio estado:pendientes", &[(1, 0)]),
        ("precio estado:rechazada", &[]),
        ("precio concept:price-too-high", &[(1, 0)]),
        ("precio after:2026", &[(1, 0), (1, 1)]),
        ("precio desde:2025-12-31", &[(1, 0), (1, 1), (2, 0), (2, 1)]),
        ("precio hasta:2025", &[(2, 0), (2, 1)]),
        ("precio before:2025-12", &[(2, 0), (2, 1)]),
        ("precio before:30/12/2025", &[]),
        ("precio (side:team OR kind:pain)", &[(1, 0), (2, 0), (2, 1)]),
        ("precio -side:team", &[(1, 0), (1, 1), (3, 0)]),
        ("kind:pain", &[(1, 0)]),
    ];
    for (query, expected) in cases {
        let found = search(&index, query);
        assert_eq!(sorted_places(&found), *expected, "{query}");
        assert_eq!(found.total, expected.len(), "{query}");
        assert!(found.notes.is_empty(), "{query}: {:?}", found.notes);
    }
}

#[test]
fn filters_beside_the_text_all_hold() {
    let index = index(&filtered());
    let find = |filters: Filters| {
        let query = Query { text: "precio".to_owned(), filters, limit: 10, ..Query::default() };
        sorted_places(&index.search(&query).expect("it can be read"))
    };
    let none = Filters::default;
    assert_eq!(find(Filters { customer: Some(CustomerId(Uuid::from_u128(901))), ..none() }), [(2, 0), (2, 1)]);
    assert_eq!(find(Filters { meeting: Some(id(3)), ..none() }), [(3, 0)]);
    assert_eq!(find(Filters { side: Some(Side::Team), ..none() }), [(2, 0), (2, 1)]);
    assert_eq!(find(Filters { language: Some(Language::Spanish), ..none() }), [(1, 0), (1, 1)]);
    assert_eq!(find(Filters { kind: Some(Kind::Friction), ..none() }), [(1, 0)]);
    assert_eq!(find(Filters { state: Some(State::Pending), ..none() }), [(1, 0)]);
    assert_eq!(find(Filters { speaker: Some("rosa".to_owned()), ..none() }), [(1, 0), (2, 0)]);
    assert_eq!(find(Filters { after: Some(date(2026, 3, 14)), ..none() }), [(1, 0), (1, 1)]);
    assert_eq!(find(Filters { before: Some(date(2026, 3, 13)), ..none() }), [(2, 0), (2, 1)]);
    let both = Filters { side: Some(Side::Team), speaker: Some("Rosa".to_owned()), ..none() };
    assert_eq!(find(both), [(2, 0)]);
}

#[test]
fn no_text_finds_every_utterance_in_order_and_no_meeting_document() {
    let index = index(&[meeting(2, &["uno", "dos"]), meeting(1, &["tres"])]);
    let found = search(&index, "  ");
    assert_eq!(places(&found), [(1, 0), (2, 0), (2, 1)]);
    let only = Query { filters: Filters { meeting: Some(id(2)), ..Filters::default() }, limit: 10, ..Query::default() };
    assert_eq!(places(&index.search(&only).expect("it can be read")), [(2, 0), (2, 1)]);
}

#[test]
fn what_was_applied_is_in_the_next_answer() {
    let index = index(&[meeting(1, &["queda viejo"]), meeting(2, &["otro viejo"])]);
    assert_eq!(index.seq(), 1);
    index.apply(&[meeting(1, &["entra nuevo", "y nuevo"])], &[id(2)], 7).expect("memory can be written");
    assert_eq!(index.seq(), 7);
    assert_eq!(sorted_places(&search(&index, "nuevo")), [(1, 0), (1, 1)]);
    assert_eq!(search(&index, "viejo").total, 0);
    index.apply(&[meeting(3, &[]), meeting(4, &["nuevo también"])], &[], 8).expect("memory can be written");
    assert_eq!(sorted_places(&search(&index, "nuevo")), [(1, 0), (1, 1), (4, 0)]);
    let stats = index.stats().expect("it can be counted");
    assert_eq!((stats.meetings, stats.utterances, stats.seq), (3, 3, 8));
    index.clear().expect("memory can be written");
    assert_eq!((index.seq(), search(&index, "nuevo").total), (0, 0));
}

#[test]
fn the_same_meeting_twice_in_one_call_counts_once() {
    let index = index(&[meeting(1, &["primera forma"]), meeting(1, &["segunda forma"])]);
    assert_eq!(places(&search(&index, "forma")), [(1, 0)]);
    assert_eq!(search(&index, "primera").total, 0);
}

#[test]
fn limits_are_problems_with_codes() {
    let index = index(&[meeting(1, &["algo"])]);
    let refused = |text: String, offset: usize| {
        let query = Query { text, limit: 10, offset, ..Query::default() };
        index.search(&query).expect_err("it is over a limit").code
    };
    assert_eq!(refused("a".repeat(QUERY_BYTES_MAX + 1), 0), "query_too_long");
    let many: Vec<String> = (0..=CLAUSES_MAX).map(|number| format!("p{number}")).collect();
    assert_eq!(refused(many.join(" "), 0), "query_too_many_clauses");
    assert_eq!(refused(format!("{}algo", "(".repeat(40)), 0), "query_too_deep");
    assert_eq!(refused("NOT ".repeat(100) + "algo", 0), "query_too_deep");
    assert_eq!(refused("algo".to_owned(), PAGE_DEPTH_MAX), "page_too_deep");
    assert_eq!(search(&index, &many[..CLAUSES_MAX].join(" ")).total, 0);
}
