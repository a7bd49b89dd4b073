//! `cita people`

use clap::{Args, Subcommand};

use crate::app::{App, PersonView, SameReason};
use crate::model::{Correction, MeetingId, Person, PersonId, Problem, ProblemClass, Side};

use super::output::{print, print_json, say, terminal_language};
use super::{OK, Places};

/// What can be done with people. A PERSON is a name (with --customer) or an identity.
#[derive(Subcommand)]
pub enum PeopleCommand {
    /// List the people of a customer's meetings, with the labels of each
    List(OfCustomer),
    /// List people who may be one
    Proposals(OfCustomer),
    /// Say that FROM is another label of INTO
    Merge(TwoPeople),
    /// Say that two people with names alike are two
    Apart(TwoPeople),
    /// Call a person by another name
    Rename(NamedPerson),
    /// Write down what a person does at the organisation; without TEXT, take it away
    Role(NamedPerson),
    /// Set the side of a person: customer, team, third_party, unknown
    Side(SideArgs),
}

/// Whose people.
#[derive(Args)]
pub struct OfCustomer {
    /// The customer
    #[arg(long, value_name = "NAME")]
    customer: String,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Two people.
#[derive(Args)]
pub struct TwoPeople {
    /// One
    #[arg(value_name = "FROM")]
    from: String,
    /// The other
    #[arg(value_name = "INTO")]
    into: String,
    #[command(flatten)]
    how: How,
}

/// A person and a text.
#[derive(Args)]
pub struct NamedPerson {
    /// Who
    #[arg(value_name = "PERSON")]
    person: String,
    /// What to write
    #[arg(value_name = "TEXT")]
    text: Option<String>,
    #[command(flatten)]
    how: How,
}

/// A person and a side.
#[derive(Args)]
pub struct SideArgs {
    /// Who
    #[arg(value_name = "PERSON")]
    person: String,
    /// The side
    #[arg(value_name = "SIDE")]
    side: Side,
    /// Only in this meeting [default: in every meeting, those to come among them]
    #[arg(long, value_name = "MEETING")]
    meeting: Option<MeetingId>,
    #[command(flatten)]
    how: How,
}

/// Whose person, and how to print.
#[derive(Args)]
pub struct How {
    /// The customer whose person a name means
    #[arg(long, value_name = "NAME")]
    customer: Option<String>,
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// Does it.
pub fn run(places: &Places, command: &PeopleCommand) -> Result<u8, Problem> {
    let app = places.open()?;
    match command {
        PeopleCommand::List(args) => list(&app, args),
        PeopleCommand::Proposals(args) => proposals(&app, args),
        PeopleCommand::Merge(args) => {
            let (from, into) = (find(&app, &args.from, &args.how)?, find(&app, &args.into, &args.how)?);
            tell(&app.merge_people(from, into)?, args.how.json)
        }
        PeopleCommand::Apart(args) => {
            let (one, other) = (find(&app, &args.from, &args.how)?, find(&app, &args.into, &args.how)?);
            tell(&app.keep_people_apart(one, other)?, args.how.json)
        }
        PeopleCommand::Rename(args) => {
            let person = find(&app, &args.person, &args.how)?;
            tell(&app.rename_person(person, args.text.as_deref().unwrap_or_default())?, args.how.json)
        }
        PeopleCommand::Role(args) => {
            let person = find(&app, &args.person, &args.how)?;
            tell(&app.set_person_role(person, args.text.as_deref())?, args.how.json)
        }
        PeopleCommand::Side(args) => {
            let person = find(&app, &args.person, &args.how)?;
            tell(&app.set_person_side(person, args.side, args.meeting)?, args.how.json)
        }
    }
}

/// Tells what was put right, and how to take it back.
pub fn tell(correction: &Correction, json: bool) -> Result<u8, Problem> {
    if json {
        print_json(correction)?;
    } else {
        let id = correction.id;
        print(&say(
            &format!("Hecho. Para deshacerlo: cita corrections undo {id}"),
            &format!("Done. To take it back: cita corrections undo {id}"),
        ));
    }
    Ok(OK)
}

fn list(app: &App, args: &OfCustomer) -> Result<u8, Problem> {
    let people = app.people(app.customer_named(&args.customer)?.id)?;
    if args.json {
        print_json(&people)?;
        return Ok(OK);
    }
    let language = terminal_language();
    for PersonView { person, labels, meetings, turns } in &people {
        let role = person.role.as_ref().map(|role| format!(", {role}")).unwrap_or_default();
        let side = person.side.label(language);
        print(&say(
            &format!("{}{role} · {side} · {meetings} reuniones, {turns} turnos · {}", person.name, person.id),
            &format!("{}{role} · {side} · {meetings} meetings, {turns} turns · {}", person.name, person.id),
        ));
        for label in labels.iter().filter(|label| label.label != person.name) {
            print(&format!("  = {}", label.label));
        }
    }
    Ok(OK)
}

fn proposals(app: &App, args: &OfCustomer) -> Result<u8, Problem> {
    let proposals = app.person_proposals(app.customer_named(&args.customer)?.id)?;
    if args.json {
        print_json(&proposals)?;
        return Ok(OK);
    }
    if proposals.is_empty() {
        print(&say("Nadie parece repetido.", "Nobody seems to be there twice."));
    }
    for proposal in &proposals {
        let (one, other) = (&proposal.one.name, &proposal.other.name);
        let why = match proposal.reason {
            SameReason::Initials => say("iniciales", "initials"),
            SameReason::MissingName => say("falta un nombre", "a name is missing"),
            SameReason::Email => say("correo", "e-mail address"),
            SameReason::Spelling => say("ortografía", "spelling"),
        };
        print(&format!("{one} = {other}? ({why})"));
        print(&format!("  cita people merge {} {}", proposal.other.id, proposal.one.id));
    }
    Ok(OK)
}

fn find(app: &App, said: &str, how: &How) -> Result<PersonId, Problem> {
    if let Ok(id) = said.parse() {
        return Ok(app.person(id)?.id);
    }
    let Some(customer) = &how.customer else { return Err(whose(said)) };
    let people = app.people(app.customer_named(customer)?.id)?;
    let named = |person: &Person, labels: &[crate::app::PersonLabel]| {
        person.name == said || labels.iter().any(|label| label.label == said)
    };
    let mut found = people.iter().filter(|view| named(&view.person, &view.labels));
    match (found.next(), found.next()) {
        (Some(view), None) => {
            Ok(view.labels.iter().find(|label| label.label == said).map_or(view.person.id, |label| label.person))
        }
        _ => Err(nobody(said)),
    }
}

fn whose(said: &str) -> Problem {
    Problem::new(
        "person_of_whom",
        ProblemClass::Invalid,
        format!("{said:?} no es una identidad."),
        format!("{said:?} is no identity."),
    )
    .hint("Diga de qué cliente es: --customer NOMBRE.", "Say whose person it is: --customer NAME.")
}

fn nobody(said: &str) -> Problem {
    Problem::new(
        "person_not_found",
        ProblemClass::NotFound,
        format!("Nadie de ese cliente se llama {said:?}, o más de uno."),
        format!("Nobody of that customer is called {said:?}, or more than one."),
    )
    .hint("Vea cita people list --customer NOMBRE.", "See cita people list --customer NAME.")
}
