//! Reads lexicon files; every mistake names its line.

use std::collections::BTreeMap;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::model::{Bilingual, Kind, Problem};
use crate::text::words::{StemCache, StemLanguage};

use super::concept::{Concept, Example, Lexicon, Pattern, Term};
use super::source::{SourceFile, meant};
use super::term::TermShape;
use super::{limits, patterns, version};

/// The keys of a lexicon file.
const KEYS: &[&str] =
    &["id", "kind", "family", "weight", "topic", "label", "definition", "terms", "patterns", "examples"];
const LANGUAGES: &[&str] = &["es", "en"];
const EXAMPLE_KEYS: &[&str] = &["hit", "miss"];
const MISS_KEYS: &[&str] = &["text", "why"];
const KIND_CODES: [&str; 8] = ["pain", "friction", "job", "gain", "think_feel", "see", "hear", "say_do"];

/// The largest weight, in log-odds, either way.
const HEAVIEST: f64 = 5.0;

impl Lexicon {
    /// Reads files, each a path and a text. A later file replaces an earlier one of the same id: that is how a team's
    /// own folder lies over the built-in one.
    ///
    /// # Errors
    /// Every mistake of every file, with path, line, column and the line itself.
    pub fn parse(files: &[(String, String)]) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let mut cache = StemCache::new();
        let mut found: BTreeMap<String, (Concept, &str)> = BTreeMap::new();
        for (path, text) in files {
            let mut reader = FileReader { file: SourceFile { path, text }, problems: &mut problems, cache: &mut cache };
            if let Some(concept) = reader.concept() {
                found.insert(concept.id.clone(), (concept, text));
            }
        }
        check_pattern_total(&found, &mut problems);
        if !problems.is_empty() {
            return Err(problems);
        }
        let version = version::of(found.iter().map(|(id, (_, text))| (id.as_str(), *text)));
        Ok(Self { concepts: found.into_values().map(|(concept, _)| concept).collect(), version })
    }
}

fn check_pattern_total(found: &BTreeMap<String, (Concept, &str)>, problems: &mut Vec<Problem>) {
    let all = || found.values().flat_map(|(concept, _)| &concept.patterns);
    let bytes: usize = all().map(|pattern| pattern.text.len()).sum();
    if all().count() <= limits::PATTERNS && bytes <= limits::ALL_PATTERN_BYTES {
        return;
    }
    problems.push(
        Problem::new(
            "lexicon_too_many_patterns",
            crate::model::ProblemClass::TooLarge,
            format!("El léxico tiene {} patrones con {bytes} bytes.", all().count()),
            format!("The lexicon has {} patterns of {bytes} bytes.", all().count()),
        )
        .hint(
            format!("Caben {} patrones y {} bytes: escriba términos.", limits::PATTERNS, limits::ALL_PATTERN_BYTES),
            format!(
                "There is room for {} patterns and {} bytes: write terms.",
                limits::PATTERNS,
                limits::ALL_PATTERN_BYTES
            ),
        ),
    );
}

type Value<'i> = Spanned<DeValue<'i>>;

/// Reads one file and collects its mistakes.
struct FileReader<'a> {
    file: SourceFile<'a>,
    problems: &'a mut Vec<Problem>,
    cache: &'a mut StemCache,
}

impl<'a> FileReader<'a> {
    fn concept(&mut self) -> Option<Concept> {
        if self.file.text.len() > limits::FILE_BYTES {
            self.wrong("lexicon_file_too_large", 0..0, "El archivo es demasiado grande.", "The file is too large.");
            return None;
        }
        let root = match DeTable::parse(self.file.text) {
            Ok(root) => root,
            Err(error) => {
                let range = error.span().unwrap_or(0..0);
                self.wrong(
                    "lexicon_syntax",
                    range,
                    "No es TOML válido.",
                    &format!("This is no valid TOML: {}.", error.message()),
                );
                return None;
            }
        };
        let problems_before = self.problems.len();
        let whole = 0..0;
        let table = root.get_ref();
        self.known_keys(table, KEYS);
        let id = self.text_of(table, "id", &whole);
        let kind = self.kind_of(table, &whole);
        let family = self.text_of(table, "family", &whole);
        let weight = self.weight_of(table, &whole);
        let topic = self.topic_of(table);
        let label = self.bilingual_of(table, "label", &whole);
        let definition = self.bilingual_of(table, "definition", &whole);
        let terms = self.terms_of(table);
        let patterns = self.patterns_of(table);
        let (hits, misses) = self.examples_of(table);
        let id = id?;
        let kind = kind?;
        self.check_home(table, &id, kind);
        if terms.is_empty() && patterns.is_empty() {
            self.wrong(
                "lexicon_missing_key",
                whole.clone(),
                "El concepto no tiene términos ni patrones.",
                "The concept has neither terms nor patterns.",
            );
        }
        if self.problems.len() > problems_before {
            return None;
        }
        Some(Concept {
            id,
            kind,
            family: family?,
            weight: weight?,
            topic,
            label: label?,
            definition: definition?,
            terms,
            patterns,
            hits,
            misses,
            place: self.file.place(whole),
        })
    }

