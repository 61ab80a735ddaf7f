-- Two networks, or two clusters, may reach into each other's pools: an address has one owner all the same.
CREATE UNIQUE INDEX lease_address ON lease (value) WHERE pool LIKE 'address/%';
