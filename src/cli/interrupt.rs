//! Ctrl-C asks a long command to end after the file under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a command that was interrupted ends with, as shells expect.
pub const INTERRUPTED: u8 = 130;

/// Has somebody pressed Ctrl-C? A second press ends the program at once; what is stored is whole at any moment.
#[derive(Clone, Default)]
pub struct Interrupt(Arc<AtomicBool>);

impl Interrupt {
    /// Listens from now on.
    pub fn listen() -> Self {
        let interrupt = Self::default();
        let pressed = interrupt.clone();
        std::thread::spawn(move || pressed.wait());
        interrupt
    }

    /// Has it come?
    pub fn has_come(&self) -> bool {
        self.0.load(Ordering::Acquire)
    }

    fn wait(&self) {
        let Ok(runtime) = tokio::runtime::Builder::new_current_thread().enable_all().build() else { return };
        runtime.block_on(async {
            for presses in 0.. {
                if tokio::signal::ctrl_c().await.is_err() {
                    return;
                }
                if presses > 0 {
                    end_now();
                }
                self.0.store(true, Ordering::Release);
            }
        });
    }
}

#[expect(clippy::exit, reason = "a second Ctrl-C means now")]
fn end_now() -> ! {
    std::process::exit(i32::from(INTERRUPTED))
}
