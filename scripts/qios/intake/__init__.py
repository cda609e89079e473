"""The reading side of the intake: from the bytes of a file to lines that COPY takes.

    open_records -> Gate -> RowKeys -> encode -> CopyRows

Rows travel in chunks of a few hundred, so that the memory does not grow with the file and the work
per row is done by C code. Nothing here knows the database.
"""
