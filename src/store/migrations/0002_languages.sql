-- What is known of each utterance's language beyond the language itself: shares, word counts and borrowed words, in their
-- public JSON shape. Utterances of an earlier version have none.
ALTER TABLE utterances ADD COLUMN language_detail TEXT;

-- Totals of a meeting: its utterances in Portuguese (other_language counts them too), and its words by language.
ALTER TABLE meetings ADD COLUMN portuguese INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN words_spanish INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN words_english INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN words_portuguese INTEGER NOT NULL DEFAULT 0;
ALTER TABLE meetings ADD COLUMN words_other INTEGER NOT NULL DEFAULT 0;
