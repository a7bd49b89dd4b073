//! Text on its way into a page: HTML is escaped, and characters that a reader cannot see are shown by their number.
//!
//! Bidirectional controls can make a quote read otherwise than it is stored, and zero-width characters can hide a word
//! in it (CVE-2021-42574, "Trojan Source"); a page must never show less than what stands in the file.

use std::fmt::{self, Write};

/// How templates write every value.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shown;

impl askama::filters::Escaper for Shown {
    fn write_escaped_str<W: Write>(&self, mut out: W, text: &str) -> fmt::Result {
        let mut before = ' ';
        let mut plain_from = 0;
        for (at, letter) in text.char_indices() {
            let hidden = is_hidden(letter, before);
            let entity = entity(letter);
            before = letter;
            if !hidden && entity.is_none() {
                continue;
            }
            out.write_str(&text[plain_from..at])?;
            plain_from = at + letter.len_utf8();
            match entity {
                Some(entity) => out.write_str(entity)?,
                None => write!(out, "⟨U+{:04X}⟩", u32::from(letter))?,
            }
        }
        out.write_str(&text[plain_from..])
    }
}

/// Would the reader not see everything of this text?
pub(super) fn hides_something(text: &str) -> bool {
    let mut before = ' ';
    text.chars().any(|letter| is_hidden(letter, std::mem::replace(&mut before, letter)))
}

fn entity(letter: char) -> Option<&'static str> {
    match letter {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '"' => Some("&#34;"),
        '\'' => Some("&#39;"),
        _ => None,
    }
}

/// Controls, direction marks, zero-width and invisible characters. The joiner that follows a picture is part of it.
fn is_hidden(letter: char, before: char) -> bool {
    match letter {
        '\t' | '\n' | '\r' => false,
        '\u{200d}' => before < '\u{2190}',
        '\u{ad}'
        | '\u{34f}'
        | '\u{61c}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180e}'
        | '\u{3164}'
        | '\u{feff}'
        | '\u{ffa0}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}'
        | '\u{fff9}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e007f}' => true,
        _ => letter.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use askama::filters::Escaper;

    use super::{Shown, hides_something};

    fn shown(text: &str) -> String {
        let mut out = String::new();
        Shown.write_escaped_str(&mut out, text).expect("writing to a string cannot fail");
        out
    }

    #[test]
    fn markup_becomes_text() {
        assert_eq!(shown(r#"<img src=x onerror="a('&')">"#), "&lt;img src=x onerror=&#34;a(&#39;&amp;&#39;)&#34;&gt;");
    }

    #[test]
    fn hidden_characters_are_shown_by_their_number() {
        assert_eq!(shown("a\u{202e}b\u{200b}c\0d\u{feff}"), "a⟨U+202E⟩b⟨U+200B⟩c⟨U+0000⟩d⟨U+FEFF⟩");
        assert_eq!(shown("x\u{200d}y"), "x⟨U+200D⟩y");
        assert_eq!(shown("\u{e0041}\u{85}\u{2066}"), "⟨U+E0041⟩⟨U+0085⟩⟨U+2066⟩");
    }

    #[test]
    fn letters_accents_pictures_and_line_breaks_stay() {
        let text = "Ñandú, \"sí\"\n\t👩\u{200d}🔧 ❤️ año";
        assert_eq!(shown(text), text.replace('"', "&#34;"));
        assert!(!hides_something(text));
        assert!(hides_something("Comversa\u{202e}"));
    }
}
