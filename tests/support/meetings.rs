//! Small invented meetings that several tests tell of.

/// A call in English about copying by hand, with a trap: what went well is no pain.
pub const CALL: &str = "\
WEBVTT

00:00:01.000 --> 00:00:05.000
Camila (team): How do you close the month today?

00:00:06.000 --> 00:00:12.000
Renata (Molinos Aurora): We copy every invoice by hand from the spreadsheet into the system.

00:00:13.000 --> 00:00:19.000
Renata (Molinos Aurora): It takes us two days every month and we are always late.

00:00:20.000 --> 00:00:26.000
Renata (Molinos Aurora): We need to see the stock of every plant in one place.
";

/// Notes of the same customer in Spanish about the same work.
pub const TALK: &str = "\
[00:00:05] Camila (equipo): ¿Cómo llevan las facturas?
[00:00:12] Renata (Molinos Aurora): Copiamos todas las facturas a mano del Excel al sistema, cada viernes.
[00:00:31] Renata (Molinos Aurora): Me da miedo que se nos vaya el cliente por los retrasos.
[00:00:44] Renata (Molinos Aurora): Con la nómina no tenemos ningún problema.
";
