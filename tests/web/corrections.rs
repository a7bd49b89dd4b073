//! People, customers and meetings put right from the pages, and taken back.

use cita::model::{CustomerId, PersonId, Side};

use crate::support::TestApp;
use crate::support::meetings::CALL;

use super::two_meetings;

fn customer_of(app: &TestApp, name: &str) -> CustomerId {
    app.app.customer_named(name).expect("it is there").id
}

fn person(app: &TestApp, customer: CustomerId, name: &str) -> PersonId {
    let people = app.app.people(customer).expect("a list");
    let found = people.iter().find(|view| view.person.name == name);
    found.unwrap_or_else(|| panic!("no {name} among {people:#?}")).person.id
}

#[test]
fn a_side_is_set_with_one_click_and_the_suggestions_follow_and_return() {
    let app = two_meetings();
    let row = app.suggestion(cita::model::Kind::Friction, "by hand");
    let meeting = row.meeting;
    let client = app.client().with("accept-language", "en");
    let page = client.get(&format!("/meetings/{meeting}")).expect(200);
    assert!(page.text().contains("name=\"set\" value=\"1-team\" aria-pressed=\"false\""), "{}", page.text());
    let before = app.suggestions().len();
    let answer =
        client.submit(&format!("/meetings/{meeting}/sides"), "set=1-team&only_here=yes&next=%2Fmeetings").expect(303);
    let address = answer.header("location").to_owned();
    assert!(address.starts_with("/meetings?fixed="), "{address}");
    assert!(app.suggestions().len() < before, "what the team says is not proposed");
    let after = client.get(&address).expect(200);
    let undo = after.text().split("action=\"/corrections/").nth(1).and_then(|rest| rest.split('"').next());
    assert!(after.text().contains("name=\"next\" value=\"/meetings\""), "the way back does not offer it again");
    client.submit(&format!("/corrections/{}", undo.expect("a way back")), "next=%2Fmeetings").expect(303);
    assert_eq!(app.suggestions().len(), before);
    client.submit(&format!("/meetings/{meeting}/sides"), "set=1-left&next=%2F").expect(422);
    client.submit(&format!("/meetings/{meeting}/sides"), "set=99-team&next=%2F").expect(404);
}

#[test]
fn title_date_and_customer_of_a_meeting_are_corrected() {
    let app = two_meetings();
    app.import("Acme", "other.txt", "Ana: buenos días a todos.");
    let meeting = app.suggestions()[0].meeting;
    let client = app.client().with("accept-language", "en");
    let form =
        "title=Cierre+mensual&title_was=call&date=2026-02-03&date_was=&customer=Acme&customer_was=Molinos+Aurora";
    let answer = client.submit(&format!("/meetings/{meeting}/facts"), form).expect(303);
    let page = client.get(answer.header("location")).expect(200);
    let text = page.text();
    assert!(text.contains("<h1>Cierre mensual</h1>") && text.contains("3 Feb 2026"), "{text}");
    assert!(text.contains("What was corrected") && text.contains("Molinos Aurora → Acme"), "{text}");
    let same = "title=a&title_was=a&date=&date_was=&customer=Acme&customer_was=Acme";
    let answer = client.submit(&format!("/meetings/{meeting}/facts"), same).expect(303);
    assert_eq!(answer.header("location"), format!("/meetings/{meeting}"), "nothing was corrected");
}

#[test]
fn names_much_alike_are_proposed_as_one_person_and_merged_or_kept_apart_by_a_click() {
    let app = TestApp::new();
    app.import("Acme", "uno.txt", "Jorge Antelo: el pedido llega tarde.\nLuis: ya veo.\n");
    app.import("Acme", "dos.txt", "J. Antelo: la planta espera el pedido.\nLuis: entiendo.\n");
    let customer = customer_of(&app, "Acme");
    let client = app.client().with("accept-language", "en");
    let address = format!("/customers/{customer}/people");
    let page = client.get(&address).expect(200);
    assert!(page.text().contains("Are they the same person?"), "{}", page.text());
    let (short, full) = (person(&app, customer, "J. Antelo"), person(&app, customer, "Jorge Antelo"));
    let merge = format!("action=\"/people/{short}/merge\"");
    assert!(page.text().contains(&merge) && page.text().contains(&format!("name=\"other\" value=\"{full}\"")));
    let answer = client.submit(&format!("/people/{short}/merge"), &format!("other={full}&next={address}")).expect(303);
    let page = client.get(answer.header("location")).expect(200);
    assert!(page.text().contains("J. Antelo → Jorge Antelo"), "{}", page.text());
    assert!(!page.text().contains("Are they the same person?"));
}

