//! The pages: what they hold in both languages, what they never hold, where they send a browser.

mod assets;
mod corrections;
mod decisions;
mod hostile;
mod imports;
mod meetings;
mod pages;
mod problems;

use crate::support::TestApp;
use crate::support::meetings::{CALL, TALK};

/// A service with two meetings of one customer.
fn two_meetings() -> TestApp {
    let app = TestApp::new();
    app.import("Molinos Aurora", "call.vtt", CALL);
    app.import("Molinos Aurora", "charla.txt", TALK);
    app
}

/// The address of every page that shows something of the first meeting, its customer and its first suggestion.
fn every_page(app: &TestApp) -> Vec<String> {
    let meeting = app.app.meetings(None, None, None).expect("a list")[0].meeting.clone();
    let suggestion = app.suggestions()[0].suggestion.id;
    let customer = meeting.customer;
    vec![
        "/".to_owned(),
        "/meetings".to_owned(),
        format!("/meetings?customer={customer}"),
        format!("/meetings/{}", meeting.id),
        format!("/meetings/{}?kind=friction&state=pending&side=customer&language=en&turn=1", meeting.id),
        format!("/meetings/{}?language=mixed&from=4000", meeting.id),
        "/review".to_owned(),
        format!("/review?meeting={}&kind=friction", meeting.id),
        format!("/review?customer={customer}&at={suggestion}&done={suggestion}"),
        "/search".to_owned(),
        "/search?q=invoice".to_owned(),
        format!("/search?q=factura*&customer={customer}&side=&kind=&language=es&offset=0"),
        "/search?q=nothingthatanybodysaid".to_owned(),
        "/customers".to_owned(),
        format!("/customers/{customer}"),
        format!("/customers/{customer}/people"),
        format!("/customers/{customer}/profile"),
        "/nowhere".to_owned(),
        "/meetings/00000000-0000-7000-8000-000000000000".to_owned(),
    ]
}
