"""E-mail addresses and telephone numbers in canonical form, read by libraries and kept for SQL.

The typed views look values up in qinexus.normalized_values. Each distinct value is read once,
however many rows and exports hold it.
"""

from collections.abc import Iterator

import phonenumbers
import psycopg
from email_validator import EmailNotValidError, validate_email
from psycopg import sql

from qios.intake.several import values_said
from qios.intake.sources import Source

RAW_SUFFIX = "_raw"
FETCHED_ROWS = 5000


def read_email(raw: str, _region: str) -> tuple[str | None, str | None]:
    """(canonical, None), or (None, problem code). The whole address is lower case: people are."""
    try:
        return validate_email(raw, check_deliverability=False).normalized.lower(), None
    except EmailNotValidError:
        return None, "invalid_email"


def read_phone(raw: str, region: str) -> tuple[str | None, str | None]:
    """(E.164, None), or (None, problem code). `region` is where a number without + was written."""
    try:
        number = phonenumbers.parse(raw, region or None)
    except phonenumbers.NumberParseException:
        return None, "invalid_phone"
    if not phonenumbers.is_possible_number(number):
        return None, "invalid_phone"
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164), None


READERS = {"email": read_email, "e164": read_phone}


def normalize(database: psycopg.Connection, source: Source) -> int:
    """Read the values of a source's undecided rows that nothing has read yet; their number."""
    with database.transaction():
        database.execute(
            """
            create temporary table read_values as
            select canonical_format, region, raw_value, canonical_value, problem_code
            from qinexus.normalized_values with no data
            """
        )
        # `with hold` would copy the result; a cursor of the transaction streams it.
        for block in _unread(database, source):
            with database.cursor() as cursor, cursor.copy("copy read_values from stdin") as rows:
                for parse_format, region, raw in block:
                    rows.write_row((parse_format, region, raw, *READERS[parse_format](raw, region)))
        added = database.execute(
            """
            insert into qinexus.normalized_values
                (canonical_format, region, raw_value, canonical_value, problem_code)
            select * from read_values
            on conflict (canonical_format, region, raw_value) do nothing
            """
        ).rowcount
        database.execute("drop table read_values")
    return added


def _unread(database: psycopg.Connection, source: Source) -> Iterator[list[tuple[str, str, str]]]:
    """Blocks of (parse format, region, raw value), each distinct value once."""
    cells = [
        (
            sql.Literal(parse_format),
            sql.Literal(source.row["region"] if parse_format == "e164" else ""),
            column + RAW_SUFFIX,
        )
        for parse_format in READERS
        for column in source.columns_read_as(parse_format)
    ]
    if not cells:
        return
    statement = sql.SQL(
        """
        select distinct cell.canonical_format, cell.region, cell.raw_value
        from staging.{view} as row
        cross join lateral ({cells}) as cell (canonical_format, region, raw_value)
        where row.review_status in ('pending', 'needs_review')
            and cell.raw_value is not null
            and not exists (
                select from qinexus.normalized_values as known
                where known.canonical_format = cell.canonical_format
                    and known.region = cell.region
                    and known.raw_value = cell.raw_value
            )
        """
    ).format(view=sql.Identifier(source.view), cells=values_said(cells, bool(source.separators)))
    with database.cursor(name="unread_values") as cursor:
        cursor.itersize = FETCHED_ROWS
        cursor.execute(statement)
        while block := cursor.fetchmany(FETCHED_ROWS):
            yield block
