# Short names for what is done often. `just` lists them; everything works without just, too.

[private]
default:
    @just --list

# Nineteen example meetings in the browser
demo *arguments:
    cargo run --release -- demo {{ arguments }}

# Your own workspace in the browser
serve *arguments:
    cargo run --release -- serve {{ arguments }}

# Everything that must hold before a change is merged
check:
    ./scripts/test

# Some of the tests: `just test lexicon`
test *filter:
    cargo test --test all {{ filter }}

# Format and lint
tidy:
    cargo fmt
    cargo clippy --all-targets -- -D warnings

# Look at changed snapshots and accept them (needs cargo-insta)
snapshots:
    cargo insta test --review --test all

# Write the generated tables of README.md and CONTRIBUTING.md anew
docs:
    UPDATE_DOCS=1 cargo test --test all docs

# Measure the import, the search and the matcher
bench *filter:
    cargo bench {{ filter }}

# Damage files of a format without end: `just fuzz csv` (needs cargo-fuzz and a nightly toolchain)
fuzz format *arguments:
    mkdir -p fuzz/corpus/{{ format }}
    cargo +nightly fuzz run {{ format }} fuzz/corpus/{{ format }} fixtures/transcripts/{{ format }} -- {{ arguments }}

# The program that is shipped: small and fast, slow to build
dist:
    cargo build --profile dist
