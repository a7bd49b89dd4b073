//! Which column of a table holds what: told by a person, named by a header, or guessed from what stands in it.

use crate::model::{ColumnRole, Problem, ProblemClass, TableColumn, TableColumns};

use super::labels::{self, Likeness};
use super::{dates, limits, lines, moments};

/// A role for each column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnMap {
    /// Does the first row name the columns?
    pub has_header: bool,
    /// What each column holds, from the left.
    pub roles: Vec<ColumnRole>,
}

impl ColumnMap {
    /// The first column of a role, zero-based.
    pub fn first(&self, role: ColumnRole) -> Option<usize> {
        self.roles.iter().position(|other| *other == role)
    }

    /// Every column of words, zero-based.
    pub fn texts(&self) -> impl Iterator<Item = usize> {
        self.roles.iter().enumerate().filter(|(_, role)| **role == ColumnRole::Text).map(|(at, _)| at)
    }

    /// The map in one line: `speaker=2,text=4,start=1,header=yes`.
    pub fn line(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        for role in ColumnRole::ALL.into_iter().filter(|role| *role != ColumnRole::Other) {
            let places = self.roles.iter().enumerate().filter(|(_, other)| **other == role);
            parts.extend(places.map(|(at, _)| format!("{}={}", role.code(), at + 1)));
        }
        parts.push(format!("header={}", if self.has_header { "yes" } else { "no" }));
        parts.join(",")
    }

    /// What a person is shown of the map. `rows` are the first rows of the table.
    pub fn shown(&self, rows: &[Vec<&str>]) -> TableColumns {
        let body = rows.get(usize::from(self.has_header)..).unwrap_or_default();
        let columns = self.roles.iter().enumerate().take(100).map(|(at, role)| {
            let name = rows.first().filter(|_| self.has_header).and_then(|row| row.get(at));
            let example = body.iter().filter_map(|row| row.get(at)).map(|cell| lines::trim(cell));
            let example = example.into_iter().find(|cell| !cell.is_empty());
            TableColumn {
                number: at + 1,
                name: name.map(|name| lines::excerpt(lines::trim(name), 80)).filter(|name| !name.is_empty()),
                role: *role,
                example: example.map(|cell| lines::excerpt(cell, 80)),
            }
        });
        TableColumns { map: self.line(), has_header: self.has_header, columns: columns.collect() }
    }
}

/// Reads what a person says of the columns: `speaker=2,text=4,start=1`, with one-based numbers or names of columns;
/// `header=yes` or `header=no` where the guess is wrong. `rows` are the first rows of the table.
///
/// # Errors
/// `bad_columns`: no such role or column, or no column of words.
pub fn told(line: &str, rows: &[Vec<&str>]) -> Result<ColumnMap, Problem> {
    let mut said: Vec<(ColumnRole, usize)> = Vec::new();
    let mut has_header = has_header(rows);
    for part in line.split([',', ';', '&']).map(str::trim).filter(|part| !part.is_empty()) {
        let (key, value) = part.split_once('=').ok_or_else(|| bad_columns(part, rows))?;
        let (key, value) = (labels::fold(key.trim()), value.trim());
        if matches!(key.as_str(), "header" | "encabezado") {
            has_header = matches!(labels::fold(value).as_str(), "yes" | "si" | "true" | "1");
            continue;
        }
        let role = role_called(&key).ok_or_else(|| bad_columns(part, rows))?;
        for column in value.split('+').map(str::trim) {
            let place = place_of(column, rows).ok_or_else(|| bad_columns(part, rows))?;
            // Who says the name of a column says that it has one.
            has_header |= column.parse::<usize>().is_err();
            said.push((role, place));
        }
    }
    let mut map = ColumnMap { has_header, roles: vec![ColumnRole::Other; width(rows, has_header)] };
    for (role, place) in said {
        *map.roles.get_mut(place).ok_or_else(|| bad_columns(line, rows))? = role;
    }
    if map.first(ColumnRole::Text).is_none() {
        return Err(bad_columns(line, rows));
    }
    Ok(map)
}

