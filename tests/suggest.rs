//! From words to explained suggestions.

use cita::app::{Label, Outcome, Reader, measure, outcomes, read_labelled};
use cita::lexicon::{Lexicon, Matcher};
use cita::model::{
    Intensity, Kind, Language, LanguageTag, Mark, Nature, Quantity, QuantityKind, RejectReason, Side, SourceHash, Span,
    Speaker, Suggestion, Transcript, Turn, Utterance,
};
use cita::suggest::{Adaptation, DECISIONS, Decided, adapt, parse_digits, quantities, suggest, term_records, wilson};
use cita::text::words::{StemCache, Words};

use crate::support::source::root;

fn concept(id: &str, kind: &str, family: &str, weight: f32, es: &str, en: &str) -> (String, String) {
    let text = format!(
        "id = \"{id}\"\nkind = \"{kind}\"\nfamily = \"{family}\"\nweight = {weight:.1}\nlabel = {{ es = \"Uno\", en = \"One\" }}\n\
         definition = {{ es = \"Esto.\", en = \"This.\" }}\n[terms]\nes = [{es}]\nen = [{en}]\n"
    );
    (format!("{kind}/{id}.toml"), text)
}

fn small_lexicon() -> Lexicon {
    let files = [
        concept("copying", "friction", "B1", 2.2, r#""copiar .. a mano""#, r#""copy .. by hand""#),
        concept(
            "errors",
            "friction",
            "B6",
            2.2,
            r#""perder .. (hoja|pedido|cliente)", "problema""#,
            r#""lose .. (sheet|order|client)", "problem""#,
        ),
        concept("fear", "pain", "C1", 2.2, r#""(dar|tener) miedo""#, r#""afraid""#),
        concept("saving", "gain", "D3", 2.2, r#""ahorrar .. tiempo""#, r#""save .. time""#),
        concept("need", "job", "A1", 2.2, r#""necesitar""#, r#""need""#),
    ];
    Lexicon::parse(&files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// What is proposed for one speaker's sentences, one a line; `Equipo` is the team.
fn proposed(lines: &[&str]) -> (Transcript, Vec<Suggestion>) {
    proposed_in(Language::Other, lines)
}

/// The same where every utterance was taken to be in this language.
fn proposed_in(language: Language, lines: &[&str]) -> (Transcript, Vec<Suggestion>) {
    let mut transcript = Transcript {
        speakers: vec![
            Speaker { label: "Cliente".to_owned(), side: Side::Customer, ..Speaker::default() },
            Speaker { label: "Equipo".to_owned(), side: Side::Team, ..Speaker::default() },
        ],
        ..Transcript::default()
    };
    let mut utterances = Vec::new();
    for line in lines {
        let words = line.strip_prefix("Equipo: ");
        let (nature, words) = match (words, line.strip_prefix("# ")) {
            (_, Some(heading)) => (Nature::Heading, heading),
            (words, None) => (Nature::Speech, words.unwrap_or(line)),
        };
        let start = transcript.text.len();
        transcript.text.push_str(words);
        let span = Span::new(start, transcript.text.len());
        transcript.text.push('\n');
        utterances.push(Utterance {
            turn: transcript.turns.len(),
            pieces: vec![span],
            text: words.to_owned(),
            language: LanguageTag { language, ..LanguageTag::default() },
        });
        let speaker = Some(usize::from(line.starts_with("Equipo: ")));
        transcript.turns.push(Turn { speaker, nature, pieces: vec![span], ..Turn::default() });
    }
    let lexicon = small_lexicon();
    let source = SourceHash::of(transcript.text.as_bytes());
    let suggestions = suggest(&source, &lexicon, &Matcher::new(&lexicon), &transcript, &utterances);
    (transcript, suggestions)
}

#[test]
fn no_language_keeps_a_lexicon_from_being_read() {
    let lines = [
        "Cada lunes copiamos todo a mano en el cuaderno verde y se nos van tres horas.",
        "So every Monday we copy the orders by hand, y nos da miedo perder un pedido.",
    ];
    let (_, expected) = proposed(&lines);
    assert!(expected.len() == 2, "{expected:#?}");
    for language in Language::ALL {
        let (_, found) = proposed_in(language, &lines);
        let said = |all: &[Suggestion]| all.iter().map(|one| (one.kind, one.terms.clone())).collect::<Vec<_>>();
        assert_eq!(said(&found), said(&expected), "{language}");
    }
}

#[test]
fn a_suggestion_is_verbatim_explained_and_the_same_each_time() {
    let lines = [
        "Cada lunes copiamos todo a mano en el cuaderno verde y se nos van tres horas.",
        "Me da miedo que un día perdamos a un cliente grande.",
    ];
    let (transcript, suggestions) = proposed(&lines);
    assert_eq!(suggestions.len(), 2);
    for suggestion in &suggestions {
        assert!(suggestion.quote.is_verbatim(&transcript.text));
        let sum: f32 = suggestion.reasons.iter().map(|reason| reason.weight).sum();
        assert!((suggestion.score - 1.0 / (1.0 + (-sum).exp())).abs() < 1e-5);
        assert!(suggestion.reasons.iter().all(|reason| !reason.text.es.is_empty() && !reason.text.en.is_empty()));
    }
    assert_eq!((suggestions[0].kind, suggestions[0].concept.as_str()), (Kind::Friction, "copying"));
    assert_eq!(suggestions[1].kind, Kind::Pain);
    assert_eq!(proposed(&lines).1, suggestions);
}

#[test]
fn what_the_team_says_and_headings_are_never_proposed() {
    let (_, suggestions) = proposed(&[
        "Equipo: Necesito que copien todo a mano en el cuaderno verde.",
        "# Problemas que necesitamos resolver juntos",
    ]);
    assert!(suggestions.is_empty(), "{suggestions:#?}");
}

#[test]
fn denied_asked_and_thin_words_are_left_alone() {
    for line in [
        "No tenemos ningún problema con los pagos de la gente del taller.",
        "¿Ustedes necesitan copiar algo a mano cuando llega la gente?",
        "Un problema.",
        "Gracias por venir, espero que no haya problema con la hora.",
    ] {
        assert!(proposed(&[line]).1.is_empty(), "{line}");
    }
    let (_, suggestions) = proposed(&["Equipo: ¿Y les da miedo?", "Sí, da miedo."]);
    assert!(suggestions.is_empty(), "{suggestions:#?}");
}

#[test]
fn a_number_beside_the_cue_raises_it() {
    let score = |line| proposed(&[line]).1.first().map_or(0.0, |one| one.score);
    assert!(
        score("Cada mes perdemos 12 pedidos por culpa de la libreta.")
            > score("Cada mes perdemos algún pedido por culpa de la libreta.")
    );
}

#[test]
fn intensity_has_its_reason() {
    let (_, suggestions) = proposed(&["Siempre perdemos algún pedido, son 1.200 bolivianos cada mes."]);
    assert_eq!(suggestions[0].intensity, Intensity::High);
    let reason = suggestions[0].reasons.iter().find(|reason| reason.code == "intensity").expect("it says why");
    assert!(reason.text.es.contains("siempre") && reason.weight == 0.0);
    assert!(suggestions[0].context.has(Mark::Intense));
}

#[test]
fn a_long_utterance_is_cut_to_the_clauses_that_carry_it() {
    let filler = "y después pasaba el señor de la esquina con su carrito y nos contaba de la ruta, ".repeat(8);
    let line = format!("{filler}y entonces copiamos todo a mano en el cuaderno, {filler}y eso.");
    let (transcript, suggestions) = proposed(&[&line]);
    let quote = &suggestions[0].quote;
    assert!(quote.text.contains("copiamos todo a mano"));
    assert!(quote.text.split_whitespace().count() <= 60, "{}", quote.text);
    assert!(quote.is_verbatim(&transcript.text));
}

fn counted(text: &str) -> Vec<Quantity> {
    quantities(text, &Words::read(text, &mut StemCache::new()))
}

/// A text, the words of its quantity, and the quantity.
type Case = (&'static str, &'static str, QuantityKind, f64, Option<f64>, Option<&'static str>);

#[test]
fn quantities_in_both_conventions_and_in_words() {
    use QuantityKind::{AtLeast, Duration, Exact, Money, Percent, Range, Ratio};
    let cases: &[Case] = &[
        ("Tienen 142 sistemas sueltos", "142 sistemas", Exact, 142.0, None, Some("sistemas")),
        ("salieron 8 de 70", "8 de 70", Ratio, 8.0, Some(70.0), None),
        ("only 3 out of 40 answered", "3 out of 40 answered", Ratio, 3.0, Some(40.0), Some("answered")),
        ("son 7-8 macroprocesos", "7-8 macroprocesos", Range, 7.0, Some(8.0), Some("macroprocesos")),
        ("más de 500 empleados", "más de 500 empleados", AtLeast, 500.0, None, Some("empleados")),
        ("dos días por semana", "dos días por semana", Duration, 2.0, None, Some("días por semana")),
        ("it takes 2-3 weeks", "2-3 weeks", Duration, 2.0, Some(3.0), Some("weeks")),
        ("pagamos Bs 1.200 al mes", "Bs 1.200", Money, 1200.0, None, Some("Bs")),
        ("it costs $3k", "$3k", Money, 3000.0, None, Some("$")),
        ("la mitad se pierde", "mitad", Ratio, 1.0, Some(2.0), None),
        ("cuarenta y dos cajas", "cuarenta y dos cajas", Exact, 42.0, None, Some("cajas")),
        ("two hundred and five boxes", "two hundred and five boxes", Exact, 205.0, None, Some("boxes")),
        ("tres mil pesos", "tres mil pesos", Money, 3000.0, None, Some("pesos")),
        ("el 40 % se va", "40 %", Percent, 40.0, None, Some("%")),
        ("veinte por ciento", "veinte por ciento", Percent, 20.0, None, Some("%")),
        ("una hora diaria", "una hora", Duration, 1.0, None, Some("hora")),
        ("half a day", "half a day", Duration, 0.5, None, Some("day")),
        ("entre 2 y 3 horas", "2 y 3 horas", Duration, 2.0, Some(3.0), Some("horas")),
        ("a dozen calls", "dozen calls", Exact, 12.0, None, Some("calls")),
        ("2 millones de pesos", "2 millones de pesos", Money, 2e6, None, Some("pesos")),
    ];
    for (text, shown, kind, value, upper, unit) in cases {
        let found = counted(text);
        assert_eq!(found.len(), 1, "{text}: {found:#?}");
        let one = &found[0];
        assert_eq!(one.span.slice(text), Some(*shown), "{text}");
        assert_eq!((one.kind, one.value, one.upper, one.unit.as_deref()), (*kind, *value, *upper, *unit), "{text}");
    }
}

#[test]
fn what_counts_nothing_is_no_quantity() {
    for text in [
        "a las 10:30",
        "el 14/03",
        "2026-03-14",
        "una caja",
        "one of them",
        "at 5 pm",
        "un problema",
        "quedó a medio hacer",
    ] {
        assert!(counted(text).is_empty(), "{text}: {:#?}", counted(text));
    }
}

#[test]
fn digits_read_in_either_convention() {
    for (written, value) in [
        ("1.200", 1200.0),
        ("1,200", 1200.0),
        ("1.200,50", 1200.5),
        ("1,200.50", 1200.5),
        ("3.5", 3.5),
        ("12,5", 12.5),
        ("0.125", 0.125),
        ("1.234.567", 1_234_567.0),
        ("7", 7.0),
        ("3k", 3000.0),
        ("24h", 24.0),
    ] {
        assert_eq!(parse_digits(written).map(|(value, _)| value), Some(value), "{written}");
    }
    assert_eq!(parse_digits("abc"), None);
}

/// What cita sees in the labelled sentences that it ships, and how right it is. A figure that falls is a step back.
#[test]
fn how_right_it_is_on_the_labelled_sentences_is_pinned() {
    let reader = Reader::new(None, &[]).expect("the built-in lexicon is sound");
    let files = read_labelled(&reader, &root().join("fixtures/labelled")).expect("the labels are sound");
    assert!(files.iter().all(|file| file.lost == 0), "labels that stand nowhere");
    let measured = measure(&outcomes(&files));
    assert_eq!(measured.all.calibration.iter().map(|bin| bin.count).sum::<usize>(), measured.all.judged);
    let rows = std::iter::once(("all", &measured.all))
        .chain(measured.languages.iter().chain(&measured.kinds).map(|(name, one)| (name.as_str(), one)));
    let shown: Vec<String> = rows
        .map(|(name, one)| {
            format!(
                "{name}: {} judged, {} insights, precision {:.3}, recall {:.3}, F1 {:.3}, average precision {:.3}, kind {:.3}, Brier {:.3}",
                one.judged, one.insights, one.precision, one.recall, one.f1, one.average_precision, one.kind_merged, one.brier
            )
        })
        .collect();
    insta::assert_snapshot!("labelled", shown.join("\n"));
}

#[test]
fn a_perfect_order_and_a_bad_one_are_told_apart() {
    let outcome = |probability: f32, kind: Option<Kind>| Outcome {
        language: Language::English,
        label: Label { kind, ..Label::default() },
        probability: Some(probability),
        is_proposed: probability >= 0.5,
        kind: Kind::Pain,
    };
    let right =
        [outcome(0.9, Some(Kind::Friction)), outcome(0.6, None), outcome(0.1, None), outcome(0.2, Some(Kind::Job))];
    let figures = measure(&right).all;
    assert_eq!((figures.judged, figures.insights, figures.proposed), (4, 2, 2));
    assert_eq!((figures.precision, figures.recall, figures.f1), (0.5, 0.5, 0.5));
    assert_eq!((figures.kind_exact, figures.kind_merged), (0.0, 1.0));
    assert!((figures.average_precision - 0.5).abs() < 1e-9, "the second insight was not proposed");
    let swapped = [outcome(0.6, Some(Kind::Friction)), outcome(0.9, None), right[2], right[3]];
    assert!(measure(&swapped).all.average_precision < figures.average_precision);
    assert!(measure(&swapped).all.brier > figures.brier);
}

const PAINS: [&str; 4] = [
    "Cada mes perdemos 12 pedidos por culpa de la libreta de la entrada.",
    "Me da miedo que un día perdamos a un cliente grande por no contestar.",
    "We need to save time every Monday because we copy the orders by hand.",
    "Necesitamos copiar los pedidos a mano cada noche y nos da miedo.",
];

#[test]
fn decisions_move_what_shares_their_terms_and_can_be_taken_back() {
    let (_, shipped) = proposed(&PAINS);
    assert_eq!(shipped.len(), 4, "{shipped:#?}");
    let refused =
        Decided { suggestion: &shipped[3], language: Language::Spanish, rejected: Some(RejectReason::OffTopic) };
    let adaptation = adapt(&[refused; 6]);
    let mut after = shipped.clone();
    after.iter_mut().for_each(|one| adaptation.apply(one));
    for (one, before) in after.iter().zip(&shipped) {
        let sum: f32 = one.reasons.iter().map(|reason| reason.weight).sum();
        assert!((one.score - 1.0 / (1.0 + (-sum).exp())).abs() < 1e-4, "the reasons still add up");
        let said = one.reasons.iter().find(|reason| reason.code == DECISIONS).expect("it says so");
        assert!(said.text.es.starts_with("6 decisiones") && said.text.en.starts_with("6 decisions"));
        assert!(one.score < before.score);
    }
    let lost = |at: usize| shipped[at].score / (1.0 - shipped[at].score) * (1.0 - after[at].score) / after[at].score;
    assert!(lost(3) > lost(0), "what shares no term falls less");
    for one in &mut after {
        Adaptation::default().apply(one);
    }
    for (one, before) in after.iter().zip(&shipped) {
        assert!((one.score - before.score).abs() < 1e-4);
        assert_eq!(one.reasons, before.reasons);
    }
}

#[test]
fn the_order_of_decisions_and_duplicates_do_not_matter() {
    let (_, shipped) = proposed(&PAINS);
    let decided = |at: usize, rejected| Decided { suggestion: &shipped[at], language: Language::Spanish, rejected };
    let one =
        adapt(&[decided(0, None), decided(1, Some(RejectReason::Idiom)), decided(2, Some(RejectReason::Duplicate))]);
    let other = adapt(&[decided(1, Some(RejectReason::Idiom)), decided(0, None)]);
    assert_eq!((&one, one.version()), (&other, other.version()));
    assert_eq!(one.decisions(), 2);
    assert_ne!(one.version(), adapt(&[decided(0, None)]).version());
    assert!(adapt(&[]).weights().is_empty());
}

#[test]
fn a_term_has_its_record_by_language_and_side() {
    let (_, shipped) = proposed(&PAINS);
    let decided = |rejected| Decided { suggestion: &shipped[1], language: Language::Spanish, rejected };
    let records = term_records(&[
        decided(None),
        decided(Some(RejectReason::WrongKind)),
        decided(Some(RejectReason::TooVague)),
        decided(Some(RejectReason::Duplicate)),
    ]);
    let fear = records.iter().find(|one| one.concept == "fear").expect("its term was decided");
    assert_eq!((fear.accepted, fear.rejected, fear.side), (2, 1, Side::Customer));
    assert_eq!(fear.interval, wilson(2, 3));
    // Published values: 8 of 10 lies between 0.490 and 0.943.
    let (low, high) = wilson(8, 10);
    assert!((low - 0.490).abs() < 5e-4 && (high - 0.943).abs() < 5e-4, "{low} {high}");
    assert_eq!(wilson(0, 0), (0.0, 1.0));
}
