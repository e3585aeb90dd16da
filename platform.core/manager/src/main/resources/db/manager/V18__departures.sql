-- Instances that go to another platform, or have gone there: nobody starts them here. Without an address it is not known yet
-- whether the other platform has got the instance; with one, requests are redirected there until the instance is deleted here.
CREATE TABLE departure (
    domain  text        NOT NULL,
    name    text        NOT NULL,
    address text,
    until   timestamptz,
    PRIMARY KEY (domain, name),
    FOREIGN KEY (domain, name) REFERENCES instance ON UPDATE CASCADE ON DELETE CASCADE,
    CHECK ((address IS NULL) = (until IS NULL))
);
