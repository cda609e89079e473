"""What a change of the registry asks of those who rely on it."""
