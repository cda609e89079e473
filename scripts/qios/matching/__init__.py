"""Whether two descriptions speak of one and the same person or organization, and why."""
