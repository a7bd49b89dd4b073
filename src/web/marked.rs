//! Text cut where marks begin and end, so that a page can colour marks that overlap.

use crate::model::Span;

/// A run of text under the same marks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// The words.
    pub(super) text: String,
    /// The marks over it, as places in the list that was given, in its order.
    pub(super) marks: Vec<usize>,
    /// Those of them that end with this run.
    pub(super) ends: Vec<usize>,
}

/// Cuts `text` at the ends of `spans`. A span that does not fit the text marks nothing; the runs always join to `text`.
pub(super) fn runs(text: &str, spans: &[Span]) -> Vec<Run> {
    let fits = |span: &Span| !span.is_empty() && span.slice(text).is_some();
    let mut cuts: Vec<usize> = spans.iter().filter(|span| fits(span)).flat_map(|span| [span.start, span.end]).collect();
    cuts.extend([0, text.len()]);
    cuts.sort_unstable();
    cuts.dedup();
    cuts.windows(2)
        .map(|cut| {
            let over = |span: &Span| fits(span) && span.start <= cut[0] && cut[1] <= span.end;
            let marks: Vec<usize> = (0..spans.len()).filter(|at| over(&spans[*at])).collect();
            let ends = marks.iter().copied().filter(|at| spans[*at].end == cut[1]).collect();
            Run { text: text[cut[0]..cut[1]].to_owned(), marks, ends }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, spans: &[(usize, usize)]) -> String {
        let spans: Vec<Span> = spans.iter().map(|(start, end)| Span { start: *start, end: *end }).collect();
        let shown: Vec<String> =
            runs(text, &spans).iter().map(|run| format!("[{}|{:?}|{:?}]", run.text, run.marks, run.ends)).collect();
        shown.concat()
    }

    #[test]
    fn marks_that_overlap_share_a_run() {
        assert_eq!(written("abcdef", &[(1, 4), (3, 5)]), "[a|[]|[]][bc|[0]|[]][d|[0, 1]|[0]][e|[1]|[1]][f|[]|[]]");
        assert_eq!(written("abc", &[(0, 3), (0, 3)]), "[abc|[0, 1]|[0, 1]]");
    }

    #[test]
    fn a_span_off_the_text_or_inside_a_letter_marks_nothing() {
        assert_eq!(written("año", &[(2, 3), (0, 99), (1, 1)]), "[año|[]|[]]");
        assert_eq!(written("", &[(0, 0)]), "");
    }
}
