use crate::support::Program;
use crate::support::meetings::CALL;

#[test]
fn the_index_is_built_anew_from_the_store() {
    let program = Program::new();
    program.write("call.vtt", CALL);
    program.run(&["import", "call.vtt", "--customer", "Acme"]).expect(0);
    assert_eq!(program.run(&["reindex", "--json"]).expect(0).json()["meetings"], 1);
    assert_eq!(program.run(&["reindex"]).expect(0).out, "1 meetings indexed\n");
    assert_eq!(program.run(&["search", "--json", "spreadsheet"]).expect(0).json()["total"], 1);
}
