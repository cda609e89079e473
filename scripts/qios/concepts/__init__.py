"""Which fields look like one concept under several names."""