    fn wrong(&mut self, code: &str, range: Range<usize>, es: &str, en: &str) {
        self.problems.push(self.file.problem(code, range, es.to_owned(), en.to_owned()));
    }

    fn wrong_with_hint(&mut self, code: &str, range: Range<usize>, detail: (String, String), hint: (String, String)) {
        self.problems.push(self.file.problem(code, range, detail.0, detail.1).hint(hint.0, hint.1));
    }

    fn known_keys(&mut self, table: &DeTable<'_>, known: &[&str]) {
        for (key, _) in table {
            let name = key.get_ref().as_ref();
            if !known.contains(&name) {
                self.wrong_with_hint(
                    "lexicon_unknown_key",
                    key.span(),
                    (format!("No hay ninguna clave «{name}» aquí."), format!("No key is called \"{name}\" here.")),
                    meant(name, known),
                );
            }
        }
    }

    /// The value of a key that must be there.
    fn required<'t, 'i>(&mut self, table: &'t DeTable<'i>, key: &str, parent: &Range<usize>) -> Option<&'t Value<'i>> {
        let value = table.get(key);
        if value.is_none() {
            self.wrong(
                "lexicon_missing_key",
                parent.clone(),
                &format!("Falta la clave «{key}»."),
                &format!("The key \"{key}\" is missing."),
            );
        }
        value
    }

    fn text<'t>(&mut self, value: &'t Value<'_>) -> Option<&'t str> {
        match value.get_ref() {
            DeValue::String(text) if !text.trim().is_empty() => Some(text.as_ref()),
            DeValue::String(_) => {
                self.wrong(
                    "lexicon_wrong_type",
                    value.span(),
                    "Aquí va un texto; está vacío.",
                    "A text goes here; it is empty.",
                );
                None
            }
            _ => {
                self.wrong(
                    "lexicon_wrong_type",
                    value.span(),
                    "Aquí va un texto entre comillas.",
                    "A quoted text goes here.",
                );
                None
            }
        }
    }

