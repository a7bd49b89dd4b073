use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};
use cita::app::{CorrectionFilter, MeetingFix, Upload};
use cita::model::{Edit, Entry, Kind, Part};

#[test]
fn a_new_customer_is_made_and_said_to_be_new() {
    let app = TestApp::new();
    let first = app.import("Molinos Aurora", "call.vtt", CALL);
    assert!(first.new_customer && first.similar_customers.is_empty());
    let known = app.import("  molinos AURORA ", "talk.txt", TALK);
    assert!(!known.new_customer);
    assert_eq!(known.summary.meeting.customer, first.summary.meeting.customer);
}

#[test]
fn a_familiar_name_is_pointed_out_and_still_a_customer_of_its_own() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    let second = app.import("Molinos Aurora SRL", "talk.txt", TALK);
    assert!(second.new_customer);
    assert_eq!(second.similar_customers, ["Molinos Aurora"]);
    assert_eq!(app.app.customers().expect("a list").len(), 2);
}

#[test]
fn a_strange_name_is_familiar_to_nobody() {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    assert!(app.import("Banco Uno", "talk.txt", TALK).similar_customers.is_empty());
}

#[test]
fn an_unknown_name_brings_the_nearest_ones() {
    let app = TestApp::new();
    let nobody = app.app.customer_named("Acme").expect_err("there is none");
    assert!(nobody.hint.en.contains("no customers yet"), "{nobody:?}");
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Banco Uno", "talk.txt", TALK);
    let problem = app.app.customer_named("Molino Aurora").expect_err("there is none");
    assert_eq!(problem.code, "customer_not_found");
    assert!(problem.hint.en.starts_with("The nearest names: Molinos Aurora"), "{problem:?}");
}

#[test]
fn a_misspelt_customer_is_proposed_and_merged_and_comes_apart_again() {
    let app = TestApp::new();
    app.import("Comversa", "call.vtt", CALL);
    app.import("Conversa", "talk.txt", TALK);
    let proposals = app.app.customer_proposals().expect("a list");
    assert_eq!(proposals.len(), 1, "{proposals:?}");
    let (kept, other) = (&proposals[0].one, &proposals[0].other);
    for kind in [Kind::Friction, Kind::Pain] {
        for row in app.suggestions().iter().filter(|row| row.suggestion.kind == kind) {
            app.app.accept(row.suggestion.id, Edit::default()).expect("it is accepted");
        }
    }
    let quotes = |name: &str| -> usize {
        let map = app.app.map(name).expect("a map");
        map.sections.iter().flat_map(|section| &section.entries).map(|entry| entry.quotes.len()).sum()
    };
    let (ours, theirs) = (quotes(&kept.name), quotes(&other.name));
    assert!(ours > 0 && theirs > 0);

    let merged = app.app.merge_customers(other.id, kept.id).expect("they can be merged");
    assert_eq!(app.app.customers().expect("a list").len(), 1);
    assert_eq!(quotes(&kept.name), ours + theirs, "every quote is on the one map");
    assert_eq!(app.app.customer_named(&other.name).expect("the name leads there").id, kept.id);
    assert_eq!(app.app.customer_view(kept.id).expect("a view").aliases, std::slice::from_ref(&other.name));
    assert_eq!(
        app.import(&other.name, "third.txt", &TALK.replace("viernes", "lunes")).summary.meeting.customer,
        kept.id
    );
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);

    app.app.undo_correction(merged.id).expect("it can be taken back");
    assert_eq!((quotes(&kept.name), quotes(&other.name)), (ours, theirs), "each map is as it was");
    assert_eq!(app.app.people(other.id).expect("a list").len(), 2, "and so are the people");
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);
    app.app.keep_customers_apart(kept.id, other.id).expect("it can be said");
    assert_eq!(app.app.customer_proposals().expect("a list").len(), 0);
}

#[test]
fn an_alias_leads_to_its_customer_until_it_is_taken_back() {
    let app = TestApp::new();
    app.import("Comversa", "call.vtt", CALL);
    let id = app.app.customer_named("Comversa").expect("it is there").id;
    let upload = Upload { customer: Some("Conversa".to_owned()), ..crate::support::upload("talk.txt", TALK) };
    let preview = app.app.preview(&upload).expect("it can be read");
    assert!(preview.customer.known.is_none());
    assert_eq!(preview.customer.similar[0].customer.name, "Comversa", "it may be another way to write it");
    let alias = app.app.add_alias(id, "Conversa").expect("it can be added");
    let preview = app.app.preview(&upload).expect("it can be read");
    assert_eq!((preview.customer.known.map(|one| one.id), preview.customer.by_alias), (Some(id), true));
    assert_eq!(app.app.add_alias(id, "CONVERSA").expect_err("it is there").code, "customer_exists");
    app.app.undo_correction(alias.id).expect("it can be taken back");
    assert_eq!(app.app.customer_named("Conversa").expect_err("it leads nowhere").code, "customer_not_found");
}

