"""Where the records of a file belong (section 6): by their meaning, not by where the file lies."""
