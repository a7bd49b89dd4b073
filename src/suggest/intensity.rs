//! How strongly something is said, with the reason.

use crate::model::{Intensity, Mark, QuantityKind, Reason};

use super::explain::reason;
use super::observe::Observation;

/// The intensity, and a reason of weight zero that says where it comes from.
pub(super) fn intensity(text: &str, seen: &Observation) -> (Intensity, Option<Reason>) {
    let quantities = &seen.quantities;
    let told = |kind: QuantityKind| quantities.iter().any(|quantity| quantity.kind == kind);
    let counted = !quantities.is_empty();
    let loss = told(QuantityKind::Money) || told(QuantityKind::Ratio) || told(QuantityKind::Percent);
    let signs = seen.intensifiers.len() + usize::from(counted) + usize::from(loss);
    let level = match signs {
        0 => Intensity::Low,
        1 => Intensity::Medium,
        _ => Intensity::High,
    };
    if level == Intensity::Low || !(seen.marks.contains(&Mark::Intense) || counted) {
        return (level, None);
    }
    let cues: Vec<String> = seen.intensifiers.iter().filter_map(|cue| Some(cue.slice(text)?.to_lowercase())).collect();
    let mut es: Vec<String> = cues.iter().map(|cue| format!("«{cue}»")).collect();
    let mut en: Vec<String> = cues.iter().map(|cue| format!("\"{cue}\"")).collect();
    if counted {
        es.push("una cifra".to_owned());
        en.push("a figure".to_owned());
    }
    let (es, en) = (format!("intensidad: {}", es.join(", ")), format!("intensity: {}", en.join(", ")));
    (level, Some(reason("intensity", &es, &en, 0.0)))
}
