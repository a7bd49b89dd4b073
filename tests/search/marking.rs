//! What is highlighted.

use cita::search::highlight;
use proptest::prelude::*;

/// The text with what is marked between brackets.
fn marked(query: &str, text: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    for span in highlight(query, text) {
        out.push_str(&text[at..span.start]);
        out.push_str(&format!("[{}]", span.slice(text).expect("a span fits its text")));
        at = span.end;
    }
    out + &text[at..]
}

#[test]
fn inflected_forms_are_marked_whole() {
    assert_eq!(marked("operacion", "Las OPERACIONES, la operación"), "Las [OPERACIONES], la [operación]");
    assert_eq!(marked("lose", "We lost it, losing again"), "We [lost] it, [losing] again");
    assert_eq!(marked("niño", "El Niño, el nino, niños"), "El [Niño], el nino, [niños]");
    assert_eq!(marked("exito", "un e\u{301}xito rotundo"), "un [e\u{301}xito] rotundo");
}

#[test]
fn a_phrase_marks_only_the_phrase() {
    let text = "Cierre de mes: el mes de cierre no es el cierre de MES";
    assert_eq!(marked("\"cierre de mes\"", text), "[Cierre de mes]: el mes de cierre no es el [cierre de MES]");
    assert_eq!(marked("\"cierre de mes\" mes", "mes, cierre de mes"), "[mes], [cierre de mes]");
    assert_eq!(marked("\"año nuevo\"", "ano nuevo, año nuevo"), "ano nuevo, [año nuevo]");
    assert_eq!(marked("\"a a\"", "a a a"), "[a a a]");
}

#[test]
fn prefixes_operators_filters_and_exclusions() {
    assert_eq!(marked("contrat*", "contrato, encontrar, Contratación"), "[contrato], encontrar, [Contratación]");
    assert_eq!(marked("(stock OR pedido) AND NOT precio", "stock, precio, pedidos"), "[stock], precio, [pedidos]");
    assert_eq!(marked("-stock cliente:stock pedido", "stock pedido"), "stock [pedido]");
    assert_eq!(marked("speaker:rosa", "rosa"), "rosa");
}

#[test]
fn words_spelt_almost_so_and_words_near_each_other() {
    assert_eq!(marked("tablro~", "el tablero y las tablas"), "el [tablero] y las tablas");
    assert_eq!(marked("\"uno cinco\"~2", "uno dos cinco, uno a b c d cinco"), "[uno] dos [cinco], [uno] a b c d cinco");
    assert_eq!(marked("uno NEAR/1 dos", "dos uno, dos"), "[dos] [uno], [dos]");
}

#[test]
fn grammatical_words_are_marked_only_alone_or_in_a_phrase() {
    assert_eq!(marked("what is the price?", "the price is what it is"), "the [price] is what it is");
    assert_eq!(marked("what is", "what it is"), "[what] it [is]");
    assert_eq!(marked("\"to be\" price", "to be or to have"), "[to be] or to have");
}

#[test]
fn hostile_text_is_marked_like_any_other() {
    let text = "<img onerror=alert(1)> price <b>price</b> &amp; \u{202e}precio\u{0}";
    assert_eq!(marked("price img", text), "<[img] onerror=alert(1)> [price] <b>[price]</b> &amp; \u{202e}precio\u{0}");
    assert_eq!(marked("precio", text), text.replace("precio", "[precio]"));
}

#[test]
fn nothing_to_look_for_marks_nothing() {
    for query in ["", "   ", "()", "-price", "\"\"", "*", "kind:pain"] {
        assert_eq!(marked(query, "price of pain"), "price of pain", "{query:?}");
    }
    assert_eq!(marked(&"x ".repeat(600), "x"), "x", "a query over the limit");
}

proptest! {
    #[test]
    fn spans_fit_any_text_in_order(query in ".{0,40}", text in ".{0,120}") {
        let mut end = 0;
        for span in highlight(&query, &text) {
            prop_assert!(span.slice(&text).is_some_and(|marked| !marked.is_empty()));
            prop_assert!(span.start >= end);
            end = span.end;
        }
    }

    #[test]
    fn a_word_of_the_text_marks_itself(words in proptest::collection::vec("[a-zñáéíóú]{3,9}", 1..8), pick in 0_usize..8) {
        let text = words.join(" ");
        let word = &words[pick % words.len()];
        let spans = highlight(&format!("\"{word}\""), &text);
        prop_assert!(spans.iter().any(|span| span.slice(&text) == Some(word)), "{word:?} in {text:?}: {spans:?}");
    }
}
