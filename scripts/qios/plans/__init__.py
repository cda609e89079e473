"""What a promotion would do, worked out by the promotion itself, and then done as shown."""
