//! Every word of the interface, in Spanish and English. A word that is missing in one language or used nowhere does not
//! compile.

use crate::model::UiLanguage;

macro_rules! words {
    ($($key:ident: $es:literal, $en:literal;)*) => {
        /// The words of one language.
        pub(super) struct Words {
            $(pub $key: &'static str,)*
        }

        const SPANISH: Words = Words { $($key: $es,)* };
        const ENGLISH: Words = Words { $($key: $en,)* };
    };
}

/// The words for this reader.
pub(super) fn words(language: UiLanguage) -> &'static Words {
    match language {
        UiLanguage::Spanish => &SPANISH,
        UiLanguage::English => &ENGLISH,
    }
}

words! {
    skip: "Saltar al contenido", "Skip to content";
    nav: "Principal", "Main";
    home: "Inicio", "Home";
    meetings: "Reuniones", "Meetings";
    review: "Revisar", "Review";
    search: "Buscar", "Search";
    maps: "Mapas", "Maps";
    search_all: "Buscar en todas las reuniones", "Search all meetings";
    other_language: "English", "Español";
    rebuilding: "El índice de búsqueda se está construyendo: los resultados aún no son completos.",
        "The search index is being built: results are not complete yet.";
    behind: "El índice de búsqueda no está al día. Ejecute cita reindex.",
        "The search index is not up to date. Run cita reindex.";
    footer: "Todo queda en esta máquina.", "Everything stays on this machine.";

    home_title: "De la reunión a la evidencia", "From the meeting to the evidence";
    drop_here: "Suelte aquí transcripciones o notas", "Drop transcripts or notes here";
    drop_hint: "WebVTT, SRT, texto con hablantes, Markdown o JSON. Hasta 50 MB por archivo; nada sale de esta máquina.",
        "WebVTT, SRT, text with speakers, Markdown or JSON. Up to 50 MB a file; nothing leaves this machine.";
    files: "Archivos", "Files";
    customer: "Cliente", "Customer";
    customer_hint: "Con quién fue la reunión. Si es nuevo, se crea.", "With whom the meeting was held. A new one is made.";
    date: "Fecha", "Date";
    title: "Título", "Title";
    optional: "opcional", "optional";
    import: "Importar", "Import";
    awaiting: "Esperan revisión", "Awaiting review";
    nothing_awaits: "Nada espera revisión.", "Nothing awaits review.";
    recent: "Reuniones recientes", "Recent meetings";
    all_meetings: "Todas las reuniones", "All meetings";
    first_time: "Todavía no hay reuniones. Suba la primera: en segundos verá qué dolores, fricciones, trabajos y ganancias propone cita, cada uno con las palabras exactas.",
        "There are no meetings yet. Upload the first one: within seconds you see which pains, frictions, jobs and gains cita proposes, each with the exact words.";
    of_total: "de", "of";
    pending: "por revisar", "to review";
    accepted: "aceptadas", "accepted";
    rejected: "rechazadas", "rejected";
    map: "Mapa", "Map";
    meetings_count: "reuniones", "meetings";
    meeting_count: "reunión", "meeting";
    no_date: "sin fecha", "no date";

    import_title: "Importación", "Import";
    imported: "Importada", "Imported";
    already_there: "Ya estaba: es el mismo archivo, no se cambió nada.", "There already: it is the same file, nothing was changed.";
    new_customer: "Cliente nuevo:", "New customer:";
    similar: "Se parece a:", "It is much like:";
    not_imported: "No se importó", "Not imported";
    read_it: "Leer la reunión", "Read the meeting";
    review_it: "Revisar las sugerencias", "Review the suggestions";
    another: "Importar más", "Import more";
    format: "Formato", "Format";
    confidence: "seguridad", "confidence";
    encoding: "Codificación", "Encoding";
    turns: "turnos", "turns";
    utterances: "frases", "utterances";
    speakers: "Hablantes", "Speakers";
    languages: "Idiomas", "Languages";
    spanish: "español", "Spanish";
    english: "inglés", "English";
    mixed: "mezcla", "mixed";
    other: "otro", "other";
    left_over: "Líneas sin usar", "Lines left over";
    repeats: "repeticiones de subtítulos quitadas", "caption repeats removed";
    line: "línea", "line";
    report: "Informe de la importación", "Import report";
    suggestions: "sugerencias", "suggestions";

    older: "Más antiguas", "Older";
    original: "Archivo", "File";
    delete: "Borrar la reunión", "Delete the meeting";
    delete_explained: "Se borran sus palabras, sus sugerencias, sus citas en el mapa y el archivo original. No se puede deshacer.",
        "Its words, its suggestions, its quotes on the map and the original file are erased. This cannot be undone.";
    delete_now: "Borrar para siempre", "Delete for ever";
    transcript: "Transcripción", "Transcript";
    no_suggestions: "cita no propone nada de esta reunión. Lea la transcripción: quizás el lado de los hablantes no se conoce.",
        "cita proposes nothing from this meeting. Read the transcript: perhaps the speakers' sides are not known.";
    nobody: "sin hablante", "no speaker";

    accept: "Aceptar", "Accept";
    reject: "Rechazar", "Reject";
    undo: "Deshacer", "Undo";
    edit: "Editar", "Edit";
    why: "Por qué", "Why";
    state_pending: "Por revisar", "To review";
    state_accepted: "En el mapa", "On the map";
    state_rejected: "Rechazada", "Rejected";
    statement: "Afirmación en el mapa", "Statement on the map";
    statement_hint: "La cita queda igual, palabra por palabra.", "The quote stays as it is, word by word.";
    kind: "Tipo", "Kind";
    accept_edited: "Aceptar así", "Accept like this";
    joins: "Se suma a la entrada", "Joins the entry";
    new_entry: "Hace una entrada nueva en el mapa", "Makes a new entry on the map";
    score: "Acierto esperado", "Expected correctness";
    intensity: "Intensidad", "Intensity";
    low: "baja", "low";
    medium: "media", "medium";
    high: "alta", "high";
    marks: "Contexto", "Context";
    previous: "Anterior", "Previous";
    next: "Siguiente", "Next";
    progress: "revisadas", "reviewed";
    review_done: "Todo revisado", "All reviewed";
    review_done_hint: "No queda nada por decidir aquí. Vea el mapa o importe otra reunión.",
        "There is nothing left to decide here. See the map or import another meeting.";
    in_context: "En su lugar", "In its place";
    all_customers: "Todos los clientes", "All customers";
    keys: "Teclas", "Keys";
    keys_move: "siguiente, anterior", "next, previous";
    keys_reject: "rechazar; luego 1 a 7, el motivo", "reject; then 1 to 7, the reason";
    keys_undo: "deshacer la última decisión", "undo the last decision";
    keys_search: "buscar", "search";
    keys_help: "estas teclas", "these keys";
    close: "Cerrar", "Close";
    reject_why: "Motivo", "Reason";
    total_word: "en total", "in all";

    search_hint: "Palabras, \"frase exacta\", prefijo*, AND OR NOT, cliente: lado: tipo: idioma: desde: hasta:",
        "Words, \"exact phrase\", prefix*, AND OR NOT, customer: side: kind: lang: after: before:";
    search_empty: "Busque lo que alguien dijo, en cualquiera de los dos idiomas. Los acentos no importan.",
        "Search for what somebody said, in either language. Accents do not matter.";
    no_hits: "Nada con esas palabras. Pruebe con menos, con otras, o quite un filtro.",
        "Nothing with those words. Try fewer, or others, or take a filter away.";
    hits: "resultados", "results";
    any_customer: "Cualquier cliente", "Any customer";
    any_side: "Cualquier lado", "Any side";
    any_kind: "Cualquier tipo", "Any kind";
    any_language: "Cualquier idioma", "Any language";
    side: "Lado", "Side";
    language: "Idioma", "Language";
    more: "Más resultados", "More results";
    turn: "turno", "turn";

    maps_title: "Mapas de empatía", "Empathy maps";
    no_customers: "Todavía no hay clientes. Importe una reunión y nombre con quién fue.",
        "There are no customers yet. Import a meeting and say with whom it was held.";
    entries: "entradas", "entries";
    map_title: "Mapa de empatía", "Empathy map";
    pain_intensity: "Intensidad del dolor", "Pain intensity";
    quoted_meetings: "con citas en este mapa", "quoted in this map";
    gap: "Sin evidencia todavía.", "No evidence yet.";
    gap_review: "Hay sugerencias por revisar.", "There are suggestions to review.";
    quotes: "citas", "quotes";
    quote: "cita", "quote";
    export: "Exportar", "Export";
    sections: "Secciones", "Sections";
    and_more: "y además", "and more";
    customer_meetings: "Sus reuniones", "Their meetings";

    problem_title: "No se pudo", "It could not be done";
    go_home: "Ir al inicio", "Go home";
    in_file: "Archivo", "File";
}
