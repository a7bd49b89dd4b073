//! The language of short and mixed utterances, alone and in conversation.

use std::fmt::Write as _;
use std::path::Path;

use cita::model::{Language, LanguageTag, WordCounts};
use cita::text::language::{Spoken, tag};
use proptest::prelude::*;

/// Invented conversations of hard utterances: the speaker, and what is said.
const HARD: [&[(usize, &str)]; 29] = [
    &[(0, "Sí.")],
    &[(0, "I know.")],
    &[(0, "No way.")],
    &[(0, "Pero like, ¿cuándo?")],
    &[(0, "¿Y el follow-up?")],
    &[(0, "El dashboard no hace match con el CRM.")],
    &[(0, "Don Rodolfo said it's fine, pero yo no le creo nada.")],
    &[(0, "TENEMOS QUE COPIAR TODO A MANO.")],
    &[(0, "Obrigada, até amanhã.")],
    &[(0, "Me manda a planilha do estoque, por favor.")],
    &[(0, "Que azar!")],
    &[(0, "Queixou-se da fatura.")],
    &[(0, "Je ne sais pas, on verra ça la semaine prochaine.")],
    &[(0, "Vamos a Google Maps y de ahí al Excel de Microsoft.")],
    &[(0, "We ordered it from Distribuidora La Paloma last week.")],
    &[(0, "Um, so, eh, o sea, we never got the factura.")],
    &[(0, "Este... mhm, este... no sé.")],
    &[(0, "Hay que hacer un upgrade del server antes del go-live.")],
    &[(0, "Mándame un mail con el link del meeting.")],
    &[(0, "The jefe de bodega never answers.")],
    &[(0, "I told him que no, que eso no se puede.")],
    &[(0, "Whatever, ya fue.")],
    &[(0, "Se llama The Home of Coffee.")],
    &[(0, "ok dale, lo vemos mañana, bye")],
    &[(0, "Das Lager ist seit drei Wochen völlig überfüllt.")],
    &[(0, "Склад переполнен уже три недели.")],
    &[(0, "Ok."), (1, "Mhm.")],
    &[
        (0, "So we close the month on the fifth."),
        (1, "Ok."),
        (0, "No, no, no."),
        (0, "Y ahí es donde se nos cae todo."),
        (1, "Uf."),
        (1, "¿Todo?"),
        (0, "Todo, the whole thing, hasta el inventario."),
        (1, "Wow."),
        (0, "Agenda."),
        (1, "La agenda de mañana, sí."),
        (0, "Right, mañana."),
        (1, "Ana Belén va a mandar el invoice, or so she says."),
    ],
    &[
        (0, "A gente copia tudo à mão na planilha."),
        (1, "Tudo?"),
        (0, "Tudo. O sistema cai toda segunda-feira."),
        (1, "And what does the supplier say?"),
        (0, "Que vão ver."),
        (1, "Ok."),
    ],
];

#[test]
fn hard_utterances_keep_their_tags() {
    let mut table = String::new();
    for said in HARD {
        for ((_, text), tag) in said.iter().zip(tags(said)) {
            write!(table, "{:5} {:.2}  {text}", tag.language, tag.mixed).expect("a string takes every write");
            for (span, language) in &tag.switches {
                let words = span.slice(text).expect("a switch lies inside the text");
                let kind = if tag.borrowed.contains(span) { " borrowed" } else { "" };
                write!(table, "  [{language}{kind}: {words}]").expect("a string takes every write");
            }
            table.push('\n');
        }
        table.push('\n');
    }
    insta::assert_snapshot!(table);
}

#[test]
fn a_conversation_without_utterances_has_no_tags() {
    assert_eq!(tag(&[]), []);
}

#[test]
fn without_a_telling_word_the_language_is_not_known() {
    for text in ["", "…", "42", "Ok. Mhm.", "🙂"] {
        let tags = tag(&[Spoken { speaker: None, text }]);
        let words = tags[0].words;
        assert_eq!(tags, [LanguageTag { words, ..LanguageTag::default() }], "{text:?}");
        assert_eq!(words, WordCounts { other: words.other, ..WordCounts::default() });
    }
}

