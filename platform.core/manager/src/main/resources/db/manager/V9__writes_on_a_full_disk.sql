-- While the disk is full the databases take no writes; the platform must be able to make room nevertheless.
ALTER ROLE CURRENT_USER SET default_transaction_read_only = off;