/// Guesses from the first rows of a table, of which the first may name the columns.
pub fn guess(rows: &[Vec<&str>]) -> ColumnMap {
    let has_header = has_header(rows);
    let body = rows.get(usize::from(has_header)..).unwrap_or_default();
    let columns: Vec<Column> = (0..width(rows, has_header)).map(|at| Column::of(body, at)).collect();
    let mut roles = vec![ColumnRole::Other; columns.len()];
    if has_header {
        for (at, name) in rows[0].iter().enumerate().take(columns.len()) {
            roles[at] = columns[at].allowed(role_named(name));
        }
    }
    let is_question = |at: usize| {
        has_header && rows[0].get(at).is_some_and(|name| name.trim_end().ends_with('?') || name.starts_with('¿'))
    };
    guess_times(&columns, &mut roles, has_header);
    guess_speaker(&columns, &mut roles);
    guess_texts(&columns, &mut roles, is_question);
    keep_one_each(&columns, &mut roles);
    ColumnMap { has_header, roles }
}

/// How many columns of the header have names that say what they hold.
pub fn known_names(row: &[&str]) -> usize {
    row.iter().filter(|name| role_named(name) != ColumnRole::Other).count()
}

/// Does a column of this name hold what somebody noted, rather than what was said?
pub fn is_for_notes(name: &str) -> bool {
    const WORDS: [&str; 10] = [
        "nota",
        "notas",
        "note",
        "notes",
        "observacion",
        "observaciones",
        "observations",
        "resumen",
        "summary",
        "remarks",
    ];
    let folded = labels::fold(name);
    let mut words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    !name.contains('?') && words.clone().count() <= 4 && words.any(|word| WORDS.contains(&word))
}

/// How many columns: as many as have a name, or as the widest row has.
fn width(rows: &[Vec<&str>], has_header: bool) -> usize {
    let counted = if has_header { rows.len().min(1) } else { rows.len() };
    rows[..counted].iter().map(Vec::len).max().unwrap_or(0).min(limits::MAX_COLUMNS)
}

/// What the cells of a column look like, in shares of those that hold something.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    /// How many cells hold something.
    filled: usize,
    /// Share of all rows.
    fill: f32,
    words: f32,
    clocks: f32,
    numbers: f32,
    days: f32,
    names: f32,
    /// Different values for each value.
    distinct: f32,
    grows: bool,
    /// 1, 2, 3, ...
    counts: bool,
    fractions: bool,
}

impl Column {
    fn of(rows: &[Vec<&str>], at: usize) -> Self {
        let cells: Vec<&str> =
            rows.iter().filter_map(|row| row.get(at)).map(|cell| lines::trim(cell)).filter(|c| !c.is_empty()).collect();
        let filled = cells.len();
        if filled == 0 {
            return Self::default();
        }
        let share = |test: &dyn Fn(&str) -> bool| cells.iter().filter(|cell| test(cell)).count() as f32 / filled as f32;
        let mut different: Vec<&str> = cells.clone();
        different.sort_unstable();
        different.dedup();
        let numbers: Vec<f64> = cells.iter().filter_map(|cell| moments::number(cell)).collect();
        let grows = numbers.windows(2).all(|pair| pair[0] <= pair[1]);
        let counts = numbers.windows(2).all(|pair| pair[1] - pair[0] == 1.0);
        let words: usize = cells.iter().map(|cell| cell.split_whitespace().take(40).count()).sum();
        Self {
            filled,
            fill: filled as f32 / rows.len().max(1) as f32,
            words: words as f32 / filled as f32,
            clocks: share(&|cell| moments::of_day(cell).is_some()),
            numbers: numbers.len() as f32 / filled as f32,
            days: share(&|cell| cell.len() <= 40 && dates::find(cell, dates::Order::DayFirst).is_some()),
            names: share(&|cell| {
                labels::likeness(cell) == Likeness::Name || labels::is_role(cell) || cell.contains('@')
            }),
            distinct: different.len() as f32 / filled as f32,
            grows,
            counts,
            fractions: numbers.iter().any(|number| number.fract() != 0.0),
        }
    }

