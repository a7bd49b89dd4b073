//! WhatsApp's exported chats: `[12/3/26, 9:05:33] Name: text` from iPhones, `12/3/26 9:05 - Name: text` from Android, in
//! Spanish and English, with 12 or 24 hours. Whether 3/12 is March or December is decided from the whole file.

use jiff::civil::{Date, DateTime, Time};

use crate::model::{Nature, Span, Turn};

use super::reading::draft::Draft;
use super::reading::lines::{self, Line};
use super::reading::stamps;
use super::{Format, Parser, Sample};

/// The entry in the list of formats.
pub const FORMAT: Format = Format {
    name: "whatsapp",
    label: ("Chat de WhatsApp", "WhatsApp chat"),
    extensions: &["txt"],
    sniff,
    parser: Parser::Lenient(parse),
};

fn sniff(sample: &Sample<'_>) -> f32 {
    let (mut stamped, mut named, mut content) = (0_usize, 0_usize, 0_usize);
    for line in lines::lines(sample.text) {
        content += usize::from(!lines::trim(line.text).is_empty());
        if let Some(entry) = entry(line.text) {
            stamped += 1;
            named += usize::from(message(entry.rest).is_some());
        }
    }
    if stamped == 0 || named == 0 && stamped < 2 {
        return 0.0;
    }
    let share = stamped as f32 / content.max(1) as f32;
    match stamped {
        1 => 0.5 + 0.4 * share,
        _ => (0.85 + 0.3 * share).min(0.99),
    }
}

/// A line that begins a message or says what happened to the group.
struct Entry<'a> {
    day: Day,
    time_ms: u64,
    rest: &'a str,
}

/// A day as written: three numbers, of which the year is known, and the other two may be swapped.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Day {
    year: i16,
    first: i8,
    second: i8,
    /// The year stands first: then the month is next.
    is_iso: bool,
}

/// In which order the file writes day and month, and how that is known.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Order {
    day_first: bool,
    certain: bool,
}

fn parse(text: &str) -> Draft {
    let mut draft = Draft::default();
    let order = order(text);
    let mut first: Option<DateTime> = None;
    let mut open = false;
    for line in lines::lines(text) {
        if line.text.trim().is_empty() {
            continue;
        }
        let entry = entry(line.text);
        let Some(entry) = entry else {
            go_on(text, line, open, &mut draft);
            continue;
        };
        let Some((name, words)) = message(entry.rest) else {
            draft.leave(line);
            open = false;
            continue;
        };
        let at = entry.day.date(order).and_then(|day| moment(day, entry.time_ms));
        first = first.or(at);
        let start_ms = at.zip(first).and_then(|(at, first)| u64::try_from(at.duration_since(first).as_millis()).ok());
        let speaker = draft.speaker(name);
        let mut turn = Turn { speaker: Some(speaker), start_ms, nature: Nature::Speech, ..Turn::default() };
        turn.pieces.extend(kept(text, words));
        if turn.pieces.is_empty() {
            draft.leave(line);
        }
        // Words may follow a picture on the next lines.
        open = !is_notice(words);
        draft.turns.push(turn);
    }
    draft.turns.retain(|turn| !turn.pieces.is_empty());
    let started = draft.turns.iter().filter_map(|turn| turn.start_ms).min().unwrap_or(0);
    for turn in &mut draft.turns {
        turn.start_ms = turn.start_ms.map(|time| time - started);
    }
    tell_date(first, order, &mut draft);
    draft
}

/// A line without a date belongs to the message before it.
fn go_on(text: &str, line: Line<'_>, open: bool, draft: &mut Draft) {
    let piece = kept(text, lines::trim(line.text)).filter(|_| open);
    match (draft.turns.last_mut(), piece) {
        (Some(turn), Some(piece)) => turn.pieces.push(piece),
        _ => draft.leave(line),
    }
}

