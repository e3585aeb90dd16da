-- The renamings. One that is 'applying' was cut off: the next start takes it back.
CREATE TABLE renaming (
    number   bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind     text        NOT NULL CHECK (kind IN ('domain', 'host')),
    old_name text        NOT NULL,
    new_name text        NOT NULL,
    state    text        NOT NULL CHECK (state IN ('applying', 'done', 'undone')),
    undoes   bigint      REFERENCES renaming,
    begun    timestamptz NOT NULL
);
COMMENT ON COLUMN renaming.undoes IS 'the renaming that this one took back; null when it took none back';

CREATE TABLE renaming_change (
    renaming  bigint  NOT NULL REFERENCES renaming ON DELETE CASCADE,
    position  integer NOT NULL,
    domain    text    NOT NULL,
    name      text    NOT NULL,
    kind      text    NOT NULL,
    key       text    NOT NULL,
    old_value text    NOT NULL,
    new_value text    NOT NULL,
    note      text    NOT NULL,
    PRIMARY KEY (renaming, position)
);
COMMENT ON COLUMN renaming_change.domain IS 'with name: the id of the instance before the change';