#[test]
fn an_utterance_without_words_has_its_neighbours_language() {
    let said = [(0, "Nosotros no tenemos tiempo para eso."), (1, "15%."), (0, "Y tampoco plata.")];
    assert_eq!(languages(&said), [Language::Spanish; 3]);
    let said = [(0, "We do not have the time for that."), (1, "15%."), (0, "Or the money.")];
    assert_eq!(languages(&said), [Language::English; 3]);
}

#[test]
fn the_conversation_decides_what_a_shared_word_is() {
    let spanish = [(0, "¿Cuánto cuesta arreglar la bodega?"), (1, "Normal."), (0, "¿Lo de siempre entonces?")];
    assert_eq!(languages(&spanish)[1], Language::Spanish);
    let english = [(0, "How much does it cost to fix the warehouse?"), (1, "Normal."), (0, "So the usual then?")];
    assert_eq!(languages(&english)[1], Language::English);
}

#[test]
fn a_borrowed_word_is_a_switch_inside_a_spanish_sentence() {
    let text = "Necesitamos que el deadline no se mueva otra vez.";
    let [tag] = tag(&[Spoken { speaker: None, text }]).try_into().expect("one utterance has one tag");
    assert_eq!(tag.language, Language::Spanish);
    let words: Vec<_> = tag.switches.iter().map(|(span, language)| (span.slice(text), *language)).collect();
    assert_eq!(words, [(Some("deadline"), Language::English)]);
}

#[test]
fn a_word_in_the_grammar_of_the_other_language_is_borrowed_and_a_change_of_language_is_not() {
    let borrowed = |text: &str| -> Vec<String> {
        let tag = &tags(&[(0, text)])[0];
        tag.borrowed.iter().map(|span| span.slice(text).expect("inside the text").to_owned()).collect()
    };
    assert_eq!(borrowed("Necesitamos que el deadline no se mueva otra vez."), ["deadline"]);
    assert_eq!(borrowed("Hay que hacer un follow-up con el proveedor cada semana."), ["follow-up"]);
    assert_eq!(borrowed("We never got the factura for that order."), ["factura"]);
    assert_eq!(borrowed("Pero whatever, ya lo hicimos de nuevo esta semana."), [""; 0]);
    assert_eq!(borrowed("Nos dijeron que the whole thing se cae cada viernes."), [""; 0]);
    assert_eq!(borrowed("El budget."), [""; 0], "one word of Spanish is no sentence that could borrow");
}

#[test]
fn the_runs_of_an_utterance_cover_its_words() {
    let text = "¿Y el follow-up?  We never got it, la verdad.";
    let tag = &tags(&[(0, text)])[0];
    let runs = tag.runs(text);
    let words: Vec<_> = runs.iter().map(|run| (run.span.slice(text).expect("inside the text"), run.language)).collect();
    use Language::{English, Spanish};
    assert_eq!(words, [("Y el", Spanish), ("follow-up?  We never got it,", English), ("la verdad", Spanish)]);
}

#[test]
fn a_question_without_its_opening_mark_is_hardly_spanish() {
    assert_eq!(languages(&[(0, "Que azar!")]), [Language::Portuguese]);
    assert_eq!(languages(&[(0, "¡Que azar!")]), [Language::Spanish]);
    assert_eq!(languages(&[(0, "que azar!")]), [Language::Spanish], "nobody there writes marks and capitals");
    let chat = [(0, "Llegaron las facturas?"), (1, "Claro"), (0, "Todas?"), (1, "Que azar!"), (0, "Normal?")];
    assert_eq!(languages(&chat), [Language::Spanish; 5], "a chat is written without them");
}

