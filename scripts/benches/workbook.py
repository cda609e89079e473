"""`qios stage` of an XLSX of 100,000 rows / reading it with the library that it is read with"""

import csv
import sys
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape

from benches.contacts import write_contacts
from benches.measure import Timing, compare, fresh_database, qios, run

ROWS = 100_000


def bench(folder: Path, _rows: int) -> None:
    path = write_workbook(folder / "contacts.xlsx", ROWS)
    read = (
        "import python_calamine, sys;"
        "book = python_calamine.CalamineWorkbook.from_path(sys.argv[1]);"
        "sum(1 for row in book.get_sheet_by_index(0).iter_rows())"
    )

    def ours() -> Timing:
        name = fresh_database("staging_bench")
        qios("register", path, database=name)
        return qios("stage", database=name)

    def theirs() -> Timing:
        return run(sys.executable, "-c", read, path)

    compare(f"stage an XLSX of {ROWS:,} rows / reading it with calamine", ours, theirs, 3.0)


def write_workbook(path: Path, rows: int) -> Path:
    """The made-up contacts as a workbook; every cell a text of its own, as many tools write it."""
    table = write_contacts(path.with_suffix(".csv"), rows)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package'
        '.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/>'
        "</Types>",
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Contacts" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
        with book.open("xl/worksheets/sheet1.xml", "w") as sheet, table.open(newline="") as stream:
            sheet.write(f'<worksheet xmlns="{main}"><sheetData>'.encode())
            for number, row in enumerate(csv.reader(stream), 1):
                cells = "".join(
                    f'<c r="{chr(65 + at)}{number}" t="inlineStr">'
                    f"<is><t>{escape(cell)}</t></is></c>"
                    for at, cell in enumerate(row)
                )
                sheet.write(f'<row r="{number}">{cells}</row>'.encode())
            sheet.write(b"</sheetData></worksheet>")
    return path
