"""Job rows, outgoing mail rows, idempotency keys, rates and the clock: what services write in their own transaction."""
