//! The outside world behind one door: what time it is, and new identities.

use jiff::Timestamp;
use uuid::Uuid;

/// Clock and identities. Tests bring a fixed one, so that nothing below needs to be redacted.
pub trait World: Send + Sync {
    /// Now.
    fn now(&self) -> Timestamp;
    /// An identity that nothing else has; later ones sort after earlier ones.
    fn new_id(&self) -> Uuid;
}

/// The real clock and UUIDs of version 7.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealWorld;

impl World for RealWorld {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn new_id(&self) -> Uuid {
        Uuid::now_v7()
    }
}
