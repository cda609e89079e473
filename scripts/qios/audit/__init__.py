"""Who did what to which row: told by triggers, read as history, taken back."""
