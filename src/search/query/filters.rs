//! The filters of the query language, their names and values in both languages.

use jiff::civil::Date;

use super::notes::Said;
use crate::model::{Kind, Language, Mark, Side, State, UiLanguage};
use crate::search::meaning::Meaning;
use crate::search::terms::{self, Token};
use crate::text::words::fold;

/// A filter's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Customer,
    Group,
    Speaker,
    Side,
    Language,
    Kind,
    Concept,
    State,
    Has,
    Context,
    After,
    Before,
}

/// Every filter with all its names, the first two being the English and the Spanish one.
pub(super) const FILTERS: &[(Key, &[&str])] = &[
    (Key::Customer, &["customer", "cliente"]),
    (Key::Group, &["group", "grupo"]),
    (Key::Speaker, &["speaker", "hablante", "habla"]),
    (Key::Side, &["side", "lado"]),
    (Key::Language, &["lang", "idioma", "language", "lengua"]),
    (Key::Kind, &["kind", "tipo"]),
    (Key::Concept, &["concept", "concepto"]),
    (Key::State, &["state", "estado"]),
    (Key::Has, &["has", "tiene"]),
    (Key::Context, &["context", "contexto"]),
    (Key::After, &["after", "desde", "since"]),
    (Key::Before, &["before", "hasta", "until"]),
];

/// How alike two names must be, 0 to 1, for one to be proposed in place of the other.
const LIKENESS_MIN: f64 = 0.75;

/// A restriction to a part of what was said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::search) enum FieldFilter {
    /// The customer's name holds all these words.
    Customer(Vec<Token>),
    /// The customer, or the group that it belongs to, is called by all these words.
    Group(Vec<Token>),
    /// The speaker's label holds all these words.
    Speaker(Vec<Token>),
    /// The side of the table.
    Side(Side),
    /// The language of most words.
    Language(Language),
    /// Words of two languages.
    Mixed,
    /// A suggestion of this kind.
    Kind(Kind),
    /// Words that speak of the concept with this id.
    Concept(String),
    /// A suggestion in this state.
    State(State),
    /// Something that the utterance holds.
    Has(Content),
    /// What surrounds a term of the lexicon in it.
    Context(Mark),
    /// On this day or later.
    After(Date),
    /// On this day or earlier.
    Before(Date),
}

/// What an utterance may hold besides words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) enum Content {
    /// A number bound to what it counts.
    Quantity,
    /// Something that cita proposes.
    Suggestion,
}

impl Content {
    /// The code in the index and in a query.
    pub(in crate::search) fn code(self) -> &'static str {
        match self {
            Self::Quantity => "quantity",
            Self::Suggestion => "suggestion",
        }
    }
}

/// The code of a mark in the index and in a query.
pub(in crate::search) fn mark_code(mark: Mark) -> &'static str {
    match mark {
        Mark::Negated => "negated",
        Mark::Resolved => "resolved",
        Mark::Hypothetical => "hypothetical",
        Mark::Question => "question",
        Mark::Wish => "wish",
        Mark::Reported => "reported",
        Mark::Prompted => "prompted",
        Mark::Praise => "praise",
        Mark::Courtesy => "courtesy",
        Mark::Pitch => "pitch",
        Mark::Intense => "intense",
        Mark::Note => "note",
    }
}

/// The filter of this name, whatever its case.
pub(super) fn key(name: &str) -> Option<Key> {
    let name = fold(name);
    FILTERS.iter().find(|(_, names)| names.contains(&name.as_str())).map(|(key, _)| *key)
}

/// The name that somebody who wrote this may have meant.
pub(super) fn nearest_key(name: &str) -> Option<&'static str> {
    nearest(&fold(name), FILTERS.iter().flat_map(|(_, names)| names.iter().copied()))
}

/// All names, for a hint.
pub(super) fn names() -> String {
    let names: Vec<String> = FILTERS.iter().map(|(_, names)| format!("{}:/{}:", names[0], names[1])).collect();
    names.join(" ")
}

/// The filter with its value.
///
/// # Errors
/// What is wrong with the value, and which one may have been meant.
pub(super) fn read(key: Key, value: &str, meaning: &Meaning) -> Result<FieldFilter, Said> {
    match key {
        Key::Customer => words(value).map(FieldFilter::Customer),
        Key::Group => words(value).map(FieldFilter::Group),
        Key::Has => choice(value, &contents()).map(FieldFilter::Has),
        Key::Context => choice(value, &marks()).map(FieldFilter::Context),
        Key::Speaker => words(value).map(FieldFilter::Speaker),
        Key::Concept => concept(value, meaning).map(FieldFilter::Concept),
        Key::Side => choice(value, &sides()).map(FieldFilter::Side),
        Key::Language => {
            choice(value, &languages()).map(|language| language.map_or(FieldFilter::Mixed, FieldFilter::Language))
        }
        Key::Kind => choice(value, &kinds()).map(FieldFilter::Kind),
        Key::State => choice(value, &states()).map(FieldFilter::State),
        Key::After => period(value).map(|(first, _)| FieldFilter::After(first)),
        Key::Before => period(value).map(|(_, last)| FieldFilter::Before(last)),
    }
}

