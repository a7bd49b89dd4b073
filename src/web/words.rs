//! Every word of the interface, in Spanish and English. A word that is missing in one language or used nowhere does not
//! compile.

use crate::model::UiLanguage;

macro_rules! words {
    ($($key:ident: $es:literal, $en:literal;)*) => {
        /// The words of one language.
        pub(in crate::web) struct Words {
            $(pub $key: &'static str,)*
        }

        const SPANISH: Words = Words { $($key: $es,)* };
        const ENGLISH: Words = Words { $($key: $en,)* };
    };
}

/// The words for this reader.
pub(in crate::web) fn words(language: UiLanguage) -> &'static Words {
    match language {
        UiLanguage::Spanish => &SPANISH,
        UiLanguage::English => &ENGLISH,
    }
}

words! {
    skip: "Saltar al contenido", "Skip to content";
    nav: "Principal", "Main";
    breadcrumbs: "Dónde está", "Where you are";
    home: "Inicio", "Home";
    meetings: "Reuniones", "Meetings";
    review: "Revisar", "Review";
    search: "Buscar", "Search";
    maps: "Clientes", "Customers";
    search_all: "Buscar en todas las reuniones", "Search all meetings";
    other_language: "English", "Español";
    switch_language: "Cambiar el idioma a inglés", "Change the language to Spanish";
    rebuilding: "El índice de búsqueda se está construyendo: los resultados aún no son completos.",
        "The search index is being built: results are not complete yet.";
    behind: "El índice de búsqueda no está al día. Ejecute cita reindex.",
        "The search index is not up to date. Run cita reindex.";
    footer: "Todo queda en esta máquina.", "Everything stays on this machine.";

    home_title: "De la reunión a la evidencia", "From the meeting to the evidence";
    home_lead: "Suba la transcripción; cita propone qué duele, qué frena y qué se busca, con las palabras exactas. Usted decide.",
        "Upload the transcript; cita proposes what hurts, what gets in the way and what is wanted, in the exact words. You decide.";
    drop_here: "Suelte aquí transcripciones o notas", "Drop transcripts or notes here";
    drop_choose: "o elija archivos", "or choose files";
    drop_hint_before: "Lo que entregue su herramienta: subtítulos, texto, Word, PDF, hojas, JSON, chats, o un zip de todo eso. Hasta",
        "Whatever your tool hands out: captions, text, Word, PDF, sheets, JSON, chats, or a zip of all that. Up to";
    drop_hint_after: "MB por archivo. Primero verá lo que cita entiende; nada se guarda hasta que lo confirme.",
        "MB a file. First you see what cita understands; nothing is kept until you confirm.";
    preview: "Ver qué se entiende", "See what is understood";
    folder: "Una carpeta entera", "A whole folder";
    folder_and_format: "Una carpeta, otro formato", "A folder, another format";
    reading: "leyendo", "reading";
    waiting: "espera", "waiting";
    connection_lost: "No hay respuesta. ¿Sigue cita en marcha?", "No answer. Is cita still running?";
    try_again: "Volver a intentar", "Try again";
    files_read: "archivos leídos", "files read";
    files_imported: "importados", "imported";
    import_all: "Importar todo", "Import everything";
    preview_title: "Esto se entiende", "This is what is understood";
    preview_lead: "Nada está guardado todavía. Corrija lo que haga falta y confirme.",
        "Nothing is kept yet. Correct what needs it, then confirm.";
    not_kept_yet: "Sin guardar", "Not kept yet";
    cannot_read: "No se puede leer", "It cannot be read";
    other_files: "Otros archivos", "Other files";
    read_as_that: "Leerlo así", "Read it as that";
    read_again: "Leer de nuevo", "Read again";
    near_duplicate: "Se parece mucho a una reunión que ya está:", "It is much like a meeting that is there already:";
    as_revision: "Es una versión nueva de", "It is a new revision of";
    as_other_meeting: "Es otra reunión", "It is another meeting";
    alike: "parecido", "alike";
    decision_one: "decisión", "decision";
    decision_many: "decisiones", "decisions";
    decisions_kept: "que se conservan si sus palabras siguen ahí", "kept where their words are still there";
    decisions_carried: "pasan a la versión nueva", "carried over to the new revision";
    recheck_one: "cita por comprobar", "quote to check";
    recheck_many: "citas por comprobar", "quotes to check";
    make_revision: "Es la misma: unirlas", "It is the same: join them";
    revised: "Versión nueva", "New revision";
    found_by_alias: "Es un alias de", "It is an alias of";
    is_it_one_of: "¿Es uno de estos?", "Is it one of these?";
    is_it_person: "¿Es alguien conocido?", "Somebody known?";
    somebody_else: "Otra persona", "Somebody else";
    known_as: "es", "is";
    sideless: "sin lado", "without a side";
    columns: "Qué hay en cada columna", "What each column holds";
    has_header: "La primera fila nombra las columnas", "The first row names the columns";
    column_speaker: "quién habla", "who speaks";
    column_text: "lo que dice", "what is said";
    column_start: "comienzo", "start";
    column_end: "final", "end";
    column_other: "no se lee", "not read";
    what_stays_out: "Lo que queda fuera o merece saberse", "What stays out or is worth knowing";
    customer: "Cliente", "Customer";
    customer_hint: "Con quién fueron las reuniones; si no lo escribe, se busca en cada archivo.",
        "With whom the meetings were held; left empty, each file is asked.";
    date: "Fecha", "Date";
    title: "Título", "Title";
    optional: "opcional", "optional";
    import: "Importar", "Import";
    awaiting: "Esperan revisión", "Awaiting review";
    nothing_awaits: "Nada espera revisión.", "Nothing awaits review.";
    review_all: "Revisar todo", "Review everything";
    recent: "Reuniones recientes", "Recent meetings";
    all_meetings: "Todas las reuniones", "All meetings";
    first_time: "Todavía no hay reuniones", "There are no meetings yet";
    first_upload: "Suba", "Upload";
    first_upload_text: "la transcripción de una reunión, tal como la entrega su herramienta.",
        "the transcript of a meeting, just as your tool hands it out.";
    first_review: "Revise", "Review";
    first_review_text: "lo que cita propone: cada sugerencia es una cita textual y dice por qué está ahí.",
        "what cita proposes: each suggestion is a verbatim quote and says why it is there.";
    first_show: "Muestre", "Show";
    first_show_text: "el mapa de empatía del cliente: cada afirmación se abre a quien la dijo y cuándo.",
        "the customer's empathy map: every statement opens to who said it and when.";
    of_total: "de", "of";
    pending: "por revisar", "to review";
    accepted_count: "en el mapa", "on the map";
    map: "Mapa", "Map";
    meeting_one: "reunión", "meeting";
    meeting_many: "reuniones", "meetings";
    no_date: "sin fecha", "no date";

    import_title: "Importación", "Import";
    imported: "Importada", "Imported";
    already_there: "Ya estaba", "There already";
    already_there_text: "Es el mismo archivo, byte por byte; no se cambió nada.",
        "It is the same file, byte for byte; nothing was changed.";
    new_customer: "Cliente nuevo:", "New customer:";
    similar: "Se parece a:", "It is much like:";
    similar_text: "¿Es el mismo? Únalos.", "The same one? Join them.";
    not_imported: "No se importó", "Not imported";
    nothing_kept: "Nada de este archivo quedó guardado.", "Nothing of this file was kept.";
    read_it: "Leer la reunión", "Read the meeting";
    review_it: "Revisar las sugerencias", "Review the suggestions";
    another: "Importar más", "Import more";
    format: "Formato", "Format";
    format_detected: "Detectar", "Detect";
    confidence: "seguridad", "confidence";
    runner_up: "también podría ser", "it could also be";
    encoding: "Codificación", "Encoding";
    turn_one: "turno", "turn";
    turn_many: "turnos", "turns";
    utterance_one: "frase", "utterance";
    utterance_many: "frases", "utterances";
    speakers: "Hablantes", "Speakers";
    no_speakers: "El archivo no nombra a nadie.", "The file names nobody.";
    languages: "Idiomas", "Languages";
    spanish: "español", "Spanish";
    english: "inglés", "English";
    portuguese: "portugués", "Portuguese";
    mixed: "mezcla", "mixed";
    other: "otro", "other";
    covered: "Duración", "Length";
    left_over_one: "línea sin usar", "line left over";
    left_over_many: "líneas sin usar", "lines left over";
    repeats: "Repeticiones de subtítulos quitadas", "Caption repeats removed";
    warnings: "Advertencias", "Warnings";
    line: "línea", "line";
    column: "columna", "column";
    report: "Informe de la importación", "Import report";
    suggestion_one: "sugerencia", "suggestion";
    suggestion_many: "sugerencias", "suggestions";
    side_from_label: "lo dice su nombre en el archivo", "the label in the file says so";
    side_from_attendees: "lista de asistentes", "list of attendees";
    side_from_email: "dirección de correo", "e-mail address";
    side_from_settings: "nombres del equipo en los ajustes", "the team's names in the settings";
    side_from_earlier: "una reunión anterior", "an earlier meeting";
    side_from_talk: "cómo habla: quién pregunta, quién responde", "how they talk: who asks, who answers";
    side_from_remaining: "no es del equipo, que los ajustes nombran", "not of the team, whom the settings name";
    side_from_person: "lo fijó una persona", "a person set it";

    older: "Más antiguas", "Older";
    no_meetings: "Todavía no hay reuniones. Suba la primera desde el inicio.",
        "There are no meetings yet. Upload the first one from home.";
    delete: "Borrar la reunión", "Delete the meeting";
    delete_explained: "Se borran sus palabras, sus sugerencias, sus citas en el mapa y el archivo original. No se puede deshacer.",
        "Its words, its suggestions, its quotes on the map and the original file are erased. This cannot be undone.";
    delete_now: "Borrar para siempre", "Delete for ever";
    transcript: "Transcripción", "Transcript";
    no_suggestions: "cita no propone nada de esta reunión. Lea la transcripción: quizás el lado de los hablantes no se conoce.",
        "cita proposes nothing from this meeting. Read the transcript: perhaps the speakers' sides are not known.";
    nobody: "sin hablante", "no speaker";
    note: "nota", "note";
    link_to_turn: "Enlace a este turno", "Link to this turn";
    legend: "Sugerencias por tipo", "Suggestions by kind";
    whole_transcript: "Ver toda la transcripción", "See the whole transcript";
    no_turns: "Ningún turno es así.", "No turn is like that.";
    hidden: "sin mostrar", "not shown";
    parts: "Partes de la transcripción", "Parts of the transcript";
    part_before: "Antes", "Before";
    part_after: "Después", "After";
    state: "Estado", "State";
    any_state: "Revisadas o no", "Reviewed or not";
    quality: "Qué tan buena fuente es", "How good a source it is";
    speakers_and_sides: "Hablantes y sus lados", "Speakers and their sides";
    of_both: "con dos idiomas", "in two languages";
    talk: "Quién habla", "Who talks";
    usable: "Frases utilizables", "Usable utterances";
    usable_text: "las dice el cliente o un tercero", "are said by the customer or a third party";
    sides_known: "Lado conocido", "Side known";
    speaker_one: "hablante", "speaker";
    speaker_many: "hablantes", "speakers";

    accept: "Aceptar", "Accept";
    reject: "Rechazar", "Reject";
    undo: "Deshacer", "Undo";
    undo_last: "Deshacer la última", "Undo the last one";
    edit: "Editar", "Edit";
    edit_hint: "Editar y aceptar", "Edit and accept";
    why: "Por qué", "Why";
    why_text: "Lo que sube y lo que baja la sugerencia", "What raises and what lowers the suggestion";
    state_pending: "Por revisar", "To review";
    state_accepted: "En el mapa", "On the map";
    state_rejected: "Rechazada", "Rejected";
    statement: "Afirmación en el mapa", "Statement on the map";
    statement_hint: "La cita queda igual, palabra por palabra.", "The quote stays as it is, word by word.";
    kind: "Tipo", "Kind";
    accept_edited: "Aceptar así", "Accept like this";
    if_accepted: "Si la acepta", "If you accept it";
    joins: "La cita se suma a la entrada", "The quote joins the entry";
    new_entry: "La cita abre una entrada nueva en el mapa:", "The quote opens a new entry on the map:";
    score: "Acierto esperado", "Expected correctness";
    intensity: "Intensidad", "Intensity";
    low: "baja", "low";
    medium: "media", "medium";
    high: "alta", "high";
    marks: "Contexto", "Context";
    terms: "Términos", "Terms";
    previous: "Anterior", "Previous";
    next: "Siguiente", "Next";
    progress: "revisadas", "reviewed";
    review_done: "Todo revisado", "All reviewed";
    review_done_hint: "No queda nada por decidir aquí. Vea el mapa o importe otra reunión.",
        "There is nothing left to decide here. See the map or import another meeting.";
    review_empty: "Aún no hay sugerencias", "No suggestions yet";
    review_empty_hint: "Importe una reunión y vuelva: aquí verá una sugerencia a la vez, con sus palabras exactas.",
        "Import a meeting and come back: here you see one suggestion at a time, with its exact words.";
    in_context: "En su lugar", "In its place";
    filter: "Filtrar", "Filter";
    only_meeting: "Solo la reunión", "Only the meeting";
    whole_queue: "Toda la cola", "The whole queue";
    keys: "Teclas", "Keys";
    keys_next: "siguiente", "next";
    keys_previous: "anterior", "previous";
    keys_accept: "aceptar", "accept";
    keys_edit: "editar y aceptar", "edit and accept";
    keys_reject: "rechazar; luego 1 a 7, el motivo", "reject; then 1 to 7, the reason";
    keys_undo: "deshacer la última decisión", "undo the last decision";
    keys_search: "buscar", "search";
    keys_help: "estas teclas", "these keys";
    close: "Cerrar", "Close";
    reject_why: "¿Por qué no?", "Why not?";
    was_accepted: "Aceptada:", "Accepted:";
    was_rejected: "Rechazada:", "Rejected:";
    see_map: "Ver el mapa", "See the map";

    search_hint: "Palabras, \"frase exacta\", prefijo*, parecida~, a CERCA b, AND OR NOT, cliente: grupo: lado: tipo: concepto: idioma: contexto: tiene: desde: hasta:",
        "Words, \"exact phrase\", prefix*, almost~, a NEAR b, AND OR NOT, customer: group: side: kind: concept: lang: context: has: after: before:";
    search_teach: "Busque lo que alguien dijo, en cualquiera de los dos idiomas. Los acentos no importan.",
        "Search for what somebody said, in either language. Accents do not matter.";
    search_try: "Por ejemplo", "For example";
    no_hits: "Nada con esas palabras", "Nothing with those words";
    no_hits_hint: "Pruebe con menos palabras, con otras, o quite un filtro.",
        "Try fewer words, or others, or take a filter away.";
    hit_one: "resultado", "result";
    hit_many: "resultados", "results";
    any_customer: "Todos los clientes", "All customers";
    any_side: "Todos los lados", "Any side";
    any_kind: "Todos los tipos", "Any kind";
    any_language: "Todos los idiomas", "Any language";
    side: "Lado", "Side";
    language: "Idioma", "Language";
    more: "Más resultados", "More results";
    before_these: "Los anteriores", "The ones before";
    search_order: "Orden", "Order";
    best_first: "Los mejores primero", "Best first";
    recent_first: "Los recientes primero", "Recent first";
    search_group: "Agrupar", "Group";
    group_flat: "Sin agrupar", "Not grouped";
    group_meeting: "Por reunión", "By meeting";
    group_customer: "Por cliente", "By customer";
    only_these_words: "Solo estas palabras, no su equivalente en el otro idioma", "Only these words, not their equivalent in the other language";
    did_you_mean: "¿Quiso decir", "Did you mean";
    also_finds: "También encuentra, en los dos idiomas:", "Also finds, in both languages:";
    said_as: "dicho así", "said as";
    narrow: "Acotar", "Narrow down";
    concepts: "Conceptos", "Concepts";
    months: "Meses", "Months";
    sides: "Lados", "Sides";
    kinds: "Tipos", "Kinds";
    not_discussed: "Aquí no se habló de esto", "Not discussed here";
    around: "Antes y después", "Before and after";
    copy_markdown: "Copiar con referencia", "Copy with reference";
    copied: "Copiado", "Copied";
    all_hits_as: "Todos los resultados como", "All results as";
    save_search: "Guardar la búsqueda", "Save the search";
    saved_searches: "Búsquedas guardadas", "Saved searches";
    new_hits: "nuevos", "new";
    mark_seen: "Marcar como vista", "Mark as seen";
    forget_search: "Olvidar", "Forget";
    feed: "Atom", "Atom";
    score_parts: "frase, alrededor, reunión, parte", "utterance, around, meeting, share";

    maps_title: "Clientes y sus mapas", "Customers and their maps";
    people: "Personas", "People";
    profile: "Nombres y grupo", "Names and group";
    same_customer: "¿Son la misma organización?", "Are they the same organisation?";
    same_person: "¿Son la misma persona?", "Are they the same person?";
    is_alias_of: "Sí, unir en", "Yes, join into";
    same_yes: "Sí, es", "Yes, it is";
    not_the_same: "No son lo mismo", "Not the same";
    same_initials: "las iniciales coinciden", "the initials agree";
    same_missing_name: "falta un nombre o apellido", "a first or last name is missing";
    same_email: "la misma dirección de correo", "the same e-mail address";
    same_spelling: "casi se escriben igual", "spelt almost alike";
    part_company: "empresa del grupo", "company of the group";
    part_unit: "unidad", "unit";
    part_of: "de", "of";
    belongs_to: "Pertenece a", "Belongs to";
    belongs_as: "Pertenece como", "Belongs as";
    nobody_else: "nadie: está por sí sola", "nobody: it stands by itself";
    name: "Nombre", "Name";
    role: "Cargo", "Role";
    save: "Guardar", "Save";
    add: "Añadir", "Add";
    remove: "Quitar", "Remove";
    join: "Unir", "Join";
    correct: "Corregir", "Correct";
    aliases: "También se escribe", "Also written";
    aliases_hint: "Las reuniones que lleguen con uno de estos nombres serán de este cliente.",
        "Meetings that come in under one of these names will be this customer's.";
    new_alias: "Otra forma de escribirlo", "Another way to write it";
    is_the_same_as: "Es lo mismo que", "Is the same as";
    merge_hint: "Sus reuniones, personas y citas pasan al otro, y este nombre queda como alias. Se puede deshacer.",
        "Its meetings, people and quotes go to the other one, and this name stays as an alias. It can be undone.";
    no_people: "Nadie tiene nombre en las reuniones de este cliente todavía.", "Nobody has a name in this customer's meetings yet.";
    also_written: "también", "also";
    only_here: "Solo en esta reunión", "In this meeting only";
    correct_facts: "Corregir título, fecha o cliente", "Correct title, date or customer";
    corrected: "Corregido. Las sugerencias ya lo siguen.", "Corrected. The suggestions follow already.";
    history: "Lo que se corrigió", "What was corrected";
    was_undone: "deshecho", "undone";
    did_rename: "Otro nombre:", "Another name:";
    did_role: "Cargo:", "Role:";
    did_merge: "Unidos:", "Joined:";
    did_keep_apart: "No son lo mismo:", "Not the same:";
    did_side: "Lado:", "Side:";
    did_add_alias: "También se escribe:", "Also written:";
    did_remove_alias: "Ya no se escribe:", "No longer written:";
    did_parent: "Pertenece a:", "Belongs to:";
    did_move: "Otro cliente:", "Another customer:";
    did_correct: "Título o fecha:", "Title or date:";
    did_revise: "Versión nueva:", "New revision:";
    revisions: "Versiones de la transcripción", "Revisions of the transcript";
    older_revision: "Esta es una versión anterior.", "This is an older revision.";
    newest_revision: "La que vale ahora", "The one that counts now";
    recheck_hint: "Estaban en el mapa, pero la versión nueva no trae esas palabras.",
        "They stand on the map, but the new revision no longer holds these words.";
    now_it_says: "Ahora dice:", "Now it says:";
    keep_it: "Dejarla en el mapa", "Keep it on the map";
    take_off_map: "Quitarla", "Take it off";
    no_customers: "Todavía no hay clientes. Importe una reunión y diga con quién fue.",
        "There are no customers yet. Import a meeting and say with whom it was held.";
    entry_one: "entrada", "entry";
    entry_many: "entradas", "entries";
    quote_one: "cita", "quote";
    quote_many: "citas", "quotes";
    map_title: "Mapa de empatía", "Empathy map";
    pain_intensity: "Intensidad del dolor", "Pain intensity";
    quoted_meetings: "con citas en este mapa", "quoted on this map";
    gap: "Sin evidencia todavía.", "No evidence yet.";
    gap_move: "Al revisar, edite una sugerencia y elija este tipo para ponerla aquí.",
        "While reviewing, edit a suggestion and choose this kind to place it here.";
    gap_review: "Hay sugerencias por revisar.", "There are suggestions to review.";
    export: "Exportar", "Export";
    customer_meetings: "Sus reuniones", "Their meetings";
    standing_prospect: "prospecto", "prospect";
    standing_active: "activo", "active";
    standing_churned: "perdido", "churned";

    problem_title: "No se pudo", "It could not be done";
    problem_not_found: "Aquí no hay nada", "There is nothing here";
    problem_conflict: "Ya estaba decidido", "It was decided already";
    problem_too_large: "Es demasiado grande", "It is too large";
    problem_ours: "Es culpa nuestra", "This is our fault";
    go_home: "Ir al inicio", "Go home";
    go_meetings: "Ver las reuniones", "See the meetings";
    go_review: "Ir a la cola de revisión", "Go to the review queue";
    go_maps: "Ver los clientes", "See the customers";
    go_on: "Seguir revisando", "Go on reviewing";
    go_decided: "Ver cómo quedó", "See how it stands";
    code: "Código", "Code";
}