#[test]
fn a_renamed_customer_is_still_found_by_its_old_name() {
    let app = TestApp::new();
    app.import("Comversa SA", "call.vtt", CALL);
    app.import("Hotel Lago", "talk.txt", TALK);
    let id = app.app.customer_named("Comversa SA").expect("it is there").id;
    let renamed = app.app.rename_customer(id, "Comversa").expect("it can be renamed");
    assert_eq!(app.app.customer_named("comversa sa").expect("the old name leads there").name, "Comversa");
    assert_eq!(app.app.rename_customer(id, "hotel lago").expect_err("taken").code, "customer_exists");
    let hits = app
        .app
        .search(&cita::app::SearchRequest { q: "customer:Comversa spreadsheet".to_owned(), ..Default::default() });
    assert_eq!(hits.expect("it can be searched").total, 1, "the index follows");
    app.app.undo_correction(renamed.id).expect("it can be taken back");
    assert_eq!(app.app.customer(id).expect("it is there").name, "Comversa SA");
    assert_eq!(app.app.customer_view(id).expect("a view").aliases, Vec::<String>::new());
}

#[test]
fn a_group_holds_companies_and_units_and_never_itself() {
    let app = TestApp::new();
    app.import("Grupo Sur", "call.vtt", CALL);
    app.import("Molinos Sur", "talk.txt", TALK);
    let id = |name: &str| app.app.customer_named(name).expect("it is there").id;
    let (group, mill) = (id("Grupo Sur"), id("Molinos Sur"));
    let set = app.app.set_parent(mill, Some((group, Part::Company))).expect("it can be set");
    let view = app.app.customer_view(group).expect("a view");
    assert_eq!(view.parts.iter().map(|part| part.customer.id).collect::<Vec<_>>(), [mill]);
    assert_eq!(app.app.customer_view(mill).expect("a view").parent.map(|one| one.customer.id), Some(group));
    assert_eq!(app.app.set_parent(group, Some((mill, Part::Unit))).expect_err("a circle").code, "group_in_circle");
    assert_eq!(app.app.set_parent(group, Some((group, Part::Unit))).expect_err("a circle").code, "group_in_circle");
    app.app.undo_correction(set.id).expect("it can be taken back");
    assert_eq!(app.app.customer_view(group).expect("a view").parts, []);
}

#[test]
fn a_meeting_goes_to_another_customer_with_its_quotes_and_comes_back() {
    let app = TestApp::new();
    let call = app.import("Comversa", "call.vtt", CALL).summary.meeting.id;
    app.import("Comversa", "talk.txt", TALK);
    app.import("Hotel Lago", "other.txt", &TALK.replace("viernes", "martes"));
    for row in app.suggestions() {
        app.app.accept(row.suggestion.id, Edit::default()).expect("it is accepted");
    }
    let entries = |name: &str| {
        let id = app.app.customer_named(name).expect("it is there").id;
        let mut entries = app.app.entries(id).expect("a list");
        for entry in &mut entries {
            entry.quotes.sort_by_key(|quote| quote.suggestion);
        }
        entries
    };
    let (ours, theirs) = (entries("Comversa"), entries("Hotel Lago"));
    let hotel = app.app.customer_named("Hotel Lago").expect("it is there").id;
    let moved = app.app.move_meeting(call, hotel).expect("it can be moved");
    let count = |entries: &[Entry]| entries.iter().map(|entry| entry.quotes.len()).sum::<usize>();
    let of_call = ours.iter().flat_map(|entry| &entry.quotes).filter(|quote| quote.meeting == call).count();
    assert!(of_call > 0);
    assert_eq!(count(&entries("Hotel Lago")), count(&theirs) + of_call);
    assert_eq!(count(&entries("Comversa")), count(&ours) - of_call);
    assert_eq!(app.app.verify().expect("it can be checked").problems, []);
    app.app.undo_correction(moved.id).expect("it can be taken back");
    assert_eq!((entries("Comversa"), entries("Hotel Lago")), (ours, theirs), "both maps are as they were");
    assert_eq!(
        app.app.move_meeting(call, app.app.customer_named("Comversa").expect("it is").id).expect_err("there").code,
        "same_customer"
    );
}

#[test]
fn a_title_and_a_date_can_be_corrected_and_taken_back() {
    let app = TestApp::new();
    let id = app.import("Comversa", "call.vtt", CALL).summary.meeting.id;
    let fix = MeetingFix { title: Some("Cierre".to_owned()), date: Some(Some(jiff::civil::date(2026, 3, 14))) };
    let first = app.app.correct_meeting(id, fix).expect("it can be corrected");
    let second = app.app.correct_meeting(id, MeetingFix { date: Some(None), ..MeetingFix::default() }).expect("again");
    let meeting = app.app.meeting(id).expect("it is there").summary.meeting;
    assert_eq!((meeting.title.as_str(), meeting.date), ("Cierre", None));
    assert_eq!(app.app.undo_correction(first.id).expect_err("the later one first").code, "correction_overtaken");
    app.app.undo_correction(second.id).expect("it can be taken back");
    app.app.undo_correction(first.id).expect("then this one");
    let meeting = app.app.meeting(id).expect("it is there").summary.meeting;
    assert_eq!((meeting.title.as_str(), meeting.date), ("call", None));
    let history = app.app.corrections(&CorrectionFilter { meeting: Some(id), ..CorrectionFilter::default() });
    assert_eq!(history.expect("a list").iter().map(|one| one.undone).collect::<Vec<_>>(), [false, false, true, true]);
}
