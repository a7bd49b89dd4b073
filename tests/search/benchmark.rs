//! The bilingual benchmark over the nineteen meetings: invented questions, half of them asked in the other language than
//! the one that the answer is given in.

use std::fmt::Write as _;

use cita::app::{SearchRequest, demo_meetings};
use cita::model::{Language, MeetingId};

use crate::support::TestApp;
use crate::support::source::root;

/// The share of questions whose passage must stand among the first ten.
const HIT_AT_TEN_MIN: f64 = 0.85;

struct Question {
    text: String,
    language: String,
    meeting: MeetingId,
    turn: usize,
    said_in: Language,
}

#[derive(Default)]
struct Figures {
    questions: usize,
    first: usize,
    among_ten: usize,
    meeting_among_ten: usize,
    reciprocal: f64,
}

impl Figures {
    fn line(&self, name: &str) -> String {
        let of = |count: usize| count as f64 / self.questions.max(1) as f64;
        format!(
            "{name}: {} questions, MRR {:.3}, hit@1 {:.3}, hit@10 {:.3}, meeting@10 {:.3}",
            self.questions,
            self.reciprocal / self.questions.max(1) as f64,
            of(self.first),
            of(self.among_ten),
            of(self.meeting_among_ten),
        )
    }
}

pub(super) fn with_all_meetings() -> TestApp {
    let (team, meetings) = demo_meetings().expect("the list can be read");
    let app = TestApp::with(|settings| settings.team = team);
    for meeting in &meetings {
        app.app.import(&meeting.upload().expect("it is there")).expect("it can be imported");
    }
    app
}

/// Words without the layout of their file.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn questions(app: &TestApp) -> Vec<Question> {
    let meetings = app.app.meetings(None, None, None).expect("a list");
    let table = std::fs::read_to_string(root().join("fixtures/search/questions.tsv")).expect("it is there");
    let question = |line: &str| {
        let [text, language, file, quote] = line.split('\t').collect::<Vec<_>>()[..] else {
            panic!("four cells: {line}")
        };
        let meeting = meetings.iter().find(|one| one.meeting.source.file_name == file).expect("a file of the meetings");
        let view = app.app.meeting(meeting.meeting.id).expect("it is there");
        let turn = view.turns.iter().position(|turn| {
            let words: Vec<&str> = turn.utterances.iter().map(|utterance| utterance.text.as_str()).collect();
            plain(&words.join(" ")).contains(&plain(quote))
        });
        let turn = turn.unwrap_or_else(|| panic!("{file} does not hold {quote:?}"));
        Question {
            text: text.to_owned(),
            language: language.to_owned(),
            meeting: meeting.meeting.id,
            turn,
            said_in: view.turns[turn].utterances[0].language.language,
        }
    };
    table.lines().skip(1).map(question).collect()
}

#[test]
fn the_right_passage_is_among_the_first_ten() {
    let app = with_all_meetings();
    let questions = questions(&app);
    assert!(questions.len() >= 60);
    let other = questions.iter().filter(|one| one.language != one.said_in.code()).count();
    assert!(other * 2 >= questions.len() - 2, "half are asked in the other language: {other} of {}", questions.len());
    let (mut all, mut same, mut across) = (Figures::default(), Figures::default(), Figures::default());
    let mut missed = String::new();
    for question in &questions {
        let request = SearchRequest { q: question.text.clone(), limit: Some(50), ..SearchRequest::default() };
        let hits = app.app.search(&request).expect("an answer").hits;
        let rank = hits.iter().position(|hit| (hit.meeting, hit.turn) == (question.meeting, question.turn));
        let mut order: Vec<MeetingId> = Vec::new();
        for hit in &hits {
            if !order.contains(&hit.meeting) {
                order.push(hit.meeting);
            }
        }
        let place = order.iter().position(|meeting| *meeting == question.meeting);
        let kind = if question.language == question.said_in.code() { &mut same } else { &mut across };
        for figures in [kind, &mut all] {
            figures.questions += 1;
            figures.first += usize::from(rank == Some(0));
            figures.among_ten += usize::from(rank.is_some_and(|rank| rank < 10));
            figures.meeting_among_ten += usize::from(place.is_some_and(|place| place < 10));
            figures.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
        }
        if rank.is_none_or(|rank| rank >= 10) {
            writeln!(missed, "not among the first ten: {}", question.text).expect("a string takes everything");
        }
    }
    let lines = [all.line("all"), same.line("same language"), across.line("other language")];
    println!("{}\n{missed}", lines.join("\n"));
    assert!(all.among_ten as f64 >= HIT_AT_TEN_MIN * questions.len() as f64, "{}\n{missed}", lines.join("\n"));
    // A figure that changes is looked at: none of them may fall.
    insta::assert_snapshot!("benchmark", format!("{}\n\n{missed}", lines.join("\n")));
}
