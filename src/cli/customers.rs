//! `cita customers`

use clap::{Args, Subcommand};

use crate::app::App;
use crate::model::{Part, Problem};

use super::output::{print, print_json, say};
use super::people::tell;
use super::{OK, Places};

/// What can be done with customers. A CUSTOMER is a name, another way to write it, or an identity.
#[derive(Subcommand)]
pub enum CustomersCommand {
    /// List the customers
    List(Json),
    /// Tell what belongs to a customer, and the other ways to write its name
    Show(OneCustomer),
    /// List customers that may be one
    Proposals(Json),
    /// Give a customer another name; the one before leads to it from then on
    Rename(TwoTexts),
    /// Add another way to write a customer's name
    Alias(AliasArgs),
    /// Say that a customer belongs to a group; without GROUP, that it belongs to none
    Group(GroupArgs),
    /// Say that FROM is INTO: its meetings, people and entries go there
    Merge(TwoTexts),
    /// Say that two customers with names alike are two
    Apart(TwoTexts),
}

/// How to print.
#[derive(Args)]
pub struct Json {
    /// As JSON, for programs
    #[arg(long)]
    json: bool,
}

/// A customer.
#[derive(Args)]
pub struct OneCustomer {
    /// Who
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    #[command(flatten)]
    how: Json,
}

/// A customer and another customer or name.
#[derive(Args)]
pub struct TwoTexts {
    /// Who
    #[arg(value_name = "CUSTOMER")]
    one: String,
    /// Another customer, or the new name
    #[arg(value_name = "OTHER")]
    other: String,
    #[command(flatten)]
    how: Json,
}

/// A customer and another way to write its name.
#[derive(Args)]
pub struct AliasArgs {
    /// Who
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// How else the name is written
    #[arg(value_name = "NAME")]
    alias: String,
    /// It is written so no more
    #[arg(long)]
    remove: bool,
    #[command(flatten)]
    how: Json,
}

/// A customer and its group.
#[derive(Args)]
pub struct GroupArgs {
    /// Who
    #[arg(value_name = "CUSTOMER")]
    customer: String,
    /// The group, or the company of the unit
    #[arg(value_name = "GROUP")]
    group: Option<String>,
    /// It is a unit of a company: a plant, a department
    #[arg(long)]
    unit: bool,
    #[command(flatten)]
    how: Json,
}

/// Does it.
pub fn run(places: &Places, command: &CustomersCommand) -> Result<u8, Problem> {
    let app = places.open()?;
    let id = |name: &str| app.customer_named(name).map(|customer| customer.id);
    match command {
        CustomersCommand::List(args) => list(&app, args),
        CustomersCommand::Show(args) => show(&app, args),
        CustomersCommand::Proposals(args) => proposals(&app, args),
        CustomersCommand::Rename(args) => tell(&app.rename_customer(id(&args.one)?, &args.other)?, args.how.json),
        CustomersCommand::Alias(args) => {
            let customer = id(&args.customer)?;
            let done = match args.remove {
                true => app.remove_alias(customer, &args.alias)?,
                false => app.add_alias(customer, &args.alias)?,
            };
            tell(&done, args.how.json)
        }
        CustomersCommand::Group(args) => {
            let part = if args.unit { Part::Unit } else { Part::Company };
            let group = args.group.as_deref().map(id).transpose()?.map(|group| (group, part));
            tell(&app.set_parent(id(&args.customer)?, group)?, args.how.json)
        }
        CustomersCommand::Merge(args) => tell(&app.merge_customers(id(&args.one)?, id(&args.other)?)?, args.how.json),
        CustomersCommand::Apart(args) => {
            tell(&app.keep_customers_apart(id(&args.one)?, id(&args.other)?)?, args.how.json)
        }
    }
}

fn list(app: &App, args: &Json) -> Result<u8, Problem> {
    let customers = app.customers()?;
    if args.json {
        print_json(&customers)?;
        return Ok(OK);
    }
    for row in &customers {
        let (name, meetings, pending, entries) = (&row.customer.name, row.meetings, row.pending, row.entries);
        print(&say(
            &format!("{name} · {meetings} reuniones, {pending} por revisar, {entries} entradas"),
            &format!("{name} · {meetings} meetings, {pending} to review, {entries} entries"),
        ));
    }
    Ok(OK)
}

fn show(app: &App, args: &OneCustomer) -> Result<u8, Problem> {
    let view = app.customer_view(app.customer_named(&args.customer)?.id)?;
    if args.how.json {
        print_json(&view)?;
        return Ok(OK);
    }
    print(&view.summary.customer.name);
    if let Some(parent) = &view.parent {
        let (name, part) = (&parent.customer.name, part_label(parent.part));
        print(&say(&format!("  {part} de {name}"), &format!("  {part} of {name}")));
    }
    for part in &view.parts {
        print(&format!("  {} {}", part_label(part.part), part.customer.name));
    }
    for alias in &view.aliases {
        print(&format!("  = {alias}"));
    }
    Ok(OK)
}

fn part_label(part: Part) -> String {
    match part {
        Part::Company => say("empresa", "company"),
        Part::Unit => say("unidad", "unit"),
    }
}

fn proposals(app: &App, args: &Json) -> Result<u8, Problem> {
    let proposals = app.customer_proposals()?;
    if args.json {
        print_json(&proposals)?;
        return Ok(OK);
    }
    if proposals.is_empty() {
        print(&say("Ningún cliente parece repetido.", "No customer seems to be there twice."));
    }
    for proposal in &proposals {
        let (one, other) = (&proposal.one.name, &proposal.other.name);
        print(&format!("{other} = {one}? ({:.2})", proposal.likeness));
        print(&format!("  cita customers merge {} {}", proposal.other.id, proposal.one.id));
    }
    Ok(OK)
}