#[test]
fn a_person_gets_another_name_a_role_and_a_side() {
    let app = two_meetings();
    let customer = customer_of(&app, "Molinos Aurora");
    let address = format!("/customers/{customer}/people");
    let renata = person(&app, customer, "Renata");
    let client = app.client().with("accept-language", "es");
    client.submit(&format!("/people/{renata}/name"), &format!("name=Renata+Suárez&next={address}")).expect(303);
    client.submit(&format!("/people/{renata}/role"), &format!("role=Contadora&next={address}")).expect(303);
    client.submit(&format!("/people/{renata}/side"), &format!("side=third_party&next={address}")).expect(303);
    let page = client.get(&address).expect(200);
    let text = page.text();
    assert!(text.contains("Renata Suárez") && text.contains("Contadora"), "{text}");
    let view = app.app.people(customer).expect("a list").into_iter().find(|view| view.person.id == renata);
    assert_eq!(view.expect("it is there").person.side, Side::ThirdParty);
    client.submit(&format!("/people/{renata}/name"), &format!("name=&next={address}")).expect(422);
}

#[test]
fn customers_have_aliases_a_group_and_can_be_one() {
    let app = two_meetings();
    app.import("Grupo Aurora", "otra.txt", "Ana: buenos días a todos, empezamos.");
    let (molinos, grupo) = (customer_of(&app, "Molinos Aurora"), customer_of(&app, "Grupo Aurora"));
    let client = app.client().with("accept-language", "en");
    let profile = format!("/customers/{molinos}/profile");
    client.submit(&format!("/customers/{molinos}/aliases"), "alias=Aurora+SA").expect(303);
    client.submit(&format!("/customers/{molinos}/parent"), &format!("parent={grupo}&part=company")).expect(303);
    let page = client.get(&profile).expect(200);
    let text = page.text();
    assert!(text.contains("Aurora SA") && text.contains(&format!("value=\"{grupo}\" selected")), "{text}");
    let list = client.get("/customers").expect(200);
    assert!(list.text().contains("customer-part-1") && list.text().contains("company of the group"), "{}", list.text());
    client.submit(&format!("/customers/{molinos}/aliases/remove"), "alias=Aurora+SA").expect(303);
    client.submit(&format!("/customers/{molinos}/name"), "name=Molinos+La+Aurora").expect(303);
    let page = client.get(&profile).expect(200);
    assert!(page.text().contains("<h1>Molinos La Aurora</h1>") && !page.text().contains("value=\"Aurora SA\""));
    let answer = client.submit(&format!("/customers/{grupo}/merge"), &format!("other={molinos}")).expect(303);
    assert!(answer.header("location").starts_with(&format!("/customers/{molinos}?fixed=")));
    assert_eq!(app.app.customers().expect("a list").len(), 1);
}

#[test]
fn a_name_almost_the_same_is_proposed_as_one_customer() {
    let app = TestApp::new();
    app.import("Comversa", "call.vtt", CALL);
    app.import("Conversa", "otra.txt", "Ana: buenos días a todos, empezamos.");
    let client = app.client().with("accept-language", "en");
    let page = client.get("/customers").expect(200);
    assert!(page.text().contains("Are they the same organisation?"), "{}", page.text());
    let (one, other) = (customer_of(&app, "Comversa"), customer_of(&app, "Conversa"));
    client.submit(&format!("/customers/{one}/keep-apart"), &format!("other={other}&next=%2Fcustomers")).expect(303);
    let page = client.get("/customers").expect(200);
    assert!(!page.text().contains("Are they the same organisation?"));
}
