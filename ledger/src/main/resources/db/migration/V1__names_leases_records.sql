-- One row a name that somebody holds. Several objects of one namespace may share it: they are its holders.
CREATE TABLE host_claim (
    fqdn      text PRIMARY KEY CHECK (fqdn = lower(fqdn) AND fqdn <> '' AND fqdn NOT LIKE '%.'),
    cluster   text        NOT NULL,
    namespace text        NOT NULL,
    since     timestamptz NOT NULL
);
COMMENT ON TABLE host_claim IS 'Who holds a name: a namespace of a cluster, first come, first served';

CREATE TABLE host_holder (
    fqdn       text        NOT NULL REFERENCES host_claim ON DELETE CASCADE,
    kind       text        NOT NULL,
    name       text        NOT NULL,
    uid        text        NOT NULL,
    -- A reservation of admission ends by itself; what is held has no end.
    expires_at timestamptz,
    PRIMARY KEY (fqdn, kind, name)
);
COMMENT ON TABLE host_holder IS 'The objects for which a namespace holds a name; with the last of them the claim goes';
CREATE INDEX host_holder_uid ON host_holder (uid);

CREATE TABLE lease (
    pool      text        NOT NULL,
    value     text        NOT NULL,
    purpose   text        NOT NULL,
    uid       text        NOT NULL,
    cluster   text        NOT NULL,
    namespace text        NOT NULL,
    kind      text        NOT NULL,
    name      text        NOT NULL,
    since     timestamptz NOT NULL,
    PRIMARY KEY (pool, value),
    UNIQUE (pool, uid, purpose)
);
COMMENT ON TABLE lease IS 'VMIDs, addresses, stack FQDNs: one owner each within its pool';
CREATE INDEX lease_uid ON lease (uid);

CREATE TABLE applied_record (
    zone     text    NOT NULL,
    name     text    NOT NULL,
    type     text    NOT NULL,
    ttl      bigint  NOT NULL CHECK (ttl BETWEEN 0 AND 2147483647),
    -- Values in presentation form, one a line; previous ones while a change is under way.
    content  text    NOT NULL,
    previous text,
    -- uids of the objects that want it, one a line.
    owners   text    NOT NULL,
    state    text    NOT NULL CHECK (state IN ('pending', 'applied')),
    serial   bigint,
    PRIMARY KEY (zone, name, type)
);
COMMENT ON TABLE applied_record IS 'RRsets the operator has written, or is about to write, into a zone: it removes no others';

CREATE TABLE certificate_issue (
    id        uuid PRIMARY KEY,
    issuer    text        NOT NULL,
    names     text        NOT NULL,
    namespace text        NOT NULL,
    name      text        NOT NULL,
    serial    text        NOT NULL,
    issued_at timestamptz NOT NULL
);
COMMENT ON TABLE certificate_issue IS 'What was issued when, to stay within the limits of a CA';
CREATE INDEX certificate_issue_by_issuer ON certificate_issue (issuer, issued_at);

CREATE TABLE audit_entry (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at         timestamptz NOT NULL,
    kind       text        NOT NULL,
    namespace  text        NOT NULL,
    name       text        NOT NULL,
    generation bigint,
    action     text        NOT NULL,
    subject    text        NOT NULL
);
COMMENT ON TABLE audit_entry IS 'Who changed what, when; only ever appended to';
