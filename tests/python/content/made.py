"""Files of many kinds, made byte by byte: small, and without anybody's data."""

import io
import sqlite3
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from xml.sax.saxutils import escape

Cell = str | int | float | bool | None

SPREADSHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/spreadsheetml/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A zip of these members."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, member in members.items():
            archive.writestr(name, member)
    return content.getvalue()


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Cell]]],
    *,
    hidden: Iterable[str] = (),
    namespace: str = SPREADSHEET,
) -> bytes:
    """A workbook. A text that begins with # is an error cell; None is no cell."""

    def shown(name: str) -> str:
        return "hidden" if name in hidden else "visible"

    numbered = list(enumerate(sheets, 1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}" r:id="r{number}" state="{shown(name)}"/>'
        for number, name in numbered
    )
    related = "".join(
        f'<Relationship Id="r{number}" Type="{RELATIONS}/worksheet"'
        f' Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    members = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Override '
        'PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument'
        '.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{namespace}" xmlns:r="{RELATIONS}">'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
        f"{related}</Relationships>",
    }
    for number, name in numbered:
        rows = "".join(_row(at, row) for at, row in enumerate(sheets[name], 1))
        members[f"xl/worksheets/sheet{number}.xml"] = (
            f'<worksheet xmlns="{namespace}"><sheetData>{rows}</sheetData></worksheet>'
        )
    return zipped(members)


def _row(number: int, cells: Sequence[Cell]) -> str:
    found = []
    for at, cell in enumerate(cells):
        place = f'r="{chr(65 + at)}{number}"'
        if cell is None:
            continue
        if isinstance(cell, bool):
            found.append(f'<c {place} t="b"><v>{int(cell)}</v></c>')
        elif isinstance(cell, int | float):
            found.append(f"<c {place}><v>{cell!r}</v></c>")
        elif cell.startswith("#"):
            found.append(f'<c {place} t="e"><v>{cell}</v></c>')
        else:
            found.append(f'<c {place} t="inlineStr"><is><t>{escape(cell)}</t></is></c>')
    return f'<row r="{number}">{"".join(found)}</row>'


ODS_TEXT = 'office:value-type="string"'
ODS_ERROR = 'table:formula="of:=1/0" office:value-type="string" office:string-value=""'


def ods(sheets: Mapping[str, Sequence[Sequence[str]]], rows: str = "") -> bytes:
    """An ODS workbook of texts; what begins with # is the error of a formula. rows: more of them,
    at the end of each sheet."""
    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(
            "<table:table-row>"
            + "".join(
                f"<table:table-cell {ODS_ERROR if cell[:1] == '#' else ODS_TEXT}>"
                f"<text:p>{escape(cell)}</text:p></table:table-cell>"
                for cell in row
            )
            + "</table:table-row>"
            for row in lines
        )
        + f"{rows}</table:table>"
        for name, lines in sheets.items()
    )
    urn = "urn:oasis:names:tc:opendocument:xmlns"
    spaces = " ".join(f'xmlns:{s}="{urn}:{s}:1.0"' for s in ("office", "table", "text"))
    spaces += (
        ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{urn}:manifest:1.0"/>',
            "content.xml": f"<office:document-content {spaces}>{body}</office:document-content>",
        }
    )


