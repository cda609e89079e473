"""What the registry expects of a batch, and whether Great Expectations finds it so."""
