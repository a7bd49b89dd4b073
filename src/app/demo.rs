//! The nineteen invented meetings that `cita demo` shows the main job with.

use rust_embed::RustEmbed;
use serde::Deserialize;

use crate::model::{Problem, ProblemClass};

use super::Upload;

#[derive(RustEmbed)]
#[folder = "fixtures/meetings/"]
struct MeetingFiles;

/// One invented meeting.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoMeeting {
    /// The file's name in `fixtures/meetings/`.
    pub file: String,
    /// With whom.
    pub customer: String,
    /// What it is called.
    pub title: String,
    /// When it was held, ISO 8601.
    pub date: jiff::civil::Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Meetings {
    team: Vec<String>,
    meeting: Vec<DemoMeeting>,
}

/// The invented team and its meetings, in the order in which they were held.
///
/// # Errors
/// The list that this program was built with has a mistake (a test reads it).
pub fn demo_meetings() -> Result<(Vec<String>, Vec<DemoMeeting>), Problem> {
    let list = MeetingFiles::get("meetings.toml").map(|file| file.data).unwrap_or_default();
    let meetings: Meetings =
        toml::from_str(&String::from_utf8_lossy(&list)).map_err(|error| broken(&error.to_string()))?;
    Ok((meetings.team, meetings.meeting))
}

impl DemoMeeting {
    /// The meeting as somebody would upload it.
    ///
    /// # Errors
    /// The file is not among those that this program was built with (a test reads them all).
    pub fn upload(&self) -> Result<Upload, Problem> {
        let file = MeetingFiles::get(&self.file).ok_or_else(|| broken(&self.file))?;
        Ok(Upload {
            file_name: self.file.clone(),
            bytes: file.data.into_owned(),
            customer: Some(self.customer.clone()),
            title: Some(self.title.clone()),
            date: Some(self.date),
            ..Upload::default()
        })
    }
}

fn broken(detail: &str) -> Problem {
    Problem::new(
        "demo_broken",
        ProblemClass::Internal,
        format!("Las reuniones de ejemplo están incompletas: {detail}"),
        format!("The example meetings are incomplete: {detail}"),
    )
}
