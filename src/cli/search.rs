//! `cita search`

use clap::Args;
use serde::Serialize;

use crate::app::{Grouping, SEARCH_FORMATS, SearchGroup, SearchHit, SearchOrder, SearchPage, SearchRequest};
use crate::model::{Problem, Span};

use super::output::{print, print_json, report, say, terminal_language};
use super::{OK, Places};

/// What to look for.
#[derive(Args)]
pub struct SearchArgs {
    /// Words, "exact phrase", prefix*, fuzzy~, a NEAR b, AND OR NOT ( ), and filters such as customer: or cliente:
    #[arg(required = true, value_name = "QUERY")]
    query: Vec<String>,
    /// Only this customer's meetings
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// How many hits at the most
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// Only the query's own words, and not what says the same in the other language
    #[arg(long)]
    literal: bool,
    /// The latest meetings first
    #[arg(long)]
    recent: bool,
    /// Put hits together by meeting or customer
    #[arg(long, value_name = "WHAT", value_parser = ["meeting", "customer"])]
    group: Option<String>,
    /// How many turns to show before and after each hit
    #[arg(long, value_name = "TURNS", default_value_t = 0)]
    around: usize,
    /// Say what each score is made of, and with which customers this was not discussed
    #[arg(long)]
    explain: bool,
    /// Write all hits in this form
    #[arg(long, value_name = "FORM", value_parser = SEARCH_FORMATS.iter().map(|one| one.0).collect::<Vec<_>>(), conflicts_with = "json")]
    export: Option<String>,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

#[derive(Serialize)]
struct Answer {
    total: usize,
    hits: Vec<SearchHit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    groups: Vec<SearchGroup>,
    did_you_mean: Option<String>,
    notes: Vec<Problem>,
}

/// Prints the utterances that answer.
pub fn run(places: &Places, args: &SearchArgs) -> Result<u8, Problem> {
    let app = places.open()?;
    app.wait_for_index();
    let request = SearchRequest {
        q: args.query.join(" "),
        customer: args.customer.clone(),
        limit: Some(args.limit),
        literal: args.literal,
        order: if args.recent { SearchOrder::Recent } else { SearchOrder::Best },
        group: match args.group.as_deref() {
            Some("meeting") => Grouping::Meeting,
            Some(_) => Grouping::Customer,
            None => Grouping::Flat,
        },
        around: args.around,
        explain: args.explain,
        facets: args.explain,
        ..SearchRequest::default()
    };
    if let Some(format) = &args.export {
        let export = app.export_search(&request, format, terminal_language())?;
        print(String::from_utf8_lossy(&export.bytes).trim_end());
        return Ok(OK);
    }
    let page = app.search(&request)?;
    if args.json {
        let SearchPage { total, hits, groups, did_you_mean, notes, .. } = page;
        print_json(&Answer { total, hits, groups, did_you_mean, notes })?;
        return Ok(OK);
    }
    print_page(&page);
    Ok(OK)
}

fn print_page(page: &SearchPage) {
    for note in &page.notes {
        report(note);
    }
    if let Some(meant) = &page.did_you_mean {
        print(&say(&format!("¿Quiso decir: {meant}?"), &format!("Did you mean: {meant}?")));
    }
    if page.total == 0 {
        print(&say(
            "Nada. Pruebe con menos palabras, o con otras: la búsqueda no distingue acentos.",
            "Nothing. Try fewer words, or others: accents do not matter.",
        ));
    }
    for group in &page.groups {
        let title = group.title.as_ref().map(|title| format!(" · {title}")).unwrap_or_default();
        print(&format!("== {}{title} ({})", group.customer_name, group.total));
        group.hits.iter().for_each(print_hit);
    }
    page.hits.iter().for_each(print_hit);
    let shown = page.hits.len();
    if page.groups.is_empty() && page.total > shown {
        print(&say(&format!("{shown} de {}", page.total), &format!("{shown} of {}", page.total)));
    }
    let silent = page.facets.as_ref().map(|facets| facets.not_discussed.join(", ")).unwrap_or_default();
    if !silent.is_empty() {
        print(&say(&format!("No se habló de esto con: {silent}"), &format!("Not discussed with: {silent}")));
    }
}

fn print_hit(hit: &SearchHit) {
    let date = hit.date.map(|date| format!(", {date}")).unwrap_or_default();
    let turn = say("turno", "turn");
    print(&format!("{} · {}{date}, {turn} {}", hit.customer_name, hit.meeting_title, hit.turn + 1));
    for near in &hit.before {
        print(&format!("    {}: {}", near.speaker.as_deref().unwrap_or("—"), near.text));
    }
    print(&format!("  {}: {}", hit.speaker.as_deref().unwrap_or("—"), marked(&hit.text, &hit.spans)));
    for near in &hit.after {
        print(&format!("    {}: {}", near.speaker.as_deref().unwrap_or("—"), near.text));
    }
    if let Some(parts) = hit.explained {
        let (own, around, meeting) = (parts.utterance, parts.surroundings, parts.meeting);
        print(&say(
            &format!(
                "  {:.2} = (frase {own:.2} + alrededor {around:.2} + reunión {meeting:.2}) × {:.2}",
                hit.score, parts.share
            ),
            &format!(
                "  {:.2} = (utterance {own:.2} + around {around:.2} + meeting {meeting:.2}) × {:.2}",
                hit.score, parts.share
            ),
        ));
    }
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