    fn table<'t, 'i>(&mut self, value: &'t Value<'i>) -> Option<&'t DeTable<'i>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong("lexicon_wrong_type", value.span(), "Aquí va una tabla { … }.", "A table { … } goes here.");
        }
        table
    }

    fn list<'t, 'i>(&mut self, value: &'t Value<'i>) -> &'t [Value<'i>] {
        match value.get_ref().as_array() {
            Some(list) => list,
            None => {
                self.wrong("lexicon_wrong_type", value.span(), "Aquí va una lista [ … ].", "A list [ … ] goes here.");
                &[]
            }
        }
    }

    fn text_of(&mut self, table: &DeTable<'_>, key: &str, parent: &Range<usize>) -> Option<String> {
        let value = self.required(table, key, parent)?;
        self.text(value).map(str::to_owned)
    }

    fn kind_of(&mut self, table: &DeTable<'_>, parent: &Range<usize>) -> Option<Kind> {
        let value = self.required(table, "kind", parent)?;
        let code = self.text(value)?;
        let kind = code.parse().ok();
        if kind.is_none() {
            self.wrong_with_hint(
                "lexicon_unknown_kind",
                value.span(),
                (format!("Ningún tipo se llama «{code}»."), format!("No kind is called \"{code}\".")),
                meant(code, &KIND_CODES),
            );
        }
        kind
    }

    fn weight_of(&mut self, table: &DeTable<'_>, parent: &Range<usize>) -> Option<f32> {
        let value = self.required(table, "weight", parent)?;
        let number: Option<f64> = match value.get_ref() {
            DeValue::Float(float) => float.as_str().parse().ok(),
            DeValue::Integer(integer) => integer.as_str().parse().ok(),
            _ => None,
        };
        match number.filter(|number| number.abs() <= HEAVIEST) {
            Some(number) => Some(number as f32),
            None => {
                self.wrong(
                    "lexicon_bad_weight",
                    value.span(),
                    "El peso es un número de -5 a 5.",
                    "The weight is a number from -5 to 5.",
                );
                None
            }
        }
    }

    /// Whether its label names a topic; it does unless the file says `topic = false`.
    fn topic_of(&mut self, table: &DeTable<'_>) -> bool {
        let Some(value) = table.get("topic") else { return true };
        if let DeValue::Boolean(topic) = value.get_ref() {
            return *topic;
        }
        self.wrong(
            "lexicon_bad_topic",
            value.span(),
            "El valor de «topic» es true o false.",
            "The value of \"topic\" is true or false.",
        );
        true
    }

    fn bilingual_of(&mut self, table: &DeTable<'_>, key: &str, parent: &Range<usize>) -> Option<Bilingual> {
        let value = self.required(table, key, parent)?;
        let inner = self.table(value)?;
        self.known_keys(inner, LANGUAGES);
        let es = self.text_of(inner, "es", &value.span());
        let en = self.text_of(inner, "en", &value.span());
        Some(Bilingual { es: es?, en: en? })
    }

    /// The texts under `key`, per language, with their places.
    fn texts_of(&mut self, table: &DeTable<'_>, key: &str) -> Vec<(StemLanguage, String, Range<usize>)> {
        let mut texts = Vec::new();
        let Some(value) = table.get(key) else { return texts };
        let Some(inner) = self.table(value) else { return texts };
        self.known_keys(inner, LANGUAGES);
        for (language, code) in [(StemLanguage::Spanish, "es"), (StemLanguage::English, "en")] {
            let Some(list) = inner.get(code) else { continue };
            for one in self.list(list) {
                if let Some(text) = self.text(one) {
                    texts.push((language, text.to_owned(), one.span()));
                }
            }
        }
        texts
    }

    fn terms_of(&mut self, table: &DeTable<'_>) -> Vec<Term> {
        let mut terms = Vec::new();
        for (language, text, span) in self.texts_of(table, "terms") {
            match TermShape::parse(&text, language, self.cache) {
                Ok(shape) => terms.push(Term { text, language, shape }),
                Err(mistake) => {
                    let start = span.start + 1 + mistake.range.start;
                    self.wrong(
                        "lexicon_bad_term",
                        start..span.end,
                        &format!("En el término «{text}»: {}.", mistake.es),
                        &format!("In the term \"{text}\": {}.", mistake.en),
                    );
                }
            }
        }
        terms
    }

    fn patterns_of(&mut self, table: &DeTable<'_>) -> Vec<Pattern> {
        let mut found = Vec::new();
        for (language, text, span) in self.texts_of(table, "patterns") {
            match patterns::compile(&text) {
                Ok(_) => found.push(Pattern { text, language }),
                Err(why) => self.wrong(
                    "lexicon_bad_pattern",
                    span,
                    &format!("El patrón no se puede usar: {why}"),
                    &format!("The pattern cannot be used: {why}"),
                ),
            }
        }
        found
    }

    fn examples_of(&mut self, table: &DeTable<'_>) -> (Vec<Example>, Vec<Example>) {
        let (mut hits, mut misses) = (Vec::new(), Vec::new());
        let Some(value) = table.get("examples") else { return (hits, misses) };
        let Some(inner) = self.table(value) else { return (hits, misses) };
        self.known_keys(inner, EXAMPLE_KEYS);
        for one in inner.get("hit").map(|list| self.list(list)).unwrap_or_default() {
            if let Some(text) = self.text(one) {
                hits.push(Example { text: text.to_owned(), why: None, place: self.file.place(one.span()) });
            }
        }
        for one in inner.get("miss").map(|list| self.list(list)).unwrap_or_default() {
            let Some(miss) = self.table(one) else { continue };
            self.known_keys(miss, MISS_KEYS);
            let text = self.text_of(miss, "text", &one.span());
            let why = self.text_of(miss, "why", &one.span());
            if let (Some(text), Some(why)) = (text, why) {
                misses.push(Example { text, why: Some(why), place: self.file.place(one.span()) });
            }
        }
        (hits, misses)
    }

    /// The id is the file's name, and a folder that is named like a kind holds that kind.
    fn check_home(&mut self, table: &DeTable<'_>, id: &str, kind: Kind) {
        let mut parts = self.file.path.rsplit(['/', '\\']);
        let name = parts.next().unwrap_or_default();
        let folder = parts.next().and_then(|folder| folder.parse::<Kind>().ok());
        let span = |key: &str| table.get(key).map_or(0..0, Spanned::span);
        let shaped =
            !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !shaped || name.strip_suffix(".toml").unwrap_or(name) != id {
            self.wrong(
                "lexicon_bad_id",
                span("id"),
                &format!("El id «{id}» debe ser el nombre del archivo, en minúsculas, cifras y guiones."),
                &format!("The id \"{id}\" must be the file's name, in lower-case letters, digits and hyphens."),
            );
        }
        if let Some(folder) = folder.filter(|folder| *folder != kind) {
            self.wrong(
                "lexicon_wrong_folder",
                span("kind"),
                &format!("El archivo está en la carpeta «{folder}» y dice ser «{kind}»."),
                &format!("The file lies in the folder \"{folder}\" and says that it is \"{kind}\"."),
            );
        }
    }
}
