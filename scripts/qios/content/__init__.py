"""What a file is, by its bytes, and the text of a document. Nothing here knows the database."""