    /// The role that the name of the column tells, unless what stands in it speaks against it.
    fn allowed(&self, role: ColumnRole) -> ColumnRole {
        let is_time = self.clocks >= 0.5 || self.numbers >= 0.5;
        match role {
            ColumnRole::Start | ColumnRole::End if self.days >= 0.5 => ColumnRole::Date,
            ColumnRole::Start | ColumnRole::End if !is_time && self.filled > 0 => ColumnRole::Other,
            ColumnRole::Date if self.days < 0.5 && self.filled > 0 && self.clocks >= 0.5 => ColumnRole::Start,
            ColumnRole::Speaker if self.words > 6.0 => ColumnRole::Text,
            ColumnRole::Text if self.numbers >= 0.8 && self.filled > 0 => ColumnRole::Other,
            other => other,
        }
    }
}

fn guess_times(columns: &[Column], roles: &mut [ColumnRole], has_header: bool) {
    if roles.contains(&ColumnRole::Start) {
        return;
    }
    let is_open = |at: usize, roles: &[ColumnRole]| roles[at] == ColumnRole::Other;
    let clock = (0..columns.len()).find(|at| is_open(*at, roles) && columns[*at].clocks >= 0.8);
    let seconds = (0..columns.len()).find(|at| {
        let column = &columns[*at];
        let measured = column.numbers >= 0.95 && column.grows && !column.counts && column.filled >= 3;
        is_open(*at, roles) && measured && (column.fractions || !has_header)
    });
    let Some(start) = clock.or(seconds) else { return };
    roles[start] = ColumnRole::Start;
    if let Some(next) = columns.get(start + 1)
        && is_open(start + 1, roles)
        && (next.clocks >= 0.8 || (next.numbers >= 0.95 && next.grows && !next.counts))
    {
        roles[start + 1] = ColumnRole::End;
    }
}

fn guess_speaker(columns: &[Column], roles: &mut [ColumnRole]) {
    if roles.contains(&ColumnRole::Speaker) {
        return;
    }
    let looks_like_names = |column: &Column| column.names >= 0.8 && column.words <= 5.0 && column.fill >= 0.5;
    let open = || (0..columns.len()).filter(|at| roles[*at] == ColumnRole::Other && looks_like_names(&columns[*at]));
    let place = open().find(|at| columns[*at].distinct <= 0.5 && columns[*at].filled >= 4).or_else(|| open().next());
    if let Some(place) = place {
        roles[place] = ColumnRole::Speaker;
    } else if let Some(customer) = roles.iter().position(|role| *role == ColumnRole::Customer)
        && columns[customer].distinct * columns[customer].filled as f32 >= 2.0
    {
        // A list of what several customers said: each speaks for itself.
        roles[customer] = ColumnRole::Speaker;
    }
}

fn guess_texts(columns: &[Column], roles: &mut [ColumnRole], is_question: impl Fn(usize) -> bool) {
    let captions = roles.contains(&ColumnRole::Start);
    let named = roles.contains(&ColumnRole::Text);
    if captions && named {
        return;
    }
    for at in 0..columns.len() {
        let long = columns[at].words >= 5.0 || (is_question(at) && columns[at].words >= 2.5);
        if roles[at] == ColumnRole::Other && long && columns[at].numbers < 0.2 && columns[at].filled > 0 {
            roles[at] = ColumnRole::Text;
        }
    }
    if roles.contains(&ColumnRole::Text) {
        return;
    }
    let longest = (0..columns.len())
        .filter(|at| roles[*at] == ColumnRole::Other && columns[*at].numbers < 0.5 && columns[*at].clocks < 0.5)
        .max_by(|one, other| columns[*one].words.total_cmp(&columns[*other].words));
    match longest {
        Some(at) if columns[at].words > 0.0 => roles[at] = ColumnRole::Text,
        // A table of one column holds words or nothing.
        _ if columns.len() == 1 => roles[0] = ColumnRole::Text,
        _ => {}
    }
}

