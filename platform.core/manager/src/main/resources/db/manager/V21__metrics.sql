-- What was measured, in rings of a fixed number of rows: one for each moment, with the values of all instances in it.
CREATE TABLE metric_subject (
    id     integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    domain text NOT NULL,
    name   text NOT NULL,
    UNIQUE (domain, name),
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE
);

CREATE TABLE metric_sample (
    seconds   integer     NOT NULL,
    slot      integer     NOT NULL,
    at        timestamptz NOT NULL,
    platform  real[]      NOT NULL,
    subjects  integer[]   NOT NULL,
    instances real[]      NOT NULL,
    PRIMARY KEY (seconds, slot)
);
COMMENT ON COLUMN metric_sample.seconds IS 'how long the moment is, which names the ring';
COMMENT ON COLUMN metric_sample.platform IS 'as platform.core.api.MetricSeries has it; NaN where nothing is known';
COMMENT ON COLUMN metric_sample.instances IS 'the same for one subject after the other, as far as it is of instances';
