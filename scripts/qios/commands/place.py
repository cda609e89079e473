"""`qios place`: where the records of a file belong."""

from typing import Any

from qios.commands.sources import Encoding, OneFile
from qios.output import Json, finish


def place(path: OneFile, encoding: Encoding = None, as_json: Json = False) -> None:
    """Say which tables the columns of a file mean, and answer the five questions of placement.

    Example: `qios place samples/zoho/Contacts_2026_10_01.csv`
    """
    from qios.intake.decode import require_encoding
    from qios.placement.place import place as place_file

    require_encoding(encoding)
    found = place_file(path, encoding)
    found["exit_code"] = 0 if found["schema"] else 1
    finish(found, as_json, _text(found))


def _text(found: dict[str, Any]) -> list[str]:
    source = f"an export of {found['source']}; " if found["source"] else ""
    lines = [
        f"{found['path']}: {source}the registry knows {found['known']} of its "
        f"{found['headings']} headings"
    ]
    if not found["schema"]:
        lines.append("  what its columns mean is not registered: no schema can be named")
        lines.append("    cure: add its headings to the aliases of fields in "
                     "seeds/qieos/qieos__seed_fields.csv")  # fmt: skip
    else:
        lines.append(f"  belongs in {found['schema']}")
    for table in found["tables"]:
        by = f", by {', '.join(table['headings'])}" if table["headings"] else ""
        lines.append(f"    {table['score']:.2f}  {table['table']}{by}")
    lines += [f"  {table}: {what}" for table, what in found["file_itself"].items()]
    if found["lies_in"]:
        lines.append(
            f"  it lies under {found['lies_in']}, which says where the file is and not what its "
            "records mean (R0602)"
        )
    if found["secret_headings"]:
        lines.append(
            f"  headings of secrets: {found['secret_headings']}; keep the values in a vault "
            "(`qios vault export`), and only references to them here"
        )
    for number, said in enumerate(found["questions"], start=1):
        lines += [f"  {number}. {said['question']}", f"     {said['answer']}"]
    return lines
