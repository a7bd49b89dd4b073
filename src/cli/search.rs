//! `cita search`

use clap::Args;
use serde::Serialize;

use crate::app::{SearchHit, SearchRequest};
use crate::model::{Problem, Span};

use super::output::{print, print_json, report, say};
use super::{OK, Places};

/// What to look for.
#[derive(Args)]
pub struct SearchArgs {
    /// Words, "exact phrase", prefix*, AND OR NOT ( ), and filters such as customer: or cliente:
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Only this customer's meetings
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// How many hits at the most
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    total: usize,
    hits: Vec<SearchHit>,
    notes: Vec<Problem>,
}

/// Prints the utterances that answer.
pub fn run(places: &Places, args: &SearchArgs) -> Result<u8, Problem> {
    let app = places.open()?;
    app.wait_for_index();
    let page = app.search(&SearchRequest {
        q: args.query.join(" "),
        customer: args.customer.clone(),
        limit: Some(args.limit),
        ..SearchRequest::default()
    })?;
    if args.json {
        print_json(&Answer { total: page.total, hits: page.hits, notes: page.notes })?;
        return Ok(OK);
    }
    for note in &page.notes {
        report(note);
    }
    if page.hits.is_empty() {
        print(&say(
            "Nada. Pruebe con menos palabras, o con otras: la búsqueda no distingue acentos.",
            "Nothing. Try fewer words, or others: accents do not matter.",
        ));
    }
    for hit in &page.hits {
        let date = hit.date.map(|date| format!(", {date}")).unwrap_or_default();
        print(&format!(
            "{} · {}{date}, {} {}",
            hit.customer_name,
            hit.meeting_title,
            say("turno", "turn"),
            hit.turn + 1
        ));
        print(&format!("  {}: {}", hit.speaker.as_deref().unwrap_or("—"), marked(&hit.text, &hit.spans)));
    }
    let shown = page.hits.len();
    if page.total > shown {
        print(&say(&format!("{shown} de {}", page.total), &format!("{shown} of {}", page.total)));
    }
    Ok(OK)
}

/// The text with what matched between brackets.
fn marked(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len() + spans.len() * 2);
    let mut done = 0;
    for span in spans {
        let (Some(before), Some(hit)) = (text.get(done..span.start), span.slice(text)) else { continue };
        out.push_str(before);
        out.push('[');
        out.push_str(hit);
        out.push(']');
        done = span.end;
    }
    out.push_str(text.get(done..).unwrap_or_default());
    out
}
