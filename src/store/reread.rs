//! A meeting is read anew: what cita proposes follows, what people decided stays.
//!
//! A suggestion's identity is (source hash, span, concept): one that is made again takes its row. One that is made no
//! more vanishes, unless somebody has decided on it: then its row is withdrawn, which takes it out of the queue and
//! leaves its decisions, and its quote on the map, where they are. When it is made again, it is back as it was.

use std::collections::HashSet;

use rusqlite::{Transaction, params};

use crate::model::{MeetingId, Problem, Quote, Speaker, Suggestion, SuggestionId, Utterance, WorkspaceId};

use super::changes::note_change;
use super::columns::{Json, Whole};
use super::meetings::text;
use super::problems::{no_meeting, not_verbatim};

/// What a second reading of a meeting's stored words gives.
#[derive(Clone, Debug, PartialEq)]
pub struct Reread {
    /// Which meeting.
    pub meeting: MeetingId,
    /// Its speakers, in their order, with the sides of now.
    pub speakers: Vec<Speaker>,
    /// Its utterances, as they are stored.
    pub utterances: Vec<Utterance>,
    /// What is proposed now.
    pub suggestions: Vec<Suggestion>,
}

/// Writes down a second reading.
pub(super) fn apply_reread(tx: &Transaction<'_>, workspace: WorkspaceId, reread: &Reread) -> Result<(), Problem> {
    let source = text(tx, workspace, reread.meeting)?;
    if !reread.suggestions.iter().all(|one| is_in_place(&one.quote, &reread.utterances, &source)) {
        return Err(not_verbatim());
    }
    set_speakers(tx, workspace, reread)?;
    let made: HashSet<SuggestionId> = reread.suggestions.iter().map(|one| one.id).collect();
    withdraw_others(tx, workspace, reread.meeting, &made)?;
    write_suggestions(tx, workspace, reread.meeting, &reread.suggestions, &reread.utterances)?;
    follow_sides(tx, workspace, reread.meeting)?;
    put_in_order(tx, workspace, reread.meeting)?;
    note_change(tx, workspace, reread.meeting, false)
}

/// Do these words stand in the source, in the utterance and turn that the quote names?
pub(super) fn is_in_place(quote: &Quote, utterances: &[Utterance], source: &str) -> bool {
    let utterance = utterances.get(quote.utterance);
    utterance.is_some_and(|utterance| utterance.turn == quote.turn) && quote.is_verbatim(source)
}

fn set_speakers(tx: &Transaction<'_>, workspace: WorkspaceId, reread: &Reread) -> Result<(), Problem> {
    let mut update = tx.prepare_cached(
        "UPDATE speakers SET side = ?4, side_source = ?5 WHERE workspace = ?1 AND meeting = ?2 AND ordinal = ?3",
    )?;
    for (ordinal, speaker) in reread.speakers.iter().enumerate() {
        let changed =
            update.execute(params![workspace, reread.meeting, Whole(ordinal), speaker.side, speaker.side_source])?;
        if changed == 0 {
            return Err(no_meeting());
        }
    }
    Ok(())
}

/// Takes away what is proposed no more; what somebody has ever decided on stays, out of the queue.
fn withdraw_others(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    meeting: MeetingId,
    made: &HashSet<SuggestionId>,
) -> Result<(), Problem> {
    let mut statement = tx.prepare_cached("SELECT id FROM suggestions WHERE workspace = ?1 AND meeting = ?2")?;
    let rows = statement.query_map(params![workspace, meeting], |row| row.get(0))?;
    let there: Vec<SuggestionId> = rows.collect::<Result<_, _>>()?;
    let mut withdraw = tx.prepare_cached("UPDATE suggestions SET withdrawn = 1 WHERE workspace = ?1 AND id = ?2")?;
    let mut delete = tx.prepare_cached(
        "DELETE FROM suggestions WHERE workspace = ?1 AND id = ?2
         AND NOT EXISTS (SELECT 1 FROM decisions d WHERE d.workspace = ?1 AND d.suggestion = ?2)",
    )?;
    for id in there.iter().filter(|id| !made.contains(id)) {
        if delete.execute(params![workspace, id])? == 0 {
            withdraw.execute(params![workspace, id])?;
        }
    }
    Ok(())
}

