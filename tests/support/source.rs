//! Rust source as tokens: enough of a reader to follow paths and measure functions, blind to comments and strings.

use std::path::{Path, PathBuf};

/// A file of the package.
pub struct SourceFile {
    /// Its path from the root of the package, with `/`.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// A word or a mark of the language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// As written; `::` is one token, strings and comments are none.
    pub text: String,
    /// One-based line.
    pub line: usize,
}

/// A path that the source names, from `crate` or from a foreign crate's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedPath {
    /// Its segments: `crate`, `model`, `Entry`.
    pub segments: Vec<String>,
    /// One-based line.
    pub line: usize,
}

/// The root of the package.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every Rust file under these folders, by path.
pub fn rust_files(folders: &[&str]) -> Vec<SourceFile> {
    files(folders).into_iter().filter(|file| file.path.ends_with(".rs")).collect()
}

/// The Rust files that `Cargo.toml` names as programs of their own: a tool stands beside the table that it makes.
pub fn tools() -> Vec<String> {
    let manifest: toml::Table = include_str!("../../Cargo.toml").parse().expect("the manifest is TOML");
    let examples = manifest.get("example").and_then(toml::Value::as_array).into_iter().flatten();
    examples.filter_map(|example| example.get("path")?.as_str().map(str::to_owned)).collect()
}

/// Every file of valid UTF-8 under these folders or of these names, by path.
pub fn files(names: &[&str]) -> Vec<SourceFile> {
    let mut paths = Vec::new();
    for name in names {
        collect(&root().join(name), &mut paths);
    }
    paths.sort();
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).ok()?;
        let path = path.strip_prefix(root()).expect("it lies in the package").display().to_string().replace('\\', "/");
        Some(SourceFile { path, text })
    };
    paths.into_iter().filter_map(read).collect()
}

fn collect(path: &Path, paths: &mut Vec<PathBuf>) {
    if path.is_file() {
        paths.push(path.to_owned());
        return;
    }
    let Ok(items) = std::fs::read_dir(path) else { return };
    for item in items {
        collect(&item.expect("a folder of the package can be read").path(), paths);
    }
}

/// The tokens of a Rust text.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut reader = Reader { chars: text.chars().collect(), at: 0, line: 1, tokens: Vec::new() };
    while reader.at < reader.chars.len() {
        reader.step();
    }
    reader.tokens
}

struct Reader {
    chars: Vec<char>,
    at: usize,
    line: usize,
    tokens: Vec<Token>,
}

impl Reader {
    fn step(&mut self) {
        let (this, next) = (self.chars[self.at], self.peek(1));
        match this {
            '/' if next == '/' => self.skip_while(|c| c != '\n'),
            '/' if next == '*' => self.block_comment(),
            '"' => self.string(0, true),
            'r' | 'b' | 'c' if self.opens_string() => self.prefixed_string(),
            '\'' => self.quote(),
            ':' if next == ':' => self.mark("::"),
            c if c.is_alphabetic() || c == '_' => self.word(),
            c if c.is_ascii_digit() => self.skip_while(|c| c.is_alphanumeric() || c == '_'),
            c if c.is_whitespace() => self.next(),
            c => self.mark(&c.to_string()),
        }
    }

    fn peek(&self, ahead: usize) -> char {
        self.chars.get(self.at + ahead).copied().unwrap_or('\0')
    }

    fn next(&mut self) {
        if self.peek(0) == '\n' {
            self.line += 1;
        }
        self.at += 1;
    }

    fn skip_while(&mut self, more: impl Fn(char) -> bool) {
        while self.at < self.chars.len() && more(self.peek(0)) {
            self.next();
        }
    }

    fn mark(&mut self, text: &str) {
        self.tokens.push(Token { text: text.to_owned(), line: self.line });
        self.at += text.chars().count();
    }

    fn word(&mut self) {
        let start = self.at;
        self.skip_while(|c| c.is_alphanumeric() || c == '_');
        let text = self.chars[start..self.at].iter().collect();
        self.tokens.push(Token { text, line: self.line });
    }

    fn block_comment(&mut self) {
        let mut depth = 0;
        loop {
            match (self.peek(0), self.peek(1)) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                ('\0', _) => return,
                _ => {
                    self.next();
                    continue;
                }
            }
            self.at += 2;
            if depth == 0 {
                return;
            }
        }
    }

    /// Does `r`, `b`, `c` or two of them open a string or a byte here?
    fn opens_string(&self) -> bool {
        let mut ahead = 1;
        if matches!(self.peek(ahead), 'r' | 'b') {
            ahead += 1;
        }
        while self.peek(ahead) == '#' {
            ahead += 1;
        }
        let after_word = self.at > 0 && (self.chars[self.at - 1].is_alphanumeric() || self.chars[self.at - 1] == '_');
        !after_word && (self.peek(ahead) == '"' || (self.peek(0) == 'b' && self.peek(1) == '\''))
    }

    fn prefixed_string(&mut self) {
        let mut raw = false;
        while matches!(self.peek(0), 'r' | 'b' | 'c') {
            raw |= self.peek(0) == 'r';
            self.at += 1;
        }
        if self.peek(0) == '\'' {
            return self.quote();
        }
        let mut fences = 0;
        while self.peek(0) == '#' {
            fences += 1;
            self.at += 1;
        }
        self.string(fences, !raw);
    }

    fn string(&mut self, fences: usize, escapes: bool) {
        self.next();
        while self.at < self.chars.len() {
            match self.peek(0) {
                '\\' if escapes => self.next(),
                '"' if (1..=fences).all(|ahead| self.peek(ahead) == '#') => {
                    self.at += 1 + fences;
                    return;
                }
                _ => {}
            }
            self.next();
        }
    }

    /// A character, or a lifetime.
    fn quote(&mut self) {
        if self.peek(1) == '\\' {
            self.at += 3;
            self.skip_while(|c| c != '\'');
            self.at += 1;
        } else if self.peek(2) == '\'' {
            self.next();
            self.next();
            self.next();
        } else {
            self.at += 1;
            self.skip_while(|c| c.is_alphanumeric() || c == '_');
        }
    }
}

