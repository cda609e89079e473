"""`qios forget`: a person is erased, row by row and word by word, in one transaction.

group finds who is meant, words how texts name them; staged empties the rows that came in of them,
rows deletes what belongs to them, texts takes their words out of everything else; keep_out and
naming hold for later imports. What stays is a row of core.forgotten_entities and events without
images.
"""
