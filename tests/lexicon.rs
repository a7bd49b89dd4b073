//! Lexicon files, the term language, the matcher, and the examples that the shipped concepts carry.

use cita::lexicon::{Lexicon, Matcher};
use cita::model::Problem;
use cita::text::words::{StemCache, Words};

fn file(id: &str, terms_es: &str, terms_en: &str, rest: &str) -> (String, String) {
    let text = format!(
        "id = \"{id}\"\nkind = \"friction\"\nfamily = \"B1\"\nweight = 2.2\nlabel = {{ es = \"Uno\", en = \"One\" }}\n\
         definition = {{ es = \"Esto.\", en = \"This.\" }}\n\n[terms]\nes = [{terms_es}]\nen = [{terms_en}]\n{rest}"
    );
    (format!("friction/{id}.toml"), text)
}

fn lexicon(files: &[(String, String)]) -> Lexicon {
    Lexicon::parse(files).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn problems(files: &[(String, String)]) -> Vec<Problem> {
    Lexicon::parse(files).expect_err("it must be refused")
}

/// What the terms find in this text.
fn found<'a>(terms_es: &str, terms_en: &str, text: &'a str) -> Vec<&'a str> {
    let lexicon = lexicon(&[file("one", terms_es, terms_en, "")]);
    let words = Words::read(text, &mut StemCache::new());
    Matcher::new(&lexicon).hits(text, &words).iter().map(|hit| hit.span.slice(text).expect("it fits")).collect()
}

#[test]
fn every_shipped_concept_passes_its_own_examples() {
    let lexicon = Lexicon::builtin().unwrap_or_else(|problems| panic!("{problems:#?}"));
    let problems = lexicon.check();
    let shown: Vec<String> = problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_deref().expect("each has a place");
            format!(
                "{}:{}: {}",
                place.file.as_deref().unwrap_or_default(),
                place.line.unwrap_or_default(),
                problem.detail.en
            )
        })
        .collect();
    assert!(problems.is_empty(), "{}", shown.join("\n"));
}