#[test]
fn brazilian_words_and_joined_pronouns_are_portuguese() {
    for text in ["Esportes e ônibus.", "Cadê a planilha?", "Queixe-se.", "Vc viu o boleto?", "O time de vendas tá aí."]
    {
        assert_eq!(languages(&[(0, text)]), [Language::Portuguese], "{text}");
    }
    assert_eq!(languages(&[(0, "It was a never-no, vis-a-vis.")]), [Language::English]);
}

#[test]
fn a_name_weighs_little_in_what_an_utterance_is() {
    let tag = &tags(&[(0, "Se llama The Home of Coffee.")])[0];
    assert_eq!(tag.language, Language::Spanish);
    assert!(tag.shares.spanish > 0.5, "{:?}", tag.shares);
}

#[test]
fn accents_behind_their_letters_say_the_same() {
    let composed = "Mañana más reunión con José.";
    let decomposed = "Man\u{303}ana ma\u{301}s reunio\u{301}n con Jose\u{301}.";
    let [one] = tag(&[Spoken { speaker: None, text: composed }]).try_into().expect("one utterance has one tag");
    let [other] = tag(&[Spoken { speaker: None, text: decomposed }]).try_into().expect("one utterance has one tag");
    assert_eq!((one.language, one.mixed), (other.language, other.mixed));
}

#[test]
fn a_contraction_does_not_make_a_spanish_title_english() {
    assert_eq!(languages(&[(0, "Gracias, don Evaristo.")]), [Language::Spanish]);
    assert_eq!(tags(&[(0, "Gracias, don Evaristo.")])[0].switches, []);
    assert_eq!(languages(&[(0, "I don’t.")]), [Language::English]);
    assert_eq!(languages(&[(0, "Don't!")]), [Language::English]);
}

#[test]
fn a_foreign_language_is_said_to_be_so() {
    for text in [
        "Nous devons tout recopier dans le grand cahier chaque vendredi soir.",
        "Dobbiamo riscrivere tutto nel quaderno ogni venerdì sera.",
        "Wir müssen jeden Freitag alles noch einmal abschreiben.",
        "Je ne sais pas, on verra ça la semaine prochaine.",
        "De leverancier stuurt ons nooit op tijd een factuur.",
        "Non abbiamo abbastanza personale in magazzino.",
        "Musimy w każdy piątek wszystko przepisywać ręcznie.",
        "毎週金曜日に全部を書き写します。",
        "Κάθε Παρασκευή τα γράφουμε όλα ξανά.",
    ] {
        assert_eq!(languages(&[(0, text)]), [Language::Other], "{text}");
    }
}

#[test]
fn a_foreign_speaker_does_not_change_the_others() {
    let said = [
        (0, "Bueno, empezamos con el inventario de la semana pasada."),
        (1, "Wir müssen jeden Freitag alles noch einmal abschreiben."),
        (1, "Jawohl, genau."),
        (0, "Perfecto, gracias."),
        (2, "Can we talk about the invoices first?"),
    ];
    use Language::{English, Other, Spanish};
    assert_eq!(languages(&said), [Spanish, Other, Other, Spanish, English]);
}

#[test]
fn the_tables_stay_small() {
    let tables = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/text/language/tables.bin");
    let bytes = std::fs::metadata(tables).expect("the tables are in the repository").len();
    assert!(bytes <= 600_000, "{bytes} bytes");
}

