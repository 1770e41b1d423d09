"""Small files of every format, made by hand."""

from __future__ import annotations

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping, Sequence

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFD_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as packed:
        for name, data in members.items():
            packed.writestr(name, data)
    return out.getvalue()


def tarred(members: Mapping[str, bytes], links: Mapping[str, str] | None = None) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as packed:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            packed.addfile(info, io.BytesIO(data))
        for name, target in (links or {}).items():
            info = tarfile.TarInfo(name)
            info.type = tarfile.SYMTYPE
            info.linkname = target
            packed.addfile(info)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, mtime=0)


def docx(body: str, parts: Mapping[str, tuple[str, bytes | str]] | None = None) -> bytes:
    """A Word file with the XML of its body; ``parts`` maps relationship id to (kind/target, bytes)."""
    parts = parts or {}
    rels = "".join(
        f'<Relationship Id="{key}" Type="{_REL}/{path.split("/")[0]}" Target="{path.split("/", 1)[1]}"/>'
        for key, (path, _) in parts.items()
    )
    kinds = {"footnotes": "footnotes", "numbering": "numbering", "styles": "styles"}
    overrides = "".join(
        f'<Override PartName="/word/{path.split("/", 1)[1]}" '
        f'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{kinds[path.split("/")[0]]}+xml"/>'
        for path, _ in parts.values()
        if path.split("/")[0] in kinds
    )
    return zipped(
        {
            "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
            'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            'relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="mht" '
            'ContentType="message/rfc822"/><Default Extension="html" ContentType="text/html"/><Override '
            'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
            f'wordprocessingml.document.main+xml"/>{overrides}</Types>',
            "_rels/.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
            f'relationships"><Relationship Id="r1" Type="{_REL}/officeDocument" Target="word/document.xml"/>'
            "</Relationships>",
            "word/document.xml": f'<?xml version="1.0"?><w:document {W} {R} {MC}><w:body>{body}</w:body></w:document>',
            "word/_rels/document.xml.rels": '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.'
            f'org/package/2006/relationships">{rels}</Relationships>',
            **{f"word/{path.split('/', 1)[1]}": data for path, data in parts.values()},
        }
    )


def p(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def text_object(text: str, x: float, y: float, size: float = 5.6, ctm: str = "") -> str:
    turned = f' CTM="{ctm}"' if ctm else ""
    shift = f'DeltaX="g {len(text) - 1} {size}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y} {size * len(text)} {size}" Font="1" Size="{size}"{turned}>'
        f'<ofd:TextCode X="0" Y="{size}" {shift}>{text}</ofd:TextCode></ofd:TextObject>'
    )


def ofd(
    pages: Sequence[str],
    templates: Sequence[str] = (),
    info: str = "",
    extra: Mapping[str, str] | None = None,
) -> bytes:
    """An OFD file with the text objects of its pages; every page uses every template."""
    used = "".join(f'<ofd:Template TemplateID="{90 + i}"/>' for i in range(len(templates)))
    listed = "".join(
        f'<ofd:TemplatePage ID="{90 + i}" BaseLoc="Tpls/Tpl_{i}/Content.xml"/>' for i in range(len(templates))
    )
    refs = "".join(
        f'<ofd:Page ID="{i + 10}" BaseLoc="Pages/Page_{i}/Content.xml"/>' for i in range(len(pages))
    )

    def content(objects: str, use: str) -> str:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?><ofd:Page {OFD_NS}>{use}<ofd:Content><ofd:Layer ID="2">{objects}'
            "</ofd:Layer></ofd:Content></ofd:Page>"
        )

    return zipped(
        {
            "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {OFD_NS} Version="1.0" DocType="OFD"><ofd:DocBody>'
            f"<ofd:DocInfo>{info}</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:Document {OFD_NS}><ofd:CommonData>'
            f"<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>{listed}</ofd:CommonData>"
            f"<ofd:Pages>{refs}</ofd:Pages></ofd:Document>",
            **{f"Doc_0/Pages/Page_{i}/Content.xml": content(o, used) for i, o in enumerate(pages)},
            **{f"Doc_0/Tpls/Tpl_{i}/Content.xml": content(o, "") for i, o in enumerate(templates)},
            **(extra or {}),
        }
    )


def pdf(
    pages: Sequence[Sequence[tuple[float, float, str]]], encrypted: bool = False, size: int = 12
) -> bytes:
    """A PDF with lines of 汉字 or ASCII at (x, y from the bottom), in a standard CID font without an embedded file."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    catalog, tree = add(b""), add(b"")
    cmap = (
        b"/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange "
        b"<0000> <FFFF> endcodespacerange 1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"
    )
    unicode = add(b"<< /Length %d >> stream\n%s\nendstream" % (len(cmap), cmap))
    descriptor = add(
        b"<< /Type /FontDescriptor /FontName /SimSun /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 "
        b"/Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 >>"
    )
    child = add(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /SimSun /CIDSystemInfo << /Registry (Adobe) /Ordering "
        b"(Identity) /Supplement 0 >> /FontDescriptor %d 0 R /DW 1000 >>" % descriptor
    )
    font = add(
        b"<< /Type /Font /Subtype /Type0 /BaseFont /SimSun /Encoding /Identity-H /DescendantFonts [%d 0 R] "
        b"/ToUnicode %d 0 R >>" % (child, unicode)
    )
    kids = []
    for lines in pages:
        stream = b"BT " + b" ".join(
            b"/F1 %d Tf 1 0 0 1 %.1f %.1f Tm <%s> Tj" % (size, x, y, text.encode("utf-16-be").hex().encode())
            for x, y, text in lines
        )
        stream += b" ET"
        content = add(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 "
                b"%d 0 R >> >> >>" % (tree, content, font)
            )
        )
    objects[catalog - 1] = b"<< /Type /Catalog /Pages %d 0 R >>" % tree
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        len(kids),
        b" ".join(b"%d 0 R" % k for k in kids),
    )
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = []
    for i, body in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (i, body))
    xref = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    secret = b""
    if encrypted:
        secret = (
            b"/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -44 /O <%s> /U <%s> >> /ID [<%s> <%s>]"
            % (b"41" * 32, b"42" * 32, b"43" * 16, b"43" * 16)
        )
    out.write(
        b"trailer << /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, catalog, secret, xref)
    )
    return out.getvalue()


MHT = (
    b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; '
    b'charset="utf-8"\r\nContent-Transfer-Encoding: 8bit\r\n\r\n%s\r\n--x--\r\n'
)