/// One column for every role but words; in a table of captions one for those too.
fn keep_one_each(columns: &[Column], roles: &mut [ColumnRole]) {
    for role in ColumnRole::ALL.into_iter().filter(|role| *role != ColumnRole::Other) {
        let many = role == ColumnRole::Text && !roles.contains(&ColumnRole::Start);
        if many {
            continue;
        }
        let places: Vec<usize> = (0..roles.len()).filter(|at| roles[*at] == role).collect();
        let kept = match role {
            ColumnRole::Text => {
                places.iter().copied().max_by(|one, other| columns[*one].words.total_cmp(&columns[*other].words))
            }
            _ => places.iter().copied().max_by(|one, other| {
                // The fullest wins, and of equals the first.
                columns[*one].fill.total_cmp(&columns[*other].fill).then(other.cmp(one))
            }),
        };
        for place in places.into_iter().filter(|place| Some(*place) != kept) {
            roles[place] = ColumnRole::Other;
        }
    }
}

/// Does the first row name the columns?
fn has_header(rows: &[Vec<&str>]) -> bool {
    let Some(first) = rows.first() else { return false };
    let filled = first.iter().filter(|cell| !lines::trim(cell).is_empty()).count();
    let is_data = |cell: &&&str| moments::number(cell).is_some() || moments::of_day(cell).is_some();
    if filled == 0 || first.iter().any(|cell| is_data(&cell)) || first.iter().any(|cell| cell.len() > 400) {
        return false;
    }
    let known = known_names(first);
    if known >= 2 || (known == 1 && (first.len() <= 3 || filled == first.len())) {
        return true;
    }
    // Without a known name: questions above answers, or short names above long texts.
    let body = &rows[1..];
    let questions = first.iter().filter(|cell| cell.trim_end().ends_with('?')).count();
    let is_name = |at: usize| {
        let name = lines::trim(first[at]);
        let column = Column::of(body, at);
        let never_again = body.iter().all(|row| row.get(at).is_none_or(|cell| lines::trim(cell) != name));
        never_again
            && (column.words >= 6.0 && name.split_whitespace().count() <= 4 || column.numbers + column.clocks >= 0.9)
    };
    body.len() >= 2 && (questions * 2 >= filled || (0..first.len()).any(is_name))
}

fn role_called(key: &str) -> Option<ColumnRole> {
    const SPANISH: [(&str, ColumnRole); 12] = [
        ("hablante", ColumnRole::Speaker),
        ("quien", ColumnRole::Speaker),
        ("texto", ColumnRole::Text),
        ("inicio", ColumnRole::Start),
        ("fin", ColumnRole::End),
        ("fecha", ColumnRole::Date),
        ("lado", ColumnRole::Side),
        ("idioma", ColumnRole::Language),
        ("cliente", ColumnRole::Customer),
        ("otro", ColumnRole::Other),
        ("ninguno", ColumnRole::Other),
        ("none", ColumnRole::Other),
    ];
    let english = ColumnRole::ALL.into_iter().find(|role| role.code() == key);
    english.or_else(|| SPANISH.iter().find(|(name, _)| *name == key).map(|(_, role)| *role))
}

fn place_of(column: &str, rows: &[Vec<&str>]) -> Option<usize> {
    if let Ok(number) = column.parse::<usize>() {
        return number.checked_sub(1);
    }
    let wanted = labels::fold(column);
    rows.first()?.iter().position(|name| labels::fold(lines::trim(name)) == wanted)
}

