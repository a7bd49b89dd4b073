//! `/previews`: what an import would find, before anything is kept.

use std::sync::Arc;

use askama::Template;
use axum::Form;
use axum::extract::{Multipart, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};

use crate::app::{App, ExpandedFile, FORMATS, Preview};
use crate::model::{ColumnRole, Problem, Side, SideSource};
use crate::web::frame::{Frame, Section, render};
use crate::web::problem::{PageProblem, status_of};
use crate::web::visitor::Visitor;

use super::uploads::{Asked, Fields, read_files, to_hex};

/// More speakers than these are folded away until somebody wants to see them.
const MOST_OPEN: usize = 8;

/// A file as an import would read it, or why it cannot be read.
struct Card {
    file_name: String,
    outcome: Result<(String, Box<Preview>), Problem>,
}

#[derive(Template)]
#[template(path = "previews.html")]
struct PreviewsPage {
    frame: Frame,
    /// Names to choose from.
    names: Vec<String>,
    cards: Vec<Card>,
}

/// `POST /previews`
pub(in crate::web) async fn create(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    form: Multipart,
) -> Result<Response, PageProblem> {
    let mut cards = Vec::new();
    for upload in read_files(form).await? {
        let file_name = upload.file_name.clone();
        match app.run_import(move |app| app.expand(upload)).await {
            Ok(files) => {
                for file in files {
                    cards.push(app.run_import(move |app| Ok(Card::of(app, file))).await?);
                }
            }
            Err(problem) => cards.push(Card { file_name, outcome: Err(problem) }),
        }
    }
    page(&app, visitor, cards).await
}

/// `POST /previews/again`: the same file, read as the form says now.
pub(in crate::web) async fn again(
    State(app): State<Arc<App>>,
    visitor: Visitor,
    Form(fields): Form<Fields>,
) -> Result<Response, PageProblem> {
    let asked = Asked::read(fields);
    let held = asked.held.clone();
    let card = app
        .run_import(move |app| {
            let upload = asked.upload(app)?;
            let file_name = upload.file_name.clone();
            Ok(Card { file_name, outcome: app.preview(&upload).map(|preview| (held, Box::new(preview))) })
        })
        .await?;
    page(&app, visitor, vec![card]).await
}

async fn page(app: &Arc<App>, visitor: Visitor, cards: Vec<Card>) -> Result<Response, PageProblem> {
    let names = app.run(super::customer_names).await?;
    let status = match cards.as_slice() {
        [Card { outcome: Err(problem), .. }] => status_of(problem.class),
        _ => StatusCode::OK,
    };
    let Html(page) = render(&PreviewsPage { frame: Frame::new(visitor, Section::Home), names, cards })?;
    Ok((status, Html(page)).into_response())
}

impl Card {
    fn of(app: &App, file: ExpandedFile) -> Self {
        let outcome = file.upload.and_then(|upload| {
            let preview = app.preview(&upload)?;
            Ok((app.hold(upload).to_string(), Box::new(preview)))
        });
        Self { file_name: file.file_name, outcome }
    }
}

#[expect(clippy::unused_self, reason = "a template calls what it finds on its page")]
#[expect(clippy::trivially_copy_pass_by_ref, reason = "a template hands its values over by reference")]
impl PreviewsPage {
    /// How many speakers have no side.
    fn sideless(&self, preview: &Preview) -> usize {
        preview.speakers.iter().filter(|speaker| speaker.side == Side::Unknown).count()
    }

    /// What a column holds, in words.
    fn role(&self, role: &ColumnRole) -> &'static str {
        let words = self.frame.words;
        match role {
            ColumnRole::Speaker => words.column_speaker,
            ColumnRole::Text => words.column_text,
            ColumnRole::Start => words.column_start,
            ColumnRole::End => words.column_end,
            ColumnRole::Date => words.date,
            ColumnRole::Side => words.side,
            ColumnRole::Language => words.language,
            ColumnRole::Customer => words.customer,
            ColumnRole::Other => words.column_other,
        }
    }

    /// A label as its form sends it back.
    fn hex(&self, label: &str) -> String {
        to_hex(label)
    }
}
