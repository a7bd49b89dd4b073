//! Is this another transcript of the same meeting?
//!
//! Two texts are compared by their shingles: every run of three words, folded (case, accents and punctuation aside). Their
//! likeness is the resemblance of Broder (1997), the shingles that both have among those that either has: 1 for the same
//! words in any layout, about 0.75 where every twentieth word was corrected, below 0.05 for two meetings of one project.
//! It is estimated from MinHash signatures of 128 values, with a standard error of at most 0.045, so that the texts of
//! other meetings are never read.

use std::collections::HashSet;

use crate::model::{Nature, Transcript, Utterance};
use crate::store::Signature;
use crate::text::words::fold;

/// From this likeness on, a file is taken for another transcript of the same meeting.
pub(super) const SAME_MEETING: f32 = 0.4;

/// How many words make a shingle.
const SHINGLE_WORDS: usize = 3;
/// How many values a signature has.
const VALUES: usize = 128;

/// The signature of what was said and noted; empty for fewer than three words.
pub(super) fn signature(transcript: &Transcript, utterances: &[Utterance]) -> Signature {
    let mut shingles: HashSet<u64> = HashSet::new();
    let mut last = [0_u64; SHINGLE_WORDS];
    let mut words = 0_usize;
    for utterance in utterances {
        if transcript.turns.get(utterance.turn).is_some_and(|turn| turn.nature == Nature::Heading) {
            continue;
        }
        let folded = fold(&utterance.text);
        for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            last.rotate_left(1);
            last[SHINGLE_WORDS - 1] = hash_of(word);
            words += 1;
            if words >= SHINGLE_WORDS {
                shingles.insert(last.iter().fold(0, |all, word| mixed(all.rotate_left(21) ^ word)));
            }
        }
    }
    if shingles.is_empty() {
        return Signature::default();
    }
    let mut hashes = vec![u32::MAX; VALUES];
    let steps = permutations();
    for shingle in &shingles {
        for (least, (factor, shift)) in hashes.iter_mut().zip(&steps) {
            let hash = (shingle.wrapping_mul(*factor).wrapping_add(*shift) >> 32) as u32;
            *least = (*least).min(hash);
        }
    }
    Signature { shingles: shingles.len(), hashes }
}

/// The estimated resemblance of the two texts, 0 to 1.
pub(super) fn likeness(one: &Signature, other: &Signature) -> f32 {
    if one.hashes.len() != VALUES || other.hashes.len() != VALUES {
        return 0.0;
    }
    let same = one.hashes.iter().zip(&other.hashes).filter(|(one, other)| one == other).count();
    same as f32 / VALUES as f32
}

/// Between how many shingles a text must have to reach [`SAME_MEETING`] with one of so many: the smaller of two sets
/// among the larger bounds their resemblance. A little more, because the likeness is estimated.
pub(super) fn sizes(shingles: usize) -> (usize, usize) {
    let bound = SAME_MEETING - 0.1;
    ((shingles as f32 * bound) as usize, (shingles as f32 / bound).ceil() as usize)
}

/// FNV-1a, mixed: the same on every machine and in every version, because signatures are kept.
fn hash_of(word: &str) -> u64 {
    let fnv = word
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    mixed(fnv)
}

/// The finaliser of SplitMix64 (Steele, Lea and Flood 2014).
fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// An odd factor and a shift for each value of a signature: multiply-shift hashing (Dietzfelbinger 1996).
fn permutations() -> Vec<(u64, u64)> {
    let number = |at: usize| mixed((at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    (0..VALUES).map(|at| (number(2 * at) | 1, number(2 * at + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Turn;

    fn signed(words: &[String]) -> Signature {
        let transcript = Transcript { turns: vec![Turn::default()], ..Transcript::default() };
        let utterance = Utterance { text: words.join(" "), ..Utterance::default() };
        signature(&transcript, &[utterance])
    }

    fn words(from: usize, to: usize) -> Vec<String> {
        (from..to).map(|at| format!("palabra{}", at * at % 1009)).collect()
    }

    #[test]
    fn the_same_words_are_alike_whatever_their_layout() {
        let plain = words(0, 300);
        let mut shouted: Vec<String> = plain.iter().map(|word| word.to_uppercase()).collect();
        shouted[7].push_str("...");
        assert_eq!(likeness(&signed(&plain), &signed(&shouted)), 1.0);
    }

    #[test]
    fn a_corrected_text_is_the_same_meeting_and_another_text_is_not() {
        let plain = words(0, 800);
        let mut corrected = plain.clone();
        for at in (0..corrected.len()).step_by(12) {
            corrected[at] = "corregida".to_owned();
        }
        let near = likeness(&signed(&plain), &signed(&corrected));
        assert!(near > SAME_MEETING && near < 0.9, "{near}");
        let far =
            likeness(&signed(&plain), &signed(&words(5000, 5800).iter().map(|w| format!("x{w}")).collect::<Vec<_>>()));
        assert!(far < 0.05, "{far}");
    }

    #[test]
    fn too_few_words_resemble_nothing() {
        let short = signed(&words(0, 2));
        assert_eq!(likeness(&short, &short), 0.0);
    }

    #[test]
    fn sizes_leave_room_for_what_could_be_alike() {
        let (least, most) = sizes(1000);
        assert!(least <= 400 && most >= 2500, "{least} {most}");
    }
}