/// Writes suggestions of a meeting, new ones and ones that are there; these keep their state. Their places are set by
/// [`put_in_order`].
pub(super) fn write_suggestions(
    tx: &Transaction<'_>,
    workspace: WorkspaceId,
    meeting: MeetingId,
    suggestions: &[Suggestion],
    utterances: &[Utterance],
) -> Result<(), Problem> {
    let mut statement = tx.prepare_cached(
        "INSERT INTO suggestions (workspace, id, meeting, place, turn, utterance, kind, concept, score, side, language,
            intensity, state, text, pieces, label_es, label_en, marks, terms, quantities, reasons)
         VALUES (?1, ?2, ?3, (SELECT min(coalesce(min(place), 0), 0) - 1 FROM suggestions WHERE workspace = ?1 AND meeting = ?3),
            ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 'pending', ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)
         ON CONFLICT (workspace, id) DO UPDATE SET turn = excluded.turn, utterance = excluded.utterance,
            kind = excluded.kind, concept = excluded.concept, score = excluded.score, side = excluded.side,
            language = excluded.language, intensity = excluded.intensity, text = excluded.text,
            pieces = excluded.pieces, label_es = excluded.label_es, label_en = excluded.label_en,
            marks = excluded.marks, terms = excluded.terms, quantities = excluded.quantities,
            reasons = excluded.reasons, withdrawn = 0",
    )?;
    for suggestion in suggestions {
        let quote = &suggestion.quote;
        let language = utterances.get(quote.utterance).map(|one| one.language.language).unwrap_or_default();
        statement.execute(params![
            workspace,
            suggestion.id,
            meeting,
            Whole(quote.turn),
            Whole(quote.utterance),
            suggestion.kind,
            suggestion.concept,
            suggestion.score,
            suggestion.context.side,
            language,
            suggestion.intensity,
            quote.text,
            Json(&quote.pieces),
            suggestion.concept_label.es,
            suggestion.concept_label.en,
            Json(&suggestion.context.marks),
            Json(&suggestion.terms),
            Json(&suggestion.quantities),
            Json(&suggestion.reasons),
        ])?;
    }
    Ok(())
}

/// Lets suggestions and quotes on the map stand on the side of who says them.
fn follow_sides(tx: &Transaction<'_>, workspace: WorkspaceId, meeting: MeetingId) -> Result<(), Problem> {
    for update in [
        "UPDATE suggestions SET side = (SELECT p.side FROM turns t JOIN speakers p ON p.workspace = t.workspace
                AND p.meeting = t.meeting AND p.ordinal = t.speaker
                WHERE t.workspace = ?1 AND t.meeting = ?2 AND t.ordinal = suggestions.turn)
         WHERE workspace = ?1 AND meeting = ?2 AND EXISTS (SELECT 1 FROM turns t WHERE t.workspace = ?1
            AND t.meeting = ?2 AND t.ordinal = suggestions.turn AND t.speaker IS NOT NULL)",
        "UPDATE entry_quotes SET side = (SELECT p.side FROM turns t JOIN speakers p ON p.workspace = t.workspace
                AND p.meeting = t.meeting AND p.ordinal = t.speaker
                WHERE t.workspace = ?1 AND t.meeting = ?2 AND t.ordinal = entry_quotes.turn)
         WHERE workspace = ?1 AND meeting = ?2 AND EXISTS (SELECT 1 FROM turns t WHERE t.workspace = ?1
            AND t.meeting = ?2 AND t.ordinal = entry_quotes.turn AND t.speaker IS NOT NULL)",
    ] {
        tx.prepare_cached(update)?.execute(params![workspace, meeting])?;
    }
    Ok(())
}

/// Numbers the suggestions of a meeting in the order of its text.
pub(super) fn put_in_order(tx: &Transaction<'_>, workspace: WorkspaceId, meeting: MeetingId) -> Result<(), Problem> {
    let mut statement =
        tx.prepare_cached("SELECT id, utterance, pieces FROM suggestions WHERE workspace = ?1 AND meeting = ?2")?;
    let rows = statement.query_map(params![workspace, meeting], |row| {
        let quote =
            Quote { pieces: row.get::<_, Json<_>>(2)?.0, utterance: row.get::<_, Whole<_>>(1)?.0, ..Quote::default() };
        let id: SuggestionId = row.get(0)?;
        Ok((quote.utterance, quote.span(), id))
    })?;
    let mut in_place: Vec<_> = rows.collect::<Result<_, _>>()?;
    in_place.sort_unstable();
    // Out of the way first: a place is taken by one at a time.
    let mut update = tx.prepare_cached("UPDATE suggestions SET place = ?3 WHERE workspace = ?1 AND id = ?2")?;
    let beyond = i64::try_from(in_place.len()).unwrap_or(i64::MAX / 2);
    tx.prepare_cached(
        "UPDATE suggestions SET place = -place - ?3 WHERE workspace = ?1 AND meeting = ?2 AND place >= 0",
    )?
    .execute(params![workspace, meeting, beyond + i64::from(u32::MAX)])?;
    for (place, (.., id)) in in_place.iter().enumerate() {
        update.execute(params![workspace, id, Whole(place)])?;
    }
    Ok(())
}
