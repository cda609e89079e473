"""`qios forget`: a person is erased, row by row and word by word, in one transaction.

group finds who is meant, others who shares their words, words and letters how texts name them;
staged empties the rows that came in of them, rows deletes what belongs to them, texts takes their
words out of everything else. Of later imports keep_out and naming know them by id, again by marks.
What stays is a row of core.forgotten_entities, marks, and events without images.
"""
