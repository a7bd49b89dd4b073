//! From the pieces of a query to its tree.

use super::filters;
use super::lexer::{Lexeme, Piece};
use super::notes::{Notes, Said};
use super::{DEPTH_MAX, Node};
use crate::model::{Problem, ProblemClass, Span};
use crate::search::meaning::Meaning;
use crate::search::terms::{self, Token};

/// The fewest letters before the star of a prefix.
const PREFIX_CHARS_MIN: usize = 2;

/// The tree of these pieces; none where nothing is left to look for.
///
/// # Errors
/// `query_too_deep`.
pub(super) fn parse<'q>(
    lexemes: &[Lexeme<'q>],
    meaning: &Meaning,
    notes: &mut Notes<'q>,
) -> Result<Option<Node>, Problem> {
    let mut parser = Parser { lexemes, meaning, at: 0, notes };
    let mut nodes = Vec::new();
    loop {
        nodes.extend(parser.any(0)?);
        let Some(lexeme) = parser.peek() else { break };
        // Only a bracket that nothing opened stops the reading before the end.
        parser.notes.add("unopened_bracket", lexeme.span, unopened_bracket());
        parser.at += 1;
    }
    Ok(joined(nodes, Node::Loose))
}

struct Parser<'a, 'q> {
    lexemes: &'a [Lexeme<'q>],
    meaning: &'a Meaning,
    at: usize,
    notes: &'a mut Notes<'q>,
}

impl<'a, 'q> Parser<'a, 'q> {
    fn peek(&self) -> Option<&'a Lexeme<'q>> {
        self.lexemes.get(self.at)
    }

    fn next_is(&self, piece: &Piece<'_>) -> bool {
        self.peek().is_some_and(|lexeme| lexeme.piece == *piece)
    }

    /// `all OR all OR …`
    fn any(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        self.chain(depth, &Piece::Or, Node::Any, Self::all)
    }

    /// `loose AND loose AND …`
    fn all(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        self.chain(depth, &Piece::And, Node::All, Self::loose)
    }

    /// Operands with an operator between them; a missing operand is noted and the others stay.
    fn chain(
        &mut self,
        depth: usize,
        operator: &Piece<'_>,
        join: fn(Vec<Node>) -> Node,
        operand: fn(&mut Self, usize) -> Result<Option<Node>, Problem>,
    ) -> Result<Option<Node>, Problem> {
        let mut nodes: Vec<Node> = Vec::new();
        let mut pending: Option<Span> = None;
        loop {
            let node = operand(self, depth)?;
            let lacks_left = node.is_none() && nodes.is_empty() && self.next_is(operator);
            if let (None, Some(span)) = (&node, pending) {
                self.notes.add("missing_operand", span, missing_operand());
            } else if let (true, Some(lexeme)) = (lacks_left, self.peek()) {
                self.notes.add("missing_operand", lexeme.span, missing_operand());
            }
            nodes.extend(node);
            if !self.next_is(operator) {
                return Ok(joined(nodes, join));
            }
            // An operator that was blamed for lacking its left side is not blamed again for the right one.
            pending = self.peek().map(|lexeme| lexeme.span).filter(|_| !lacks_left);
            self.at += 1;
        }
    }

    /// Terms side by side.
    fn loose(&mut self, depth: usize) -> Result<Option<Node>, Problem> {
        let mut nodes = Vec::new();
        while let Some(lexeme) = self.peek() {
            if matches!(lexeme.piece, Piece::And | Piece::Or | Piece::Close) {
                break;
            }
            self.at += 1;
            self.term(lexeme, depth, &mut nodes)?;
        }
        Ok(joined(nodes, Node::Loose))
    }

    fn term(&mut self, lexeme: &Lexeme<'q>, depth: usize, nodes: &mut Vec<Node>) -> Result<(), Problem> {
        if depth >= DEPTH_MAX {
            return Err(too_deep().at(self.notes.place(lexeme.span)));
        }
        match &lexeme.piece {
            Piece::Nearby(text, reach) => nodes.extend(nearby(terms::tokens(text), *reach)),
            Piece::Near(reach) => self.near(lexeme.span, *reach, nodes),
            Piece::Text(text) => self.text(text, lexeme.span, nodes),
            Piece::Quoted(text) => {
                let tokens = terms::tokens(text);
                if !tokens.is_empty() {
                    nodes.push(Node::Phrase(tokens));
                }
            }
            Piece::Filter(key, value) => match filters::read(*key, value, self.meaning) {
                Ok(filter) => nodes.push(Node::Filter(filter)),
                Err(said) => self.notes.add("unknown_value", lexeme.span, said),
            },
            Piece::Not => self.negation(lexeme.span, depth, nodes)?,
            Piece::Open => self.bracket(lexeme.span, depth, nodes)?,
            Piece::And | Piece::Or | Piece::Close => {}
        }
        Ok(())
    }

    /// `a NEAR b`: the words on either side within so many of each other.
    fn near(&mut self, span: Span, reach: u32, nodes: &mut Vec<Node>) {
        let right = match self.peek().map(|next| &next.piece) {
            Some(Piece::Text(text) | Piece::Quoted(text)) => terms::tokens(text),
            _ => Vec::new(),
        };
        let left = match nodes.last() {
            Some(Node::Word(token)) => vec![token.clone()],
            Some(Node::Phrase(tokens)) => tokens.clone(),
            Some(Node::Near(tokens, _)) => tokens.clone(),
            _ => Vec::new(),
        };
        if left.is_empty() || right.is_empty() {
            self.notes.add("missing_operand", span, missing_operand());
            return;
        }
        self.at += 1;
        nodes.pop();
        nodes.extend(nearby(left.into_iter().chain(right).collect(), reach));
    }