type Choices<T> = Vec<(T, Vec<&'static str>)>;

/// The values that a filter knows, in English and Spanish; none where anything may stand behind it.
pub(super) fn values(key: Key) -> Vec<(&'static str, &'static str)> {
    fn pairs<T>(choices: Choices<T>) -> Vec<(&'static str, &'static str)> {
        let pair = |(_, names): (T, Vec<&'static str>)| Some((*names.first()?, *names.get(2).or(names.first())?));
        choices.into_iter().filter_map(pair).collect()
    }
    match key {
        Key::Side => pairs(sides()),
        Key::Language => vec![("es", "es"), ("en", "en"), ("mixed", "mezcla")],
        Key::Kind => pairs(kinds()),
        Key::State => vec![("pending", "pendiente"), ("accepted", "aceptada"), ("rejected", "rechazada")],
        Key::Has => vec![("quantity", "cantidad"), ("suggestion", "sugerencia")],
        Key::Context => marks().into_iter().map(|(mark, names)| (mark_code(mark), names[1])).collect(),
        Key::Customer | Key::Group | Key::Speaker | Key::Concept | Key::After | Key::Before => Vec::new(),
    }
}

fn contents() -> Choices<Content> {
    vec![
        (Content::Quantity, vec!["quantity", "cantidad", "cantidades", "quantities", "number", "número", "cifra"]),
        (Content::Suggestion, vec!["suggestion", "sugerencia", "suggestions", "sugerencias"]),
    ]
}

fn marks() -> Choices<Mark> {
    let names = |mark| match mark {
        Mark::Negated => ["negado", "negada", "denied"],
        Mark::Resolved => ["resuelto", "resuelta", "solved"],
        Mark::Hypothetical => ["hipotético", "hipotética", "imagined"],
        Mark::Question => ["pregunta", "preguntas", "asked"],
        Mark::Wish => ["deseo", "deseos", "wished"],
        Mark::Reported => ["de otros", "ajeno", "others"],
        Mark::Prompted => ["inducido", "inducida", "led"],
        Mark::Praise => ["elogio", "elogios", "praised"],
        Mark::Courtesy => ["cortesía", "cortesías", "greeting"],
        Mark::Pitch => ["venta", "explicación", "sales"],
        Mark::Intense => ["intenso", "intensa", "strong"],
        Mark::Note => ["nota", "notas", "noted"],
    };
    let all = |mark: Mark| [mark_code(mark)].into_iter().chain(names(mark)).collect();
    Mark::ALL.into_iter().map(|mark| (mark, all(mark))).collect()
}

fn concept(value: &str, meaning: &Meaning) -> Result<String, Said> {
    meaning.concept(value).map_err(|nearest| {
        let (hint_es, hint_en) = match nearest {
            Some(near) => (format!("¿Quiso decir «{near}»?"), format!("Did you mean “{near}”?")),
            None => (
                "Escriba el nombre de un concepto del léxico.".to_owned(),
                "Write the name of a concept of the lexicon.".to_owned(),
            ),
        };
        Said::new(
            format!("No hay un concepto «{value}»; el filtro no se aplicó."),
            format!("There is no concept “{value}”; the filter was not applied."),
            hint_es,
            hint_en,
        )
    })
}

fn sides() -> Choices<Side> {
    let more: [&[&str]; 4] = [&["client", "clientes"], &[], &["third", "terceros"], &["desconocido"]];
    Side::ALL.into_iter().zip(more).map(|(side, more)| (side, with(more, side.code(), |ui| side.label(ui)))).collect()
}

/// Every language; none of them stands for a mixed utterance.
fn languages() -> Choices<Option<Language>> {
    vec![
        (Some(Language::Spanish), vec!["es", "spanish", "español", "castellano", "esp"]),
        (Some(Language::English), vec!["en", "english", "inglés", "eng"]),
        (Some(Language::Portuguese), vec!["pt", "portuguese", "portugués"]),
        (Some(Language::Other), vec!["other", "otro", "otra", "otros", "unknown", "desconocido"]),
        (None, vec!["mixed", "mezcla", "mezclado", "mezclada", "mix", "mixto", "mixta"]),
    ]
}

fn kinds() -> Choices<Kind> {
    let more = |kind| -> &[&str] {
        match kind {
            Kind::Pain => &["pains", "dolores"],
            Kind::Friction => &["frictions", "fricciones"],
            Kind::Job => &["jobs", "trabajo", "trabajos"],
            Kind::Gain => &["gains", "ganancias"],
            Kind::ThinkFeel => &["think", "feel", "piensa", "siente"],
            Kind::See => &["sees"],
            Kind::Hear => &["hears"],
            Kind::SayDo => &["say", "do", "dice", "hace"],
        }
    };
    Kind::ALL.into_iter().map(|kind| (kind, with(more(kind), kind.code(), |ui| kind.label(ui)))).collect()
}

fn states() -> Choices<State> {
    let names = |state| match state {
        State::Pending => vec!["pending", "pendiente", "pendientes"],
        State::Accepted => vec!["accepted", "aceptado", "aceptada", "aceptados", "aceptadas"],
        State::Rejected => vec!["rejected", "rechazado", "rechazada", "rechazados", "rechazadas"],
    };
    State::ALL.into_iter().map(|state| (state, names(state))).collect()
}

/// The code, the labels in both languages, and more.
fn with(more: &[&'static str], code: &'static str, label: impl Fn(UiLanguage) -> &'static str) -> Vec<&'static str> {
    let labels = [code, label(UiLanguage::English), label(UiLanguage::Spanish)];
    labels.into_iter().chain(more.iter().copied()).collect()
}

/// The one of the choices that is called so, whatever its case, accents, spaces and signs.
fn choice<T: Copy>(value: &str, choices: &Choices<T>) -> Result<T, Said> {
    let wanted = plain(value);
    let names = || choices.iter().flat_map(|(choice, names)| names.iter().map(|name| (*choice, *name)));
    if let Some((choice, _)) = names().find(|(_, name)| plain(name) == wanted) {
        return Ok(choice);
    }
    let codes: Vec<&str> = choices.iter().filter_map(|(_, names)| names.first().copied()).collect();
    let codes = codes.join(", ");
    let (hint_es, hint_en) = match nearest(&wanted, names().map(|(_, name)| name)) {
        Some(near) => (format!("¿Quiso decir «{near}»?"), format!("Did you mean “{near}”?")),
        None => (format!("Valores: {codes}."), format!("Values: {codes}.")),
    };
    Err(Said::new(
        format!("El filtro no conoce el valor «{value}»; no se aplicó."),
        format!("The filter knows no value “{value}”; it was not applied."),
        hint_es,
        hint_en,
    ))
}

/// Letters and digits only, folded.
fn plain(name: &str) -> String {
    fold(name).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn nearest(wanted: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let alike = names.map(|name| (strsim::jaro_winkler(wanted, &plain(name)), name));
    alike.filter(|(alike, _)| *alike >= LIKENESS_MIN).min_by(|a, b| b.0.total_cmp(&a.0)).map(|(_, name)| name)
}

fn words(value: &str) -> Result<Vec<Token>, Said> {
    let tokens = terms::tokens(value);
    if tokens.is_empty() {
        return Err(Said::new(
            format!("«{value}» no tiene letras ni números; el filtro no se aplicó."),
            format!("“{value}” has no letters or digits; the filter was not applied."),
            "Escriba una palabra del nombre.",
            "Write a word of the name.",
        ));
    }
    Ok(tokens)
}

/// The first and the last day of `2026`, `2026-03`, `2026-03-14` or `14/3/2026`.
fn period(value: &str) -> Result<(Date, Date), Said> {
    read_period(value.trim()).ok_or_else(|| {
        Said::new(
            format!("«{value}» no es una fecha; el filtro no se aplicó."),
            format!("“{value}” is not a date; the filter was not applied."),
            "Escriba 2026, 2026-03 o 2026-03-14.",
            "Write 2026, 2026-03 or 2026-03-14.",
        )
    })
}

fn read_period(value: &str) -> Option<(Date, Date)> {
    let slashed = value.contains('/');
    let mut parts: Vec<&str> = value.split(['-', '/']).collect();
    if slashed {
        parts.reverse();
    }
    let year: i16 = parts.first().filter(|year| year.len() == 4)?.parse().ok()?;
    let number = |at: usize| parts.get(at).map(|part| part.parse::<i8>().ok());
    match (number(1), number(2), parts.len()) {
        (None, ..) => Some((Date::new(year, 1, 1).ok()?, Date::new(year, 12, 31).ok()?)),
        (Some(month), None, _) => {
            let first = Date::new(year, month?, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        (Some(month), Some(day), 3) => {
            let day = Date::new(year, month?, day?).ok()?;
            Some((day, day))
        }
        _ => None,
    }
}
