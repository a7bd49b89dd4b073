//! In which order.

use std::collections::BTreeSet;

use cita::search::{FoundHit, Index, Query};

use super::{index, meeting, places, search};

fn page(index: &Index, text: &str, offset: usize, limit: usize) -> Vec<FoundHit> {
    let query = Query { text: text.to_owned(), offset, limit, ..Query::default() };
    index.search(&query).expect("it can be read").hits
}

#[test]
fn all_words_come_before_some() {
    let index = index(&[
        meeting(1, &["facturas facturas facturas", "otra cosa", "más facturas", "facturas"]),
        meeting(2, &["uno", "dos", "tres", "cuatro", "cinco", "las facturas quedan duplicadas en el sistema viejo"]),
        meeting(3, &["registros duplicados", "duplicados otra vez", "duplicados"]),
    ]);
    assert_eq!(places(&search(&index, "facturas duplicadas"))[0], (2, 5));
    assert_eq!(places(&search(&index, "duplicated facturas duplicadas"))[0], (2, 5));
}

#[test]
fn the_turns_around_speak_for_a_passage() {
    let alone = ["camiones", "a", "b", "c", "d", "e", "f", "g", "h", "i"];
    let surrounded = ["a", "b", "c", "d", "rutas", "camiones", "rutas", "e", "f", "g"];
    let index =
        index(&[meeting(1, &alone), meeting(2, &surrounded), meeting(3, &["rutas", "x", "x", "x", "x", "x", "x"])]);
    let order = places(&search(&index, "rutas camiones"));
    let at = |place| order.iter().position(|found| *found == place).expect("it is found");
    assert!(at((2, 5)) < at((1, 0)), "{order:?}");
    assert!(at((2, 4)) < at((3, 0)), "{order:?}");
}

#[test]
fn the_best_utterance_speaks_for_its_turn() {
    let mut talk = meeting(1, &["el turno habla de bodega", "bodega", "y de la bodega y del frío", "otra bodega"]);
    for (utterance, turn) in talk.utterances.iter_mut().zip([0, 0, 0, 1]) {
        utterance.turn = turn;
    }
    let index = index(&[talk]);
    let found = search(&index, "bodega");
    assert_eq!(found.total, 4);
    let turns: Vec<usize> = found.hits.iter().map(|hit| hit.turn).collect();
    assert_eq!(turns, [1, 0, 0, 0], "{:?}", found.hits);
    assert_eq!(found.hits[1].ordinal, 1, "the utterance that says nothing else");
}

#[test]
fn who_is_asked_about_comes_first() {
    let others = ["Teo: los precios suben", "Rosa: nada", "Teo: otra cosa", "Teo: y más", "Teo: así es"];
    let talk = ["Teo: los precios suben", "a", "b", "c", "d", "e", "f", "Rosa Peña: los precios suben", "g"];
    let index = index(&[meeting(1, &others), meeting(2, &talk)]);
    assert_eq!(places(&search(&index, "¿Qué dijo Rosa de los precios?"))[0], (2, 7));
    assert_eq!(places(&search(&index, "What did Peña say about precios?"))[0], (2, 7));
}

#[test]
fn words_to_ask_with_give_way_to_what_is_asked() {
    let index = index(&[
        meeting(1, &["resumimos la discusión y la opinión de todos", "hablemos de opinar", "discutir es pensar"]),
        meeting(2, &["los aranceles de importación", "cambian cada mes"]),
    ]);
    assert_eq!(places(&search(&index, "Resumir la discusión y la opinión sobre aranceles"))[0], (2, 0));
    assert_eq!(places(&search(&index, "discutir opiniones"))[0].0, 1, "alone they are words like others");
}

#[test]
fn a_talkative_meeting_leaves_room_for_others() {
    let talkative: Vec<&str> = std::iter::repeat_n("el flete sube", 60).collect();
    let mut meetings = vec![meeting(1, &talkative)];
    meetings.extend((2..8).map(|number| meeting(number, &["hola", "x", "y", "z", "el flete sube", "v", "w"])));
    let index = index(&meetings);
    let first_page: BTreeSet<u128> = places(&search(&index, "flete"))[..50].iter().map(|place| place.0).collect();
    assert_eq!(first_page.len(), 7, "{first_page:?}");
}

#[test]
fn equal_scores_stand_by_meeting_and_ordinal() {
    let same = ["igual", "igual", "igual"];
    let meetings: Vec<_> = (1..=5).rev().map(|number| meeting(number, &same)).collect();
    let one = index(&meetings);
    let other = Index::in_memory().expect("memory can hold an index");
    for (seq, meeting) in (1..).zip(meetings.iter().rev()) {
        other.apply(std::slice::from_ref(meeting), &[], seq).expect("memory can be written");
    }
    let expected: Vec<(u128, usize)> = (1..=5).flat_map(|meeting| [(meeting, 1), (meeting, 0), (meeting, 2)]).collect();
    let mut groups = places(&search(&one, "igual"));
    assert_eq!(groups, places(&search(&other, "igual")), "however it was written");
    groups.sort_unstable();
    let mut expected_sorted = expected;
    expected_sorted.sort_unstable();
    assert_eq!(groups, expected_sorted);
    let tied: Vec<FoundHit> = page(&one, "igual", 0, 100);
    let in_order = |pair: &[FoundHit]| {
        pair[0].score > pair[1].score || (pair[0].meeting, pair[0].ordinal) < (pair[1].meeting, pair[1].ordinal)
    };
    assert!(tied.windows(2).all(in_order), "{tied:?}");
}

#[test]
fn pages_are_pieces_of_one_order() {
    let lines: Vec<String> = (0..40).map(|at| format!("pedido {} {}", "grande ".repeat(at % 3), at % 7)).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let meetings: Vec<_> = (1..=90).map(|number| meeting(number, &lines[..=number as usize % 40])).collect();
    let index = index(&meetings);
    let whole = page(&index, "pedido grande 3", 0, 5_000);
    assert_eq!(whole.len(), search(&index, "pedido grande 3").total);
    for (offset, limit) in [(0, 1), (0, 10), (10, 10), (95, 30), (whole.len() - 3, 10), (whole.len() + 5, 10)] {
        let end = (offset + limit).min(whole.len());
        let expected = whole.get(offset..end).unwrap_or_default();
        assert_eq!(page(&index, "pedido grande 3", offset, limit), expected, "{offset} {limit}");
    }
}
