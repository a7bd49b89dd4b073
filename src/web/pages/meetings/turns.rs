//! A turn as its page shows it: cut where quotes and switches of language begin and end, with its suggestions.

use crate::app::{SuggestionRow, TurnView, UtteranceView};
use crate::model::{Kind, Language, Nature, Side, Span, State};
use crate::web::marked::runs;

/// A turn with its suggestions.
pub(super) struct Turn {
    pub(super) ordinal: usize,
    pub(super) speaker: Option<String>,
    pub(super) side: Side,
    pub(super) start_ms: Option<u64>,
    pub(super) nature: Nature,
    pub(super) said: Vec<Said>,
    pub(super) cards: Vec<Card>,
    /// How many turns that the filter hides lie before it.
    pub(super) skipped: usize,
}

/// An utterance, cut where quotes and switches begin and end.
pub(super) struct Said {
    pub(super) language: Language,
    pub(super) pieces: Vec<Piece>,
}

/// Words under the same quotes.
pub(super) struct Piece {
    pub(super) words: Vec<Words>,
    /// Kind and state of each quote over them, the first one first.
    pub(super) over: Vec<(Kind, State)>,
    /// The numbers of the suggestions whose quote ends here.
    pub(super) ends: Vec<usize>,
}

/// Words of one language.
pub(super) struct Words {
    pub(super) text: String,
    /// The language where it is another than the utterance's.
    pub(super) switch: Option<Language>,
    /// Is it a borrowed word rather than a change of language?
    pub(super) borrowed: bool,
}

/// A suggestion beside its turn, under the number that its quote has in the text.
pub(super) struct Card {
    pub(super) number: usize,
    pub(super) row: SuggestionRow,
}

impl Turn {
    /// The turn with those of `suggestions` that are `wanted`.
    pub(super) fn new(view: &TurnView, suggestions: &[SuggestionRow], wanted: &[bool], skipped: usize) -> Self {
        let mut cards = Vec::new();
        let mut said = Vec::with_capacity(view.utterances.len());
        for utterance in &view.utterances {
            let is_wanted = |place: &usize| wanted.get(*place).copied().unwrap_or_default();
            let marks = utterance.quotes.iter().filter(|mark| is_wanted(&mark.suggestion));
            let (spans, numbers): (Vec<Span>, Vec<usize>) = marks.map(|mark| (mark.span, mark.suggestion)).unzip();
            said.push(Said::new(utterance, &spans, &numbers, suggestions));
            for place in numbers {
                cards.extend(suggestions.get(place).map(|row| Card { number: place + 1, row: row.clone() }));
            }
        }
        Self {
            ordinal: view.ordinal,
            speaker: view.speaker.as_ref().map(|speaker| speaker.label.clone()),
            side: view.speaker.as_ref().map(|speaker| speaker.side).unwrap_or_default(),
            start_ms: view.start_ms,
            nature: view.nature,
            said,
            cards,
            skipped,
        }
    }
}

impl Said {
    fn new(utterance: &UtteranceView, quotes: &[Span], numbers: &[usize], suggestions: &[SuggestionRow]) -> Self {
        let switches = &utterance.language.switches;
        let spans: Vec<Span> = quotes.iter().copied().chain(switches.iter().map(|(span, _)| *span)).collect();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut under: Vec<usize> = Vec::new();
        for run in runs(&utterance.text, &spans) {
            let (over, beyond): (Vec<usize>, Vec<usize>) = run.marks.iter().partition(|mark| **mark < quotes.len());
            let switch = beyond.first().and_then(|mark| switches.get(mark - quotes.len()));
            let borrowed = switch.is_some_and(|(span, _)| utterance.language.borrowed.contains(span));
            let words = Words { text: run.text, switch: switch.map(|(_, language)| *language), borrowed };
            let ends: Vec<usize> =
                run.ends.iter().filter_map(|mark| numbers.get(*mark)).map(|place| place + 1).collect();
            match pieces.last_mut().filter(|piece| piece.ends.is_empty() && under == over) {
                Some(piece) => {
                    piece.words.push(words);
                    piece.ends = ends;
                }
                None => pieces.push(Piece {
                    words: vec![words],
                    over: over.iter().filter_map(|mark| suggestions.get(numbers[*mark])).map(kind_and_state).collect(),
                    ends,
                }),
            }
            under = over;
        }
        Self { language: utterance.language.language, pieces }
    }
}

fn kind_and_state(row: &SuggestionRow) -> (Kind, State) {
    (row.suggestion.kind, row.state)
}
