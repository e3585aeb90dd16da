-- What of an instance is logged in detail: the sum of its trace flags' bits. At first App and App WebSocket.
ALTER TABLE instance ADD COLUMN trace_flags bigint NOT NULL DEFAULT 32769;