fn tell_date(first: Option<DateTime>, order: Order, draft: &mut Draft) {
    draft.facts.date = first.map(|first| first.date().to_string());
    if !order.certain && first.is_some() {
        let (es, en) = if order.day_first { ("día/mes", "day/month") } else { ("mes/día", "month/day") };
        draft.warn(
            "date_order_guessed",
            1,
            format!("Ninguna fecha del archivo dice si el día va antes que el mes; se leyó {es}."),
            format!("No date in the file tells whether the day stands before the month; it was read as {en}."),
        );
    }
}

fn moment(day: Date, time_ms: u64) -> Option<DateTime> {
    let seconds = time_ms / 1000;
    let part = |number: u64| i8::try_from(number).ok();
    let time = Time::new(part(seconds / 3600)?, part(seconds / 60 % 60)?, part(seconds % 60)?, 0).ok()?;
    Some(day.to_datetime(time))
}

/// The words of a message: none where the chat only says that something was sent or taken back.
fn kept(text: &str, words: &str) -> Option<Span> {
    let words = without_edit_mark(lines::trim(words));
    (!words.is_empty() && !is_notice(words) && !is_media(words)).then(|| lines::span_of(text, words))
}

fn without_edit_mark(words: &str) -> &str {
    const MARKS: [&str; 4] =
        ["<Se editó este mensaje.>", "<Este mensaje fue editado>", "<This message was edited>", "<Mensaje editado>"];
    let found = MARKS.iter().find_map(|mark| words.strip_suffix(mark));
    found.map_or(words, lines::trim)
}

/// Whole messages that the chat writes by itself.
fn is_notice(words: &str) -> bool {
    const NOTICES: [&str; 30] = [
        "se eliminó este mensaje",
        "este mensaje fue eliminado",
        "eliminaste este mensaje",
        "eliminó este mensaje",
        "este mensaje ha sido eliminado",
        "this message was deleted",
        "you deleted this message",
        "los mensajes y las llamadas están cifrados",
        "los mensajes y las llamadas ahora están",
        "los mensajes que envíes a este",
        "messages and calls are end-to-end encrypted",
        "messages to this chat and calls are now secured",
        "messages you send to this group are now secured",
        "llamada perdida",
        "videollamada perdida",
        "llamada de voz",
        "videollamada,",
        "missed voice call",
        "missed video call",
        "missed group",
        "voice call,",
        "video call,",
        "esperando mensaje",
        "esperando este mensaje",
        "waiting for this message",
        "cambió tu código de seguridad",
        "your security code with",
        "null",
        "sin respuesta",
        "no answer",
    ];
    let folded = lines::trim(words).to_lowercase();
    NOTICES.iter().any(|notice| folded.starts_with(notice)) && folded.len() < 400
}

/// What stands for a picture, a recording, a document.
fn is_media(words: &str) -> bool {
    const OMITTED: [&str; 4] = ["omitido", "omitida", "omitted", "omitidos"];
    let inner = words.trim_start_matches('<').trim_end_matches('>');
    let folded = inner.to_lowercase();
    let count = folded.split_whitespace().count();
    if OMITTED.iter().any(|omitted| folded.ends_with(omitted)) && (count <= 4 || folded.contains('\u{200E}')) {
        return true;
    }
    let bracketed = ["adjunto:", "attached:", "archivo adjunto"].iter().any(|start| folded.starts_with(start));
    bracketed
        || folded.ends_with("(archivo adjunto)")
        || folded.ends_with("(file attached)")
        || folded.ends_with("(archivo.vcf adjunto)")
}

/// Name and words; none for a line about the group.
fn message(rest: &str) -> Option<(&str, &str)> {
    let at = rest.match_indices(':').map(|(at, _)| at).find(|at| {
        let behind = &rest[at + 1..];
        behind.is_empty() || behind.starts_with(lines::is_blank)
    })?;
    let name = lines::trim(rest[..at].trim_start_matches(|c: char| c == '~' || lines::is_blank(c)));
    let is_name = !name.is_empty()
        && name.chars().count() <= 60
        && !name.contains(['"', '“', '”', '«', '»', '?', '!'])
        && name.split_whitespace().count() <= 8;
    is_name.then(|| (name, lines::trim(&rest[at + 1..])))
}

