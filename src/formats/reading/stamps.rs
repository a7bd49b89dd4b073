//! Times as transcripts write them.

/// A clock time or a time since the start: `12:03`, `0:12:03`, `00:12:03.450`, `00:12:03,450`, `11:02:09 AM`.
/// Gives milliseconds and how many bytes it took.
pub fn clock(text: &str) -> Option<(u64, usize)> {
    let bytes = text.as_bytes();
    let (first, mut at) = digits(bytes, 0, 3)?;
    if bytes.get(at) != Some(&b':') {
        return None;
    }
    let (second, next) = digits(bytes, at + 1, 2)?;
    at = next;
    let mut seconds = first * 60 + second;
    let mut smallest = second;
    let mut has_hours = false;
    if bytes.get(at) == Some(&b':')
        && let Some((third, next)) = digits(bytes, at + 1, 2)
    {
        if second > 59 {
            return None;
        }
        seconds = first * 3600 + second * 60 + third;
        smallest = third;
        has_hours = true;
        at = next;
    }
    if smallest > 59 {
        return None;
    }
    let mut milliseconds = seconds * 1000;
    if matches!(bytes.get(at), Some(b'.' | b','))
        && let Some((fraction, next)) = fraction(bytes, at + 1)
    {
        milliseconds += fraction;
        at = next;
    }
    if bytes.get(at).is_some_and(u8::is_ascii_alphanumeric) || bytes.get(at) == Some(&b':') {
        return None;
    }
    if let Some((shift_hours, next)) = half_of_day(bytes, at, first) {
        let hours_ms = if has_hours { 3_600_000 } else { 60_000 };
        let minutes_as_hours = if has_hours { 1 } else { 60 };
        milliseconds = (milliseconds % (12 * hours_ms)) * minutes_as_hours + shift_hours * 3_600_000;
        at = next;
    }
    Some((milliseconds, at))
}

/// A caption time, which must have a fraction or may lack it, as the whole of `text`.
pub fn whole(text: &str) -> Option<u64> {
    clock(text).filter(|(_, used)| *used == text.len()).map(|(time, _)| time)
}

/// Does the line hold the arrow of a timing line?
pub fn has_arrow(line: &str) -> bool {
    // Lines with `>` are rare; looking for one byte is much quicker than looking for three.
    memchr::memchr(b'>', line.as_bytes()).is_some() && line.contains("-->")
}

/// A caption's timing line: start, end, what follows on the line.
pub fn timing(line: &str) -> Option<(u64, u64, &str)> {
    if !line.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let arrow = line.find("-->")?;
    let start = whole(line[..arrow].trim())?;
    let after = line[arrow + 3..].trim_start();
    let (end, used) = clock(after)?;
    Some((start, end, &after[used..]))
}

/// A time at the start of a line in round or square brackets or bare, possibly a range, with the separators behind it.
/// Gives milliseconds and the rest of the line.
pub fn leading(line: &str) -> Option<(u64, &str)> {
    let first = line.as_bytes().first()?;
    let (closing, inner) = match first {
        b'[' => (Some(']'), &line[1..]),
        b'(' => (Some(')'), &line[1..]),
        b'@' => (None, &line[1..]),
        b'0'..=b'9' => (None, line),
        _ => return None,
    };
    let (time, used) = clock(inner.trim_start())?;
    let mut rest = inner.trim_start()[used..].trim_start();
    for mark in ["-->", "->", "-", "–", "—", "to "] {
        if let Some(after) = rest.strip_prefix(mark)
            && let Some((_, used)) = clock(after.trim_start())
        {
            rest = after.trim_start()[used..].trim_start();
            break;
        }
    }
    if let Some(closing) = closing {
        rest = rest.strip_prefix(closing)?;
    }
    let rest = rest.trim_start();
    let unmarked = ["-", "–", "—", "|", "·", ":"].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    Some((time, unmarked.trim_start()))
}

/// A time at the end of a line, bare or in brackets, with the separators before it. Gives milliseconds and what stands
/// before.
pub fn trailing(line: &str) -> Option<(u64, &str)> {
    let line = line.trim_end();
    let last = line.as_bytes().last()?;
    let is_time_end = last.is_ascii_digit() || matches!(last, b']' | b')' | b'm' | b'M' | b'.');
    if !is_time_end {
        return None;
    }
    let (inner, opening) = match last {
        b']' => (&line[..line.len() - 1], Some('[')),
        b')' => (&line[..line.len() - 1], Some('(')),
        _ => (line, None),
    };
    // A time takes at most 16 bytes: `999:59:59.999 AM`.
    let from = inner.floor_char_boundary(inner.len().saturating_sub(18));
    let tail = &inner[from..];
    let start = tail.char_indices().find_map(|(at, c)| {
        let free = at == 0
            || !tail[..at].ends_with(|before: char| before.is_ascii_alphanumeric() || before == ':' || before == '.');
        (c.is_ascii_digit() && free && clock(&tail[at..]).is_some_and(|(_, used)| at + used == tail.len()))
            .then_some(at)
    })?;
    let (time, _) = clock(&tail[start..])?;
    let before = &inner[..from + start];
    let before = match opening {
        Some(opening) => before.strip_suffix(opening)?,
        None => before,
    };
    Some((time, before))
}

fn digits(bytes: &[u8], from: usize, limit: usize) -> Option<(u64, usize)> {
    let mut value = 0;
    let mut at = from;
    while let Some(byte) = bytes.get(at)
        && byte.is_ascii_digit()
    {
        if at - from == limit {
            return None;
        }
        value = value * 10 + u64::from(byte - b'0');
        at += 1;
    }
    (at > from).then_some((value, at))
}

/// Thousandths, from one to nine digits.
fn fraction(bytes: &[u8], from: usize) -> Option<(u64, usize)> {
    let mut value = 0;
    let mut at = from;
    while let Some(byte) = bytes.get(at)
        && byte.is_ascii_digit()
        && at - from < 9
    {
        if at - from < 3 {
            value = value * 10 + u64::from(byte - b'0');
        }
        at += 1;
    }
    let missing = 3_usize.saturating_sub(at - from);
    (at > from).then_some((value * 10_u64.pow(u32::try_from(missing).unwrap_or(0)), at))
}

/// `AM`, `p. m.` and the like after a time: how many hours it adds, and where it ends.
fn half_of_day(bytes: &[u8], from: usize, first: u64) -> Option<(u64, usize)> {
    if first > 12 {
        return None;
    }
    let mut at = after_spaces(bytes, from);
    let half = bytes.get(at)?.to_ascii_lowercase();
    let shift = match half {
        b'a' => 0,
        b'p' => 12,
        _ => return None,
    };
    at += 1;
    if bytes.get(at) == Some(&b'.') {
        at = after_spaces(bytes, at + 1);
    }
    if !bytes.get(at)?.eq_ignore_ascii_case(&b'm') {
        return None;
    }
    at += 1;
    if bytes.get(at) == Some(&b'.') {
        at += 1;
    }
    (!bytes.get(at).is_some_and(u8::is_ascii_alphanumeric)).then_some((shift, at))
}

/// Where spaces end that begin at `from`: plain ones, and the unbroken and narrow ones that telephones write in a time.
fn after_spaces(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    loop {
        at += match bytes.get(at..).unwrap_or_default() {
            [b' ', ..] => 1,
            [0xC2, 0xA0, ..] => 2,
            [0xE2, 0x80, 0xAF, ..] => 3,
            _ => return at,
        };
    }
}
