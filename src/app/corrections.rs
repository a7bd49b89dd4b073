//! What people put right: done, told, taken back.

use crate::model::{Correction, CorrectionAct, CorrectionId, Problem, Side, SideSource, SpeakerSide};
use crate::store::CorrectionFilter;

use super::App;

impl App {
    /// What was put right, newest first.
    ///
    /// # Errors
    /// The store cannot be read.
    pub fn corrections(&self, filter: &CorrectionFilter) -> Result<Vec<Correction>, Problem> {
        self.store.corrections(filter)
    }

    /// Takes back what was put right; answers with it.
    ///
    /// # Errors
    /// `correction_not_found`; `already_undone`; `correction_overtaken` where something later stands on it;
    /// `correction_not_undoable`.
    pub fn undo_correction(&self, id: CorrectionId) -> Result<Correction, Problem> {
        let correction = self.store.correction(id)?;
        let sides = match &correction.act {
            CorrectionAct::SideSet { speakers, after, .. } => self.still_so(speakers, *after)?,
            CorrectionAct::PeopleMerged { from, .. } => self.sides_without(*from)?,
            _ => Vec::new(),
        };
        let reread = self.reread(&sides)?;
        let undo = self.new_correction(CorrectionAct::Undone { correction: id });
        let taken = self.store.take_back(id, &undo, &reread)?;
        self.follow_store_or_warn();
        Ok(taken)
    }

    /// Does it, writes it down, and lets suggestions and index follow. `sides` are the sides that change with it.
    pub(super) fn correct(&self, act: CorrectionAct, sides: &[SpeakerSide]) -> Result<Correction, Problem> {
        let reread = self.reread(sides)?;
        let done = self.store.correct(&self.new_correction(act), &reread)?;
        self.follow_store_or_warn();
        Ok(done)
    }

    pub(super) fn new_correction(&self, act: CorrectionAct) -> Correction {
        Correction { id: CorrectionId(self.world.new_id()), act, at: self.now(), undone: false }
    }

    /// The sides of before, for the speakers that still sit where the correction put them; what somebody has set since stays.
    fn still_so(&self, before: &[SpeakerSide], after: Side) -> Result<Vec<SpeakerSide>, Problem> {
        let mut sides = Vec::with_capacity(before.len());
        for side in before {
            let Some(stored) = self.store.meeting(side.meeting)? else { continue };
            let now = stored.transcript.speakers.get(side.speaker);
            if now.is_some_and(|now| now.side == after && now.side_source == SideSource::Person) {
                sides.push(*side);
            }
        }
        Ok(sides)
    }

    /// The sides that speakers had only because their label was merged into a person.
    fn sides_without(&self, from: crate::model::PersonId) -> Result<Vec<SpeakerSide>, Problem> {
        let person = self.person(from)?;
        if person.side != Side::Unknown {
            return Ok(Vec::new());
        }
        let speakers = self.store.speakers_of(&[from], None)?;
        let lent = speakers.into_iter().filter(|speaker| speaker.side_source == SideSource::EarlierMeeting);
        Ok(lent
            .map(|speaker| SpeakerSide { side: Side::Unknown, side_source: SideSource::Nothing, ..speaker })
            .collect())
    }
}