    fn negation(&mut self, span: Span, depth: usize, nodes: &mut Vec<Node>) -> Result<(), Problem> {
        let mut inner = Vec::new();
        if let Some(lexeme) = self.peek().filter(|next| !matches!(next.piece, Piece::And | Piece::Or | Piece::Close)) {
            self.at += 1;
            self.term(lexeme, depth + 1, &mut inner)?;
        }
        match joined(inner, Node::Any) {
            // Twice not is not a way of looking for something: the inner words are what is meant.
            Some(Node::Not(inner)) => nodes.push(*inner),
            Some(inner) => nodes.push(Node::Not(Box::new(inner))),
            None => self.notes.add("missing_operand", span, missing_operand()),
        }
        Ok(())
    }

    fn bracket(&mut self, span: Span, depth: usize, nodes: &mut Vec<Node>) -> Result<(), Problem> {
        nodes.extend(self.any(depth + 1)?);
        if self.next_is(&Piece::Close) {
            self.at += 1;
        } else {
            self.notes.add("unclosed_bracket", span, unclosed_bracket());
        }
        Ok(())
    }

    /// A run of characters without a space: one word, several ("end-to-end"), or the beginning of one ("contrat*").
    fn text(&mut self, text: &str, span: Span, nodes: &mut Vec<Node>) {
        if let Some(distance) = fuzziness(text) {
            let tokens = terms::tokens(text.trim_end_matches(['~', '1', '2']));
            nodes.extend(tokens.into_iter().map(|token| Node::Fuzzy(token.exact, distance)));
            return;
        }
        let stars = text.matches('*').count();
        let trimmed = text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '*');
        let prefix = trimmed.strip_suffix('*').filter(|_| stars == 1);
        let mut tokens = terms::tokens(text);
        let is_prefix = prefix.is_some_and(|prefix| prefix.ends_with(char::is_alphanumeric));
        let enough = tokens.last().is_some_and(|last| last.exact.chars().count() >= PREFIX_CHARS_MIN);
        if stars > 0 && !(is_prefix && enough) && !tokens.is_empty() {
            self.notes.add("misplaced_star", span, misplaced_star());
        }
        let last = if is_prefix && enough { tokens.pop() } else { None };
        // Where the word stands in the query: a concept is named by its place.
        for token in &mut tokens {
            token.span = Span::new(span.start + token.span.start, span.start + token.span.end);
        }
        nodes.extend(tokens.into_iter().map(Node::Word));
        nodes.extend(last.map(|token| Node::Prefix(token.exact)));
    }
}

/// How many letters may differ in `word~` or `word~2`.
fn fuzziness(text: &str) -> Option<u8> {
    let (word, digits) = text.rsplit_once('~')?;
    let is_word = word.ends_with(char::is_alphanumeric) && !word.contains(['*', '~']);
    match digits {
        "" | "1" if is_word => Some(1),
        "2" if is_word => Some(2),
        _ => None,
    }
}

fn nearby(tokens: Vec<Token>, reach: u32) -> Option<Node> {
    match tokens.len() {
        0 => None,
        1 => Some(Node::Phrase(tokens)),
        _ => Some(Node::Near(tokens, reach)),
    }
}

/// One node as it is, several joined.
fn joined(mut nodes: Vec<Node>, join: fn(Vec<Node>) -> Node) -> Option<Node> {
    if nodes.len() > 1 {
        return Some(join(nodes));
    }
    nodes.pop()
}

fn too_deep() -> Problem {
    Problem::new(
        "query_too_deep",
        ProblemClass::Invalid,
        format!("La búsqueda tiene más de {DEPTH_MAX} paréntesis uno dentro de otro."),
        format!("The query has more than {DEPTH_MAX} brackets inside each other."),
    )
    .hint("Quite paréntesis.", "Remove some brackets.")
}

fn missing_operand() -> Said {
    Said::new(
        "A este operador le falta algo a un lado; no se aplicó.",
        "This operator lacks something on one side; it was not applied.",
        "Escriba una palabra a cada lado, o el operador en minúsculas si es una palabra.",
        "Write a word on each side, or the operator in small letters if it is a word.",
    )
}

fn unopened_bracket() -> Said {
    Said::new(
        "Este paréntesis no se había abierto; se pasó por alto.",
        "This bracket was not opened; it was passed over.",
        "Quítelo o abra uno antes.",
        "Remove it, or open one before.",
    )
}

fn unclosed_bracket() -> Said {
    Said::new(
        "Falta cerrar este paréntesis; se leyó hasta el final.",
        "This bracket is not closed; it was read to the end.",
        "Cierre el grupo con ).",
        "Close the group with ).",
    )
}

fn misplaced_star() -> Said {
    Said::new(
        "El asterisco solo vale al final de dos letras o más; se buscó como palabra.",
        "A star only works at the end of two letters or more; this was searched as a word.",
        "Escriba el comienzo de la palabra: contrat*.",
        "Write how the word begins: contract*.",
    )
}
