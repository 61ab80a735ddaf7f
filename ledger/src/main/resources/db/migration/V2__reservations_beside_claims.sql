-- Admission is asked about an object before it exists: its uid may come to nothing, as where its name is taken.
-- So a reservation stands beside what an object of the same name holds, and never in its place.
ALTER TABLE host_holder DROP CONSTRAINT host_holder_pkey;
ALTER TABLE host_holder ADD PRIMARY KEY (fqdn, kind, name, uid);
CREATE INDEX host_holder_expiry ON host_holder (expires_at) WHERE expires_at IS NOT NULL;