/// The module that a file of `src/` is: `src/app/mod.rs` is `app`, `src/text/words/fold.rs` is `text`, `words`, `fold`.
pub fn module_of(path: &str) -> Vec<String> {
    let bare = path.trim_start_matches("src/").trim_end_matches(".rs");
    let bare = bare.strip_suffix("/mod").unwrap_or(bare);
    if matches!(bare, "lib" | "main") { Vec::new() } else { bare.split('/').map(str::to_owned).collect() }
}

/// Every path that a text of `module` names, with `self` and `super` resolved and groups written out.
pub fn paths(module: &[String], text: &str) -> Vec<NamedPath> {
    let tokens = tokens(text);
    let mut walk = Walk { tokens: &tokens, found: Vec::new() };
    let mut inner: Vec<(String, usize)> = Vec::new();
    let (mut at, mut depth) = (0, 0);
    while at < tokens.len() {
        let here: Vec<String> = module.iter().cloned().chain(inner.iter().map(|(name, _)| name.clone())).collect();
        match tokens[at].text.as_str() {
            "mod" if walk.text(at + 2) == "{" => {
                inner.push((walk.text(at + 1).to_owned(), depth));
                at += 2;
                continue;
            }
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                inner.retain(|(_, opened)| *opened < depth);
            }
            "use" if walk.text(at + 1) != "<" => {
                at = walk.tree(at + 1, Vec::new(), &here);
                continue;
            }
            _ if walk.starts_path(at) => {
                at = walk.plain(at, &here);
                continue;
            }
            _ => {}
        }
        at += 1;
    }
    walk.found
}

struct Walk<'a> {
    tokens: &'a [Token],
    found: Vec<NamedPath>,
}

impl Walk<'_> {
    fn text(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| token.text.as_str())
    }

    fn is_word(&self, at: usize) -> bool {
        self.text(at).starts_with(|c: char| c.is_alphabetic() || c == '_')
    }

    /// Is this the first word of a path of two or more?
    fn starts_path(&self, at: usize) -> bool {
        let follows =
            at > 0 && self.text(at - 1) == "::" && at > 1 && (self.is_word(at - 2) || self.text(at - 2) == ">");
        self.is_word(at) && self.text(at + 1) == "::" && !follows
    }

    fn plain(&mut self, start: usize, here: &[String]) -> usize {
        let mut segments = vec![self.text(start).to_owned()];
        let mut at = start + 1;
        while self.text(at) == "::" && self.is_word(at + 1) {
            segments.push(self.text(at + 1).to_owned());
            at += 2;
        }
        self.keep(segments, start, here);
        at
    }

    /// Reads one branch of a `use` tree; answers with the place behind it.
    fn tree(&mut self, mut at: usize, mut prefix: Vec<String>, here: &[String]) -> usize {
        loop {
            match self.text(at) {
                "::" => at += 1,
                "{" => {
                    at += 1;
                    while self.text(at) != "}" && at < self.tokens.len() {
                        at = self.tree(at, prefix.clone(), here);
                        if self.text(at) == "," {
                            at += 1;
                        }
                    }
                    return at + 1;
                }
                _ => {
                    prefix.push(self.text(at).to_owned());
                    at += 1;
                    if self.text(at) != "::" {
                        self.keep(prefix, at - 1, here);
                        return if self.text(at) == "as" { at + 2 } else { at };
                    }
                }
            }
        }
    }

    fn keep(&mut self, segments: Vec<String>, at: usize, here: &[String]) {
        let line = self.tokens[at].line;
        self.found.push(NamedPath { segments: resolved(segments, here), line });
    }
}

fn resolved(segments: Vec<String>, here: &[String]) -> Vec<String> {
    let mut base = here.to_vec();
    let mut relative = false;
    let mut rest = segments.as_slice();
    while let Some((first, behind)) = rest.split_first() {
        match first.as_str() {
            "self" => {}
            "super" => drop(base.pop()),
            _ => break,
        }
        relative = true;
        rest = behind;
    }
    if relative {
        return std::iter::once("crate".to_owned()).chain(base).chain(rest.iter().cloned()).collect();
    }
    if segments[0] == "cita" {
        return std::iter::once("crate".to_owned()).chain(segments[1..].iter().cloned()).collect();
    }
    segments
}

/// The functions of a Rust text with a body: name, first line, how many lines.
pub fn functions(text: &str) -> Vec<(String, usize, usize)> {
    let tokens = tokens(text);
    let mut found = Vec::new();
    for at in 0..tokens.len() {
        if tokens[at].text == "fn" && tokens.get(at + 1).is_some_and(|name| name.text != "(") {
            found.extend(body_end(&tokens, at).map(|end| {
                let first = tokens[at].line;
                (tokens[at + 1].text.clone(), first, end - first + 1)
            }));
        }
    }
    found
}

/// The line of the brace that closes the function's body; none for a declaration.
fn body_end(tokens: &[Token], start: usize) -> Option<usize> {
    let (mut braces, mut brackets) = (0, 0);
    for token in &tokens[start..] {
        match token.text.as_str() {
            "(" | "[" => brackets += 1,
            ")" | "]" => brackets -= 1,
            "{" => braces += 1,
            "}" => {
                braces -= 1;
                if braces == 0 {
                    return Some(token.line);
                }
            }
            ";" if braces == 0 && brackets == 0 => return None,
            _ => {}
        }
    }
    None
}