/// Names of columns (folded, without marks) as tools and people write them, in Spanish and English.
const NAMES: &[(ColumnRole, &[&str])] = &[
    (
        ColumnRole::Speaker,
        &[
            "speaker",
            "speaker name",
            "speaker label",
            "hablante",
            "orador",
            "locutor",
            "interlocutor",
            "participante",
            "participant",
            "nombre",
            "name",
            "nombre completo",
            "full name",
            "nombre y apellido",
            "persona",
            "person",
            "quien",
            "quien habla",
            "who",
            "autor",
            "author",
            "usuario",
            "user",
            "contacto",
            "contact",
            "contact name",
            "entrevistado",
            "entrevistada",
            "interviewee",
            "respondent",
            "respondente",
            "encuestado",
            "remitente",
            "sender",
            "from",
            "de",
            "agente",
            "agent",
            "asistente",
            "attendee",
        ],
    ),
    (
        ColumnRole::Text,
        &[
            "text",
            "texto",
            "transcript",
            "transcripcion",
            "transcription",
            "message",
            "mensaje",
            "contenido",
            "content",
            "intervencion",
            "utterance",
            "sentence",
            "frase",
            "oracion",
            "comentario",
            "comentarios",
            "comment",
            "comments",
            "respuesta",
            "respuestas",
            "answer",
            "answers",
            "response",
            "nota",
            "notas",
            "note",
            "notes",
            "observacion",
            "observaciones",
            "observations",
            "descripcion",
            "description",
            "feedback",
            "caption",
            "dialogo",
            "dialogue",
            "palabras",
            "words",
            "body",
            "cuerpo",
            "cita",
            "quote",
            "verbatim",
            "opinion",
            "detalle",
            "detalles",
            "details",
            "resumen",
            "summary",
            "line",
            "linea",
            "habla",
            "speech",
        ],
    ),
    (
        ColumnRole::Start,
        &[
            "start",
            "start time",
            "start ms",
            "start s",
            "start sec",
            "start seconds",
            "starttime",
            "begin",
            "inicio",
            "comienzo",
            "hora de inicio",
            "tiempo",
            "tiempo inicial",
            "tiempo de inicio",
            "time",
            "timestamp",
            "timecode",
            "time stamp",
            "marca de tiempo",
            "hora",
            "offset",
            "in",
            "desde",
            "minuto",
            "minute",
            "segundo",
            "segundos",
            "seconds",
            "inicio ms",
            "inicio s",
            "time in",
        ],
    ),
    (
        ColumnRole::End,
        &[
            "end",
            "end time",
            "end ms",
            "end s",
            "end sec",
            "end seconds",
            "endtime",
            "stop",
            "fin",
            "hasta",
            "out",
            "hora de fin",
            "tiempo final",
            "tiempo de fin",
            "fin ms",
            "fin s",
            "time out",
        ],
    ),
    (
        ColumnRole::Date,
        &[
            "date",
            "fecha",
            "dia",
            "day",
            "created",
            "created at",
            "creado",
            "submitted at",
            "submit date",
            "marca temporal",
            "fecha y hora",
            "date and time",
            "datetime",
            "fecha de la reunion",
            "meeting date",
            "fecha de respuesta",
            "fecha de envio",
            "completion time",
            "last modified",
        ],
    ),
    (ColumnRole::Side, &["side", "lado", "rol", "role", "parte", "bando", "speaker type", "speaker role"]),
    (ColumnRole::Language, &["language", "idioma", "lang", "lengua", "locale"]),
    (
        ColumnRole::Customer,
        &[
            "customer",
            "cliente",
            "client",
            "company",
            "company name",
            "empresa",
            "account",
            "account name",
            "cuenta",
            "organizacion",
            "organization",
            "organisation",
            "compania",
            "razon social",
        ],
    ),
];

fn role_named(name: &str) -> ColumnRole {
    let folded = labels::fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 5 {
        return ColumnRole::Other;
    }
    let key = words.join(" ");
    let listed = |key: &str| NAMES.iter().find(|(_, names)| names.contains(&key)).map(|(role, _)| *role);
    listed(&key).unwrap_or(ColumnRole::Other)
}

fn bad_columns(said: &str, rows: &[Vec<&str>]) -> Problem {
    let shown = lines::excerpt(said, 80);
    let there: Vec<String> = rows
        .first()
        .into_iter()
        .flatten()
        .take(20)
        .enumerate()
        .map(|(at, name)| format!("{} = {}", at + 1, lines::excerpt(lines::trim(name), 30)))
        .collect();
    let there = there.join("; ");
    Problem::new(
        "bad_columns",
        ProblemClass::Invalid,
        format!("No se entiende qué columnas son: «{shown}»."),
        format!("It is not clear which columns these are: “{shown}”."),
    )
    .hint(
        format!("Escríbalo como speaker=2,text=4,start=1 y nombre al menos text. La primera fila es: {there}"),
        format!("Write it like speaker=2,text=4,start=1, and name at least text. The first row is: {there}"),
    )
}