#[test]
fn every_shipped_id_is_used_once() {
    let files = Lexicon::builtin_files();
    let mut ids: Vec<&str> = files.iter().filter_map(|(path, _)| path.rsplit('/').next()).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn words_meet_by_their_stem_in_their_own_language() {
    assert_eq!(found(r#""copiar""#, "", "Copiamos y ella copió; cópialo"), ["Copiamos", "copió", "cópialo"]);
    assert_eq!(found(r#""perder el tiempo""#, "", "Se pierde el tiempo"), ["pierde el tiempo"]);
    assert_eq!(found("", r#""lose track""#, "They lost track; losing track"), ["lost track", "losing track"]);
    assert_eq!(
        found("", r#""can't find""#, "I cannot find it, can not find, can’t find"),
        ["cannot find", "can not find", "can’t find"]
    );
    assert_eq!(found(r#""año""#, "", "un año, un ano"), ["año"]);
}

#[test]
fn gaps_are_bounded_and_lazy() {
    assert_eq!(found(r#""copiar .. mano""#, "", "copiar todo eso a mano a mano"), ["copiar todo eso a mano"]);
    assert_eq!(found(r#""copiar .. mano""#, "", "copiar todo eso otra vez a mano"), Vec::<&str>::new());
    assert_eq!(
        found(r#""copiar ..6 mano""#, "", "copiar todo eso otra vez a mano"),
        ["copiar todo eso otra vez a mano"]
    );
}

#[test]
fn alternatives_may_be_empty_or_long() {
    let term = r#""(no|nunca) (se|) (puede|hay forma de) entrar""#;
    assert_eq!(
        found(term, "", "no puede entrar; nunca se puede entrar; no hay forma de entrar"),
        ["no puede entrar", "nunca se puede entrar", "no hay forma de entrar"]
    );
}

#[test]
fn exact_forms_prefixes_numbers_and_wildcards() {
    assert_eq!(found(r#""=pierde""#, "", "pierde y perder"), ["pierde"]);
    assert_eq!(found(r#""sistemas inter*""#, "", "los sistemas internos"), ["sistemas internos"]);
    assert_eq!(found(r##""# horas""##, "", "tres horas, 1.200 horas, muchas horas"), ["tres horas", "1.200 horas"]);
    assert_eq!(found("", r##""# _ hours""##, "ten long hours"), ["ten long hours"]);
}

#[test]
fn an_anchored_term_opens_a_clause() {
    assert_eq!(
        found(r#""^que llegue""#, "", "Que llegue ya, que llegue hoy y que llegue bien"),
        ["Que llegue", "que llegue"]
    );
}

#[test]
fn terms_cross_commas_and_nothing_stronger() {
    assert_eq!(found(r#""llega tarde""#, "", "llega, tarde"), ["llega, tarde"]);
    assert_eq!(found(r#""llega tarde""#, "", "llega. tarde; llega: tarde"), Vec::<&str>::new());
}

#[test]
fn the_longest_of_overlapping_hits_of_a_concept_stays() {
    assert_eq!(found(r#""a mano", "copiar a mano", "mano en mano""#, "", "copiar a mano en mano"), ["copiar a mano"]);
}

#[test]
fn patterns_find_places_in_the_source() {
    let (path, text) = file("one", "", "", "[patterns]\nes = ['no (hay|existe) \\w+ia']\n");
    let lexicon = lexicon(&[(path, text.replace("[terms]\nes = []\nen = []\n", ""))]);
    let source = "Aquí no hay garantía: NO EXISTE GUÍA.";
    let words = Words::read(source, &mut StemCache::new());
    let hits = Matcher::new(&lexicon).hits(source, &words);
    let shown: Vec<&str> = hits.iter().map(|hit| hit.span.slice(source).expect("it fits")).collect();
    assert_eq!(shown, ["no hay garantía", "NO EXISTE GUÍA"]);
}

#[test]
fn mistakes_name_their_line_and_what_was_meant() {
    let (path, text) = file("one", r#""copiar""#, "", "[exmples]\nhit = []\n");
    let problem = &problems(&[(path, text)])[0];
    assert_eq!(problem.code, "lexicon_unknown_key");
    assert_eq!(problem.hint.en, "Did you mean \"examples\"?");
    let place = problem.place.as_deref().expect("it has a place");
    assert_eq!((place.line, place.column), (Some(11), Some(2)));
    assert_eq!(place.excerpt.as_deref(), Some("[exmples]"));
    assert_eq!(place.file.as_deref(), Some("friction/one.toml"));
}

#[test]
fn every_sort_of_mistake_has_its_code() {
    let good = file("one", r#""copiar""#, "", "");
    let change = |from: &str, to: &str| problems(&[(good.0.clone(), good.1.replace(from, to))])[0].code.clone();
    assert_eq!(change("kind = \"friction\"", "kind = \"frictoin\""), "lexicon_unknown_kind");
    assert_eq!(change("kind = \"friction\"", "kind = \"pain\""), "lexicon_wrong_folder");
    assert_eq!(change("kind = \"friction\"\n", ""), "lexicon_missing_key");
    assert_eq!(change("weight = 2.2", "weight = 9"), "lexicon_bad_weight");
    assert_eq!(change("weight = 2.2", "weight = \"a\""), "lexicon_bad_weight");
    assert_eq!(change("id = \"one\"", "id = \"two\""), "lexicon_bad_id");
    assert_eq!(change("family = \"B1\"", "family = 1"), "lexicon_wrong_type");
    assert_eq!(change("weight = 2.2", "weight = "), "lexicon_syntax");
    for term in
        ["(copiar", "copiar ..", "copiar ..0 todo", "(a|e) la", "copiar (a (b|c))", "copiar ()", "#", "copiar ^ya"]
    {
        assert_eq!(change("\"copiar\"", &format!("\"{term}\"")), "lexicon_bad_term", "{term}");
    }
    let long = "a".repeat(600);
    for pattern in ["(a", "a*", long.as_str(), "(?:(?:a{100}){100}){100}"] {
        let (path, text) = file("one", r#""copiar""#, "", &format!("[patterns]\nes = ['{pattern}']\n"));
        assert_eq!(problems(&[(path, text)])[0].code, "lexicon_bad_pattern", "{pattern}");
    }
}

#[test]
fn a_bad_term_is_pointed_at_inside_its_line() {
    let (path, text) = file("one", r#""copiar", "mandar (a la""#, "", "");
    let problem = &problems(&[(path, text)])[0];
    let place = problem.place.as_deref().expect("it has a place");
    assert_eq!((place.line, place.column), (Some(9), Some(25)));
}

#[test]
fn a_later_file_replaces_an_earlier_one() {
    let base = [file("one", r#""copiar""#, "", ""), file("two", r#""pegar""#, "", "")];
    let mut both = base.to_vec();
    both.push(file("one", r#""transcribir""#, "", ""));
    let (before, after) = (lexicon(&base), lexicon(&both));
    assert_eq!(after.concepts().len(), 2);
    assert_eq!(after.concept("one").expect("it is there").terms[0].text, "transcribir");
    assert_ne!(before.version(), after.version());
    assert_eq!(before.version(), lexicon(&[base[1].clone(), base[0].clone()]).version());
}

#[test]
fn failing_examples_are_told() {
    let examples =
        "[examples]\nhit = [\"Hay que [copiar todo].\", \"nada\"]\nmiss = [{ text = \"Copian.\", why = \"so\" }]\n";
    let codes: Vec<String> = lexicon(&[file("one", r#""copiar""#, r#""copy""#, examples)])
        .check()
        .into_iter()
        .map(|problem| format!("{} {}", problem.code, problem.detail.en))
        .collect();
    assert_eq!(codes.len(), 4, "{codes:#?}");
    assert!(codes[0].contains("[copiar] (copiar)"), "{codes:#?}");
    assert!(codes[1].contains("brackets"), "{codes:#?}");
    assert!(codes[2].contains("[Copian]"), "{codes:#?}");
    assert!(codes[3].contains("no English example"), "{codes:#?}");
}
