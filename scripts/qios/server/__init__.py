"""The PostgreSQL that QiOS talks to: a private one inside `.qios`, or the one QIOS_PGHOST names."""
