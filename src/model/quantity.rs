//! A number bound to what it counts.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Span;

/// How a number is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuantityKind {
    /// "142 sistemas"
    Exact,
    /// "8 de 70"
    Ratio,
    /// "7-8 macroprocesos"
    Range,
    /// "más de 500 empleados", "500+"
    AtLeast,
    /// "dos días por semana", "2-3 weeks"
    Duration,
    /// "Bs 1.200", "$3k"
    Money,
    /// "40 %"
    Percent,
}

/// A number bound to what it counts, with the words that say it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Quantity {
    /// How it is meant.
    pub kind: QuantityKind,
    /// The number; the lower one of a range, the part of a ratio.
    pub value: f64,
    /// The upper number of a range, the whole of a ratio.
    pub upper: Option<f64>,
    /// What it counts or measures, as said: "sistemas", "días", "USD".
    pub unit: Option<String>,
    /// Where it lies, as byte range of the utterance's own text.
    pub span: Span,
}