/// Reads the date and the time that begin a line.
fn entry(line: &str) -> Option<Entry<'_>> {
    let line = lines::trim(line);
    let inner = line.strip_prefix('[');
    let (day, rest) = day(inner.unwrap_or(line))?;
    let rest = rest.strip_prefix(',').unwrap_or(rest);
    let spaced = rest.trim_start_matches(lines::is_blank);
    let spaced = spaced.strip_prefix("a las ").or_else(|| spaced.strip_prefix("at ")).unwrap_or(spaced);
    if spaced.len() == rest.len() && !rest.is_empty() {
        return None;
    }
    let (time_ms, used) = stamps::clock(spaced)?;
    let behind = &spaced[used..];
    let rest = match inner {
        Some(_) => behind.trim_start_matches(lines::is_blank).strip_prefix(']')?,
        None => behind.trim_start_matches(lines::is_blank).strip_prefix(['-', '–'])?,
    };
    Some(Entry { day, time_ms, rest: rest.trim_start_matches(lines::is_blank) })
}

/// Three numbers between `/`, `.` or `-`.
fn day(text: &str) -> Option<(Day, &str)> {
    let mut numbers = [0_i16; 3];
    let mut lengths = [0_usize; 3];
    let mut rest = text;
    for place in 0..3 {
        let length = rest.bytes().take(5).take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 4 {
            return None;
        }
        numbers[place] = rest[..length].parse().ok()?;
        lengths[place] = length;
        rest = &rest[length..];
        if place < 2 {
            rest = rest.strip_prefix(['/', '.', '-'])?;
        }
    }
    let small = |number: i16| i8::try_from(number).ok();
    let (year, first, second, is_iso) = match lengths {
        [4, 1 | 2, 1 | 2] => (numbers[0], small(numbers[1])?, small(numbers[2])?, true),
        [1 | 2, 1 | 2, 4] => (numbers[2], small(numbers[0])?, small(numbers[1])?, false),
        [1 | 2, 1 | 2, 2] => (numbers[2] + 2000, small(numbers[0])?, small(numbers[1])?, false),
        _ => return None,
    };
    (1..=31).contains(&first).then_some(())?;
    (1..=31).contains(&second).then_some((Day { year, first, second, is_iso }, rest))
}

impl Day {
    fn date(self, order: Order) -> Option<Date> {
        let (month, day) = match (self.is_iso, order.day_first) {
            (true, _) | (false, false) => (self.first, self.second),
            (false, true) => (self.second, self.first),
        };
        Date::new(self.year, month, day).ok()
    }
}

/// Decides between day/month and month/day: a number above twelve tells, else the order of the messages in time, else the
/// language of the file.
fn order(text: &str) -> Order {
    let all: Vec<Day> = lines::lines(text).filter_map(|line| entry(line.text)).map(|entry| entry.day).collect();
    if all.iter().all(|day| day.is_iso || day.first == day.second) {
        return Order { day_first: true, certain: true };
    }
    let written = || all.iter().filter(|day| !day.is_iso);
    let (day_first, month_first) =
        (written().filter(|day| day.first > 12).count(), written().filter(|day| day.second > 12).count());
    if day_first != month_first {
        return Order { day_first: day_first > month_first, certain: true };
    }
    let steps_back = |day_first: bool| {
        let order = Order { day_first, certain: true };
        let dates: Vec<Date> = written().filter_map(|day| day.date(order)).collect();
        dates.windows(2).filter(|pair| pair[1] < pair[0]).count()
    };
    let (as_days, as_months) = (steps_back(true), steps_back(false));
    if as_days != as_months {
        return Order { day_first: as_days < as_months, certain: true };
    }
    // An American clock goes with an American date.
    let american =
        text.contains(" AM") || text.contains(" PM") || text.contains("\u{202F}AM") || text.contains("\u{202F}PM");
    let spanish = ["omitid", "cifrad", "eliminó", "añadió", "creó", "adjunto"].iter().any(|word| text.contains(word));
    Order { day_first: spanish || !american, certain: false }
}
