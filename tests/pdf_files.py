"""Small PDFs for tests: sound ones, and ones that should not be taken."""

import zlib

from fpdf import FPDF


def sound(pages: int = 1, text: str = "contract") -> bytes:
    """As a printer of documents makes it."""
    made = FPDF()
    made.set_font("helvetica")
    for number in range(pages):
        made.add_page()
        made.cell(text=f"{text} {number}")
    return bytes(made.output())


def with_file_inside() -> bytes:
    """It carries a program."""
    made = FPDF()
    made.add_page()
    made.embed_file(bytes=b"MZ", basename="a.exe")
    return bytes(made.output())


def locked() -> bytes:
    """It opens with a password only."""
    made = FPDF()
    made.add_page()
    made.set_encryption(owner_password="a", user_password="b")
    return bytes(made.output())


def written(catalog: bytes = b"", *, packed: bytes = b"") -> bytes:
    """By hand, with these entries in its catalog, and these words in a packed stream of objects."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + catalog + b" >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>",
    ]
    if packed:
        stream = zlib.compress(b"9 0 " + packed)
        head = b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>" % len(stream)
        objects.append(head + b"\nstream\n" + stream + b"\nendstream")
    made, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\n" % (size, table, size)
    return made + end + b"startxref\n%d\n%%%%EOF" % len(made)