/// Invented conversations with what a person says of each utterance; `fixtures/languages/README.md` tells the columns.
#[test]
fn invented_conversations_are_told_as_a_person_tells_them() {
    let table = include_str!("../../fixtures/languages/conversations.tsv");
    let rows: Vec<Vec<&str>> = table.lines().skip(1).map(|row| row.split('\t').collect()).collect();
    let (mut wrong, mut found, mut missed, mut invented) = (Vec::new(), 0, 0, 0);
    for conversation in rows.chunk_by(|one, next| one[0] == next[0]) {
        let speakers: Vec<&str> = conversation.iter().map(|row| row[1]).collect();
        let speaker = |name: &str| speakers.iter().position(|known| *known == name);
        let said: Vec<Spoken<'_>> =
            conversation.iter().map(|row| Spoken { speaker: speaker(row[1]), text: row[4] }).collect();
        for (row, tag) in conversation.iter().zip(tag(&said)) {
            if tag.language.code() != row[2] {
                wrong.push(row[4]);
            }
            match (row[3] == "mixed", tag.is_mixed()) {
                (true, true) => found += 1,
                (true, false) => missed += 1,
                (false, true) => invented += 1,
                (false, false) => {}
            }
        }
    }
    assert!(wrong.len() * 1000 <= rows.len() * 20, "more than 2 % are wrong: {wrong:?}");
    let score = f64::from(2 * found) / f64::from(2 * found + missed + invented);
    assert!(score >= 0.9, "{score}: {found} found, {missed} missed, {invented} invented");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn every_answer_is_in_bounds(said in conversation()) {
        let spoken = spoken(&said);
        let tags = tag(&spoken);
        prop_assert_eq!(tags.len(), spoken.len());
        for (tag, spoken) in tags.iter().zip(&spoken) {
            prop_assert!((0.0..=1.0).contains(&tag.mixed), "{}", tag.mixed);
            let shares = Language::ALL.map(|language| tag.shares.of(language));
            prop_assert!(shares.iter().all(|share| (0.0..=1.0).contains(share)), "{shares:?}");
            prop_assert!((shares.iter().sum::<f32>() - 1.0).abs() < 1e-5, "{shares:?}");
            prop_assert!(shares.iter().all(|share| *share <= tag.shares.of(tag.language)), "{shares:?}");
            prop_assert!(tag.borrowed.iter().all(|span| tag.switches.iter().any(|(switch, _)| switch == span)));
            let runs = tag.runs(spoken.text);
            prop_assert!(runs.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{runs:?}");
            prop_assert!(runs.iter().all(|run| run.span.slice(spoken.text).is_some_and(|words| !words.is_empty())));
            let mut end = 0;
            for (span, language) in &tag.switches {
                prop_assert!(span.start >= end && !span.is_empty(), "runs follow each other");
                prop_assert!(span.slice(spoken.text).is_some(), "{span:?} does not fit {:?}", spoken.text);
                prop_assert!(*language != tag.language);
                end = span.end;
            }
        }
    }

    #[test]
    fn what_was_processed_before_does_not_matter(said in conversation(), before in conversation()) {
        let first = tag(&spoken(&said));
        tag(&spoken(&before));
        prop_assert_eq!(first, tag(&spoken(&said)));
    }
}

/// Pieces that real utterances are made of, and anything at all.
fn utterance() -> impl Strategy<Value = String> {
    let pieces = [
        "no", "sí", "the", "I don't", "l’eau", "mañana", "ok", "Ana", "n-", "¿", "?", "...", " ", ", ", "a@b.com", "à",
        "não", "E\u{301}", "\u{345}", "ª", "東京", "'", "’s", "ß", "ﬁ", "İ", "\u{200d}", "\n",
    ];
    prop_oneof![
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.join(" ")),
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12).prop_map(|pieces| pieces.concat()),
        any::<String>(),
    ]
}

fn conversation() -> impl Strategy<Value = Vec<(Option<usize>, String)>> {
    prop::collection::vec((prop::option::of(0_usize..3), utterance()), 0..8)
}

fn spoken(said: &[(Option<usize>, String)]) -> Vec<Spoken<'_>> {
    said.iter().map(|(speaker, text)| Spoken { speaker: *speaker, text }).collect()
}

fn tags(said: &[(usize, &str)]) -> Vec<LanguageTag> {
    let spoken: Vec<_> = said.iter().map(|(speaker, text)| Spoken { speaker: Some(*speaker), text }).collect();
    tag(&spoken)
}

fn languages(said: &[(usize, &str)]) -> Vec<Language> {
    tags(said).into_iter().map(|tag| tag.language).collect()
}
