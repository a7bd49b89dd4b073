//! What can be seen of an utterance beside its terms, its words and the lists: each sign by name, with what people read.

/// What a sign belongs to: signs of one group are one reason.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    /// Where every utterance starts: speech or note, language, side.
    Base,
    /// How many words.
    Length,
    /// How strong its terms are together.
    Terms,
    /// Who, when, how it is said.
    Shape,
    /// What surrounds it, one mark each.
    Mark,
    /// Numbers.
    Quantity,
    /// The question or heading that it stands under.
    Asked,
    /// Where in the conversation.
    Place,
    /// What its neighbours look like.
    Neighbour,
}

macro_rules! signs {
    ($($sign:ident $name:literal $group:ident $es:literal | $en:literal;)+) => {
        /// A sign; its ordinal is its place in [`SIGNS`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Sign {
            $(#[doc = $en] $sign,)+
        }

        /// Every sign: its name in the weights, its group, and its texts.
        pub(super) const SIGNS: &[(&str, Group, &str, &str)] = &[$(($name, Group::$group, $es, $en),)+];
    };
}

signs! {
    Base "base" Base "punto de partida" | "starting point";
    Note "note" Base "una nota" | "a note";
    Spanish "spanish" Base "en español" | "in Spanish";
    Mixed "mixed" Base "en dos lenguas" | "in two languages";
    UnknownSide "unknown-side" Base "no se sabe quién habla" | "nobody knows who speaks";
    ThirdSide "third-side" Base "habla un tercero" | "a third party speaks";
    Note2 "note-words-2" Length "muy corta" | "very short";
    Note4 "note-words-4" Length "muy corta" | "very short";
    Note7 "note-words-7" Length "corta" | "short";
    Note11 "note-words-11" Length "algo corta" | "rather short";
    Note15 "note-words-15" Length "de largo medio" | "of middling length";
    Note20 "note-words-20" Length "larga" | "long";
    Note30 "note-words-30" Length "larga" | "long";
    NoteMore "note-words-more" Length "muy larga" | "very long";
    Said2 "said-words-2" Length "muy corta" | "very short";
    Said4 "said-words-4" Length "muy corta" | "very short";
    Said7 "said-words-7" Length "corta" | "short";
    Said11 "said-words-11" Length "algo corta" | "rather short";
    Said15 "said-words-15" Length "de largo medio" | "of middling length";
    Said20 "said-words-20" Length "larga" | "long";
    Said30 "said-words-30" Length "larga" | "long";
    SaidMore "said-words-more" Length "muy larga" | "very long";
    Strength "strength" Terms "cuánto pesan sus términos" | "how much its terms weigh";
    NoteStrength "note-strength" Terms "en una nota" | "in a note";
    AnyTerm "any-term" Terms "hay términos" | "there are terms";
    NoteAnyTerm "note-any-term" Terms "hay términos en una nota" | "there are terms in a note";
    StrongTerm "strong-term" Terms "un término fuerte" | "a strong term";
    TwoStrong "two-strong" Terms "dos términos fuertes" | "two strong terms";
    ThreeConcepts "three-concepts" Terms "varios conceptos" | "several concepts";
    ForPain "for-pain" Terms "términos de dolor" | "terms of pain";
    ForFriction "for-friction" Terms "términos de fricción" | "terms of friction";
    ForJob "for-job" Terms "términos de trabajo por hacer" | "terms of a job to be done";
    ForGain "for-gain" Terms "términos de ganancia" | "terms of gain";
    ForOther "for-other" Terms "términos de lo que piensa, ve, oye o hace" | "terms of what they think, see, hear or do";
    Denied "denied-terms" Terms "términos negados" | "denied terms";
    DeniedGain "denied-gain" Terms "una ganancia negada" | "a denied gain";
    OverTerms "resolved-terms" Terms "términos de algo resuelto" | "terms of something resolved";
    PraiseTerms "praise-terms" Terms "palabras oscuras que elogian" | "dark words that praise";
    ImaginedTerms "imagined-terms" Terms "términos de algo imaginado" | "terms of something imagined";
    DefusedTerms "defused-terms" Terms "términos en un contexto que los quita" | "terms in surroundings that take them away";
    AfterHinge "after-hinge" Terms "un término después del giro" | "a term after the turn";
    Negated "negated" Mark "negado" | "negated";
    Resolved "resolved" Mark "resuelto" | "resolved";
    Changed "changed" Mark "antes y ahora" | "before and now";
    Hypothetical "hypothetical" Mark "hipotético" | "hypothetical";
    Question "question" Mark "pregunta" | "question";
    Wish "wish" Mark "deseo" | "wish";
    Reported "reported" Mark "de otros" | "somebody else's";
    Prompted "prompted" Mark "inducido" | "prompted";
    Praise "praise" Mark "elogio" | "praise";
    Courtesy "courtesy" Mark "cortesía" | "courtesy";
    Pitch "pitch" Mark "explicación del equipo" | "team's pitch";
    Intense "intense" Mark "intenso" | "intense";
    Number "number" Quantity "un número" | "a number";
    SaidQuantity "said-quantity" Quantity "dice una cantidad" | "says a quantity";
    NoteQuantity "note-quantity" Quantity "una cantidad en una nota" | "a quantity in a note";
    Duration "duration" Quantity "un tiempo" | "a time";
    Money "money" Quantity "dinero" | "money";
    Ratio "ratio" Quantity "una parte de un todo" | "a part of a whole";
    FromTo "from-to" Quantity "de una cifra a otra" | "from one figure to another";
    TwoQuantities "two-quantities" Quantity "dos cantidades" | "two quantities";
    OpensQue "opens-que" Shape "empieza por un pedido" | "opens with a demand";
    OpensInfinitive "opens-infinitive" Shape "empieza por un infinitivo" | "opens with an infinitive";
    OpensGerund "opens-gerund" Shape "empieza por un gerundio" | "opens with a gerund";
    OpensVerb "opens-verb" Shape "una nota sin sujeto" | "a note without a subject";
    OpensConjunction "opens-conjunction" Shape "sigue lo anterior" | "goes on from before";
    OpensLower "opens-lower" Shape "empieza en minúscula" | "opens in lower case";
    Agrees "agrees" Shape "empieza asintiendo o negando" | "opens with a yes or a no";
    Exclaims "exclaims" Shape "exclama" | "exclaims";
    Trails "trails-off" Shape "queda en suspenso" | "trails off";
    NoEnd "no-end" Shape "no termina en punto" | "has no full stop";
    NoteNoEnd "note-no-end" Shape "una nota sin punto final" | "a note without a full stop";
    EndsColon "ends-colon" Shape "anuncia lo que sigue" | "announces what follows";
    HasColon "has-colon" Shape "un rótulo y su texto" | "a label and its text";
    Quoted "quoted" Shape "entre comillas" | "quotation marks";
    Bracketed "bracketed" Shape "entre paréntesis" | "in brackets";
    ManyCommas "many-commas" Shape "varias comas" | "several commas";
    Capitals "capitals" Shape "muchas mayúsculas" | "many capitals";
    Conditional "conditional" Shape "en condicional" | "in the conditional";
    OurVerb "our-verb" Shape "habla de nosotros" | "speaks of us";
    Imperfect "imperfect" Shape "contaba cómo era" | "tells how it used to be";
    Past "past" Shape "en pasado" | "in the past";
    SeveralPast "several-past" Shape "un relato en pasado" | "a tale in the past";
    Progressive "progressive" Shape "algo en curso" | "something going on";
    HardTermless "hard-termless" Asked "responde a lo que cuesta, sin términos" | "answers what is hard, without terms";
    AskedHard "asked-hard" Asked "responde a lo que cuesta" | "answers what is hard";
    AskedWished "asked-wished" Asked "responde a lo que se desea" | "answers what is wished for";
    AskedValued "asked-valued" Asked "responde a lo que sirve" | "answers what is useful";
    AskedWho "asked-who" Asked "responde a quién es" | "answers who they are";
    AskedOther "asked-other" Asked "responde a una pregunta" | "answers a question";
    AskedAtOnce "asked-at-once" Asked "responde enseguida" | "answers at once";
    UnderHard "under-hard" Asked "bajo un título de lo que cuesta" | "under a heading of what is hard";
    UnderWished "under-wished" Asked "bajo un título de lo que se desea" | "under a heading of what is wished for";
    UnderValued "under-valued" Asked "bajo un título de lo que sirve" | "under a heading of what is useful";
    UnderWho "under-who" Asked "bajo un título de quién es" | "under a heading of who they are";
    UnderOther "under-other" Asked "bajo otro título" | "under another heading";
    LabelHard "label-hard" Asked "su rótulo nombra lo que cuesta" | "its label names what is hard";
    LabelWished "label-wished" Asked "su rótulo nombra lo que se desea" | "its label names what is wished for";
    LabelValued "label-valued" Asked "su rótulo nombra lo que sirve" | "its label names what is useful";
    LabelWho "label-who" Asked "su rótulo nombra quién es" | "its label names who they are";
    First "first-tenth" Place "al comienzo" | "at the start";
    Last "last-tenth" Place "al final" | "at the end";
    TurnOnly "turn-only" Place "un turno de una frase" | "a turn of one sentence";
    TurnFirst "turn-first" Place "abre el turno" | "opens the turn";
    TurnLong "turn-long" Place "en un turno largo" | "in a long turn";
    TurnVeryLong "turn-very-long" Place "en un turno muy largo" | "in a very long turn";
    AfterTeam "after-team" Place "después del equipo" | "after the team";
    Before "near-before" Neighbour "la frase anterior parece un hallazgo" | "the sentence before looks like an insight";
    TwoBefore "near-two-before" Neighbour "la penúltima también" | "so does the one before that";
    After "near-after" Neighbour "la siguiente también" | "so does the one after";
    Around "near-around" Neighbour "se habla de eso alrededor" | "it is what is talked about around";
    Read "near-read" Base "leída con sus vecinas" | "read with its neighbours";
}

impl Sign {
    /// Its ordinal in [`SIGNS`].
    pub(super) const fn ordinal(self) -> usize {
        self as usize
    }
}
