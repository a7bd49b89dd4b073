//! What must stay fast: `cargo bench`. The bars are in ARCHITECTURE.md.

use std::sync::Arc;

use cita::app::{App, DemoMeeting, Reader, RealWorld, SearchRequest, demo_meetings};
use cita::config::Settings;
use divan::{Bencher, counter::BytesCount};
use tempfile::TempDir;

fn main() {
    divan::main();
}

/// A service on disk in a folder of its own.
struct Service {
    app: Arc<App>,
    _folder: TempDir,
}

impl Service {
    fn new(team: Vec<String>) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (data, index) = (folder.path().join("data"), folder.path().join("index"));
        let settings = Settings { data, index, team, ..Settings::default() };
        let app = App::open(settings, Box::new(RealWorld)).expect("an empty service opens");
        app.wait_for_index();
        Self { app, _folder: folder }
    }

    fn with_all_meetings() -> Self {
        let (team, meetings) = demo();
        let service = Self::new(team);
        service.import(&meetings);
        service
    }

    fn import(&self, meetings: &[DemoMeeting]) {
        for meeting in meetings {
            self.app.import_unindexed(&meeting.upload().expect("the file is there")).expect("it can be imported");
        }
        self.app.follow_store().expect("the index follows");
    }
}

fn demo() -> (Vec<String>, Vec<DemoMeeting>) {
    demo_meetings().expect("the list of meetings is sound")
}

/// Files to durable, searchable meetings with their suggestions.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn import_the_nineteen_meetings(bencher: Bencher) {
    let (team, meetings) = demo();
    bencher.with_inputs(|| Service::new(team.clone())).bench_values(|service| {
        service.import(&meetings);
        service
    });
}

/// One upload of a running service, index included: what a person waits for.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn import_one_more_meeting(bencher: Bencher) {
    let service = Service::with_all_meetings();
    let (_, meetings) = demo();
    let mut count = 0;
    bencher
        .with_inputs(|| {
            count += 1;
            let mut upload = meetings[0].upload().expect("the file is there");
            upload.bytes.extend_from_slice(format!("\nNOTE copy {count}\n").as_bytes());
            upload
        })
        .bench_local_values(|upload| service.app.import(&upload).expect("it can be imported"));
}

/// Queries over the nineteen meetings, with what a page needs to show each hit.
#[divan::bench(args = ["factura", "invoice OR factura", "\"a mano\"", "aprob*", "customer:comversa demora", "NOT excel reporte"])]
fn search(bencher: Bencher, query: &str) {
    let service = Service::with_all_meetings();
    let request = SearchRequest { q: query.to_owned(), ..SearchRequest::default() };
    bencher.bench_local(|| service.app.search(&request).expect("an answer"));
}

/// Bytes to suggestions without keeping anything: formats, language, lexicon, context, scores.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn understand_the_nineteen_meetings(bencher: Bencher) {
    let (team, meetings) = demo();
    let reader = Reader::new(None, &team).expect("the built-in lexicon is sound");
    let files: Vec<_> = meetings.iter().map(|meeting| meeting.upload().expect("the file is there")).collect();
    let bytes: usize = files.iter().map(|file| file.bytes.len()).sum();
    bencher.counter(BytesCount::new(bytes)).bench_local(|| {
        let read = files.iter().map(|file| reader.read(&file.file_name, &file.bytes, None).expect("it can be read"));
        read.map(|understood| understood.suggestions.len()).sum::<usize>()
    });
}

/// The lexicon compiled into its matcher: most of what a start costs.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn compile_the_lexicon() -> Reader {
    Reader::new(None, &[]).expect("the built-in lexicon is sound")
}