def ole(streams: Mapping[str, bytes]) -> bytes:
    """An OLE container, such as XLS and what a password makes of XLSX."""
    sector, end, free = 512, 0xFFFFFFFE, 0xFFFFFFFF
    table = [0xFFFFFFFD, end]  # the table itself, then the directory
    entries = [_entry("Root Entry", 5, end, 0, child=1)]
    contents = b""
    names = sorted(streams, key=lambda name: (len(name), name))
    for number, name in enumerate(names, 1):
        content = streams[name].ljust(4096, b"\0")
        content += b"\0" * (-len(content) % sector)
        first, count = len(table), len(content) // sector
        table += [*range(first + 1, first + count), end]
        after = number + 1 if number < len(names) else free
        entries.append(_entry(name, 2, first, len(content), right=after))
        contents += content
    entries += [bytes(128)] * (4 - len(entries))
    head = struct.pack("<8s16sHHHHH", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"", 62, 3, 0xFFFE, 9, 6)
    head += struct.pack("<6xIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0)
    head += struct.pack("<109I", 0, *[free] * 108)
    return (
        head
        + struct.pack("<128I", *table, *[free] * (128 - len(table)))
        + b"".join(entries)
        + contents
    )


def _entry(
    name: str, kind: int, first: int, size: int, right: int = 0xFFFFFFFF, child: int = 0xFFFFFFFF
) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = struct.pack("<64sHBB", text, len(text), kind, 1)
    return head + struct.pack("<III36xIQ", 0xFFFFFFFF, right, child, first, size)


def xls(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An XLS workbook of one sheet, named Old; `#DIV/0!` is the error of a formula."""

    def record(kind: int, content: bytes) -> bytes:
        return struct.pack("<HH", kind, len(content)) + content

    cells = b""
    for row, line in enumerate(rows):
        for column, cell in enumerate(line):
            place = struct.pack("<HHH", row, column, 0)
            if cell == "#DIV/0!":
                result = struct.pack("<BxB3xH", 2, 0x07, 0xFFFF)
                cells += record(0x0006, place + result + bytes(8))
            elif cell == "#REF!":
                cells += record(0x0205, place + b"\x17\1")
            elif isinstance(cell, str):
                text = struct.pack("<HB", len(cell), 0) + cell.encode("latin-1")
                cells += record(0x0204, place + text)
            else:
                cells += record(0x0203, place + struct.pack("<d", cell))
    begin = struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0)
    size = struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0)
    sheet = record(0x0809, begin[:2] + b"\x10\0" + begin[4:]) + record(0x0200, size) + cells
    start = len(record(0x0809, begin)) + 4 + 6 + 2 + 3 + 4
    listed = record(0x0085, struct.pack("<IBBBB", start, 0, 0, 3, 0) + b"Old")
    book = record(0x0809, begin) + listed + record(0x000A, b"")
    return ole({"Workbook": book + sheet + record(0x000A, b"")})


def xlsb(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An XLSB workbook of one sheet, named Old; `#DIV/0!` is the error of a formula."""

    def record(kind: int, content: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
        size = len(content)
        length = bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])
        return number + length + content

    def text(letters: str) -> bytes:
        return struct.pack("<I", len(letters)) + letters.encode("utf-16-le")

    cells = b""
    for row, line in enumerate(rows):
        cells += record(0, struct.pack("<IIIxxxx", row, 0, 300))
        for column, cell in enumerate(line):
            place = struct.pack("<II", column, 0)
            if cell == "#DIV/0!":
                cells += record(11, place + b"\x07" + bytes(10))
            elif cell == "#REF!":
                cells += record(3, place + b"\x17")
            elif isinstance(cell, str):
                cells += record(6, place + text(cell))
            else:
                cells += record(5, place + struct.pack("<d", cell))
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    listed = record(156, struct.pack("<II", 0, 1) + text("rId1") + text("Old"))
    relation = '<Relationship Id="rId1" Type="{}/worksheet" Target="worksheets/sheet1.bin"/>'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    return zipped(
        {
            "[Content_Types].xml": "<Types><Override ContentType="
            "'application/vnd.ms-excel.sheet.binary.macroEnabled.main'/></Types>",
            "xl/workbook.bin": record(131) + record(143) + listed + record(144) + record(132),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{package}">'
            f"{relation.format(office)}</Relationships>",
            "xl/worksheets/sheet1.bin": record(129)
            + record(148, size)
            + record(145)
            + cells
            + record(146)
            + record(130),
        }
    )


def locked_xlsx() -> bytes:
    """What a workbook with a password looks like from outside."""
    return ole({"EncryptedPackage": bytes(5000), "EncryptionInfo": b"\4\0\4\0@\0\0\0"})


def sqlite(*statements: str) -> bytes:
    """A database after these statements."""
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in statements:
            database.execute(statement)
        database.commit()
        return database.serialize()


def docx(*paragraphs: str, footnote: str = "") -> bytes:
    def part(name: str, texts: Iterable[str]) -> str:
        tabs = "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"
        lines = "".join(f"<w:p>{tabs}<w:r><w:t>{escape(t)}</w:t></w:r></w:p>" for t in texts)
        return f'<w:{name} xmlns:w="{WORD}">{lines}</w:{name}>'

    return zipped(
        {
            "[Content_Types].xml": "<Types><Override ContentType='application/vnd.openxmlformats"
            "-officedocument.wordprocessingml.document.main+xml'/></Types>",
            "word/document.xml": part("document", paragraphs),
            "word/footnotes.xml": part("footnotes", [footnote]),
        }
    )


def odt(content: str, manifest: str = "") -> bytes:
    """content: the XML below the body."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": manifest,
            "content.xml": f'<body xmlns:text="t">{content}</body>',
        }
    )


def pdf(*pages: str, encrypted: bool = False) -> bytes:
    """A page for each text; an empty one shows a picture."""
    count = len(pages)
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(count))
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    objects = ["<< /Type /Catalog /Pages 2 0 R >>"]
    objects += [f"<< /Type /Pages /Kids [{kids}] /Count {count} >>", font]
    resources = f"<< /Font << /F 3 0 R >> /XObject << /I {4 + 2 * count} 0 R >> >>"
    for number, text in enumerate(pages):
        shown = f"BT /F 12 Tf 72 700 Td ({text}) Tj ET" if text else "q 9 0 0 9 0 0 cm /I Do Q"
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents {5 + 2 * number} 0 R "
            f"/Resources {resources} >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    objects.append(
        "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
        "/BitsPerComponent 8 /Length 1 >>\nstream\nA\nendstream"
    )
    security = ""
    if encrypted:
        key = "41" * 32
        objects.append(f"<< /Filter /Standard /V 1 /R 2 /O <{key}> /U <{key}> /P -4 >>")
        security = f"/Encrypt {len(objects)} 0 R /ID [<00><00>]"
    written, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(written))
        written += f"{number} 0 obj\n{body}\nendobj\n".encode()
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    return (
        written
        + (
            f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer << /Size {size} /Root 1 0 R "
            f"{security} >>\nstartxref\n{len(written)}\n%%EOF\n"
        ).encode()
    )


EMAIL = b"""From: Ann <ann@example.com>
To: bob@example.com
Date: Mon, 6 May 2024 10:00:00 +0200
Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=B

--B
Content-Type: text/html; charset=utf-8

<p>Hello <b>Bob</b></p><style>p {}</style>
--B
Content-Type: application/pdf
Content-Disposition: attachment; filename=plan.pdf

x
--B
Content-Type: message/rfc822

From: carol@example.com
Subject: within

inner body
--B--
"""
PICTURE = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(40)
