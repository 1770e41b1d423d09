"""What each reader makes of files made by hand, and where its blocks point."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.read import read_bytes
from tests.unit.read import making
from tests.unit.read.making import MHT, docx, gzipped, ofd, p, pdf, tarred, text_object, zipped

BODY = "各镇人民政府要加强统筹协调，明确责任分工，确保各项任务按时完成。"
NOTICE = "某县人民政府关于加强农村公路管理的通知"


def read(data: bytes, name: str) -> list[SourceDoc]:
    docs = list(read_bytes(data, Path(name), name))
    for doc in docs:
        for block in doc.blocks:
            assert 0 <= block.start <= block.end <= len(doc.text)
    return docs


def one(data: bytes, name: str) -> SourceDoc:
    docs = read(data, name)
    assert len(docs) == 1
    return docs[0]


def code(data: bytes, name: str) -> str:
    with pytest.raises(ReadError) as caught:
        read(data, name)
    return caught.value.code


ENCODINGS = ["utf-8", "utf-8-sig", "gb18030", "gbk", "gb2312", "utf-16", "utf-16-le"]


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_text_in_every_encoding(encoding: str) -> None:
    text = f"{NOTICE}\r\n\u3000\u3000{BODY}\r\n(2017) No. 12, ABC" * 3
    doc = one(text.encode(encoding), "a.txt")
    assert doc.text.lstrip("\ufeff") == text
    assert doc.issues == ()


def test_text_cut_in_a_character() -> None:
    assert one((NOTICE + BODY).encode()[:-1], "a.txt").text == (NOTICE + BODY)[:-1]


@pytest.mark.parametrize(
    "text", [f"{NOTICE}锟斤拷{BODY}", BODY.encode().decode("latin-1"), f"{BODY}\ufffd{BODY}"]
)
def test_mojibake_is_an_issue(text: str) -> None:
    assert [i.code for i in one(text.encode(), "a.txt").issues] == ["mojibake"]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_damaged_character_is_an_issue_and_no_more(encoding: str) -> None:
    data = bytearray((f"{NOTICE}\n{BODY}" * 5).encode(encoding))
    data[100:101] = b"\xff"
    doc = one(bytes(data), "a.txt")
    assert doc.text.endswith(BODY)
    assert [i.code for i in doc.issues] == ["mojibake"]


def test_big5_is_not_read_as_gb18030() -> None:
    text = "關於加強農村公路養護管理工作的通知，各縣人民政府應當加強領導，落實責任，認真組織實施。" * 6
    assert one(text.encode("big5"), "a.txt").text == text


PAGE = f"""<!DOCTYPE html><html><head><title>{NOTICE}_某县人民政府网</title>
<meta name="ArticleTitle" content="{NOTICE}"><meta name="PubDate" content="2020-03-05 10:00"></head><body>
<ul class="nav"><li>首页</li><li>政务公开</li></ul>
<table><tr><td>索 引 号：</td><td>0001</td><td>发文机关：</td><td>某县人民政府</td></tr>
<tr><td>发文字号：</td><td>某府发〔2020〕5号</td><td>成文日期：</td><td>2020年03月01日</td></tr></table>
<div id="zoom"><p>各镇人民政府：</p><p>　　{BODY}</p><script>var a = "脚本";</script><p style="display:none">隐藏</p>
<table><tr><th>序号</th><th>责任单位</th></tr><tr><td>1</td><td>某县<br>财政局</td></tr></table></div>
<div class="footer">版权所有：某县人民政府 <a>【打印】</a></div></body></html>"""


def test_page_of_a_known_frame() -> None:
    doc = one(PAGE.encode(), "a.html")
    assert doc.text.split("\n") == [NOTICE, "各镇人民政府：", BODY, "序号\t责任单位", "1\t某县财政局"]
    d = doc.declared
    assert (d.title, d.number, d.issuers, d.date) == (
        NOTICE,
        "某府发〔2020〕5号",
        ("某县人民政府",),
        "2020-03-01",
    )
    assert [b.kind for b in doc.blocks] == ["heading", "paragraph", "paragraph", "cell", "cell"]


def test_page_of_an_unknown_frame() -> None:
    menus = "".join(f"<li><a href='/{i}'>栏目{i}</a></li>" for i in range(20))
    rows = "".join(f"<p>第{i}条 {BODY}</p>" for i in range(1, 9))
    html = f"<html><body><ul>{menus}</ul><div><div class='q'><h2>{NOTICE}</h2>{rows}</div></div><p>粤ICP备1号</p></body></html>"
    lines = one(html.encode(), "a.html").text.split("\n")
    assert lines[0] == NOTICE
    assert lines[-1] == f"第8条 {BODY}"


def test_fragment_of_a_page_is_all_read() -> None:
    assert one(f"<p>{NOTICE}</p><p>{BODY}<br>{BODY}</p>".encode(), "a.html").text.split("\n") == [
        NOTICE,
        BODY,
        BODY,
    ]


@pytest.mark.parametrize(
    ("label", "encoding"),
    [
        *(
            (label, encoding)
            for label in ("gb2312", "utf-8", "iso-8859-1")
            for encoding in ("utf-8", "gb18030")
        ),
        ("big5", "utf-8"),  # one that says Big5 and is not UTF-8 is taken at its word
    ],
)
def test_a_wrong_label_does_not_garble(label: str, encoding: str) -> None:
    html = f'<html><head><meta charset="{label}"></head><body><div id="zoom">{BODY * 2}</div></body></html>'
    assert one(html.encode(encoding), "a.html").text == BODY * 2


def test_html_that_is_called_text_is_a_page() -> None:
    assert one(PAGE.encode(), "a.txt").media_type == "text/html"


def test_mhtml() -> None:
    assert one(MHT % PAGE.encode(), "a.mht").text.startswith(NOTICE)


def test_deeply_nested_page_does_not_overflow() -> None:
    html = "<html><body>" + "<div>" * 20_000 + BODY * 3 + "</div>" * 20_000 + "</body></html>"
    assert BODY in one(html.encode(), "a.html").text


def test_word_body_in_order() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>".format(p("序号"), p("责任单位"))
    body = (
        p(NOTICE)
        + f"<w:tbl>{row}</w:tbl>"
        + "<w:p><w:r><w:t>保留</w:t></w:r><w:ins><w:r><w:t>插入</w:t></w:r></w:ins><w:del><w:r><w:delText>删去"
        "</w:delText></w:r></w:del></w:p>"
        + f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent>{p('文本框')}</w:txbxContent></mc:Choice>"
        f"<mc:Fallback><w:txbxContent>{p('文本框')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        + f"<w:sdt><w:sdtContent>{p('控件')}</w:sdtContent></w:sdt>"
    )
    assert one(docx(body), "a.docx").text.split("\n") == [
        NOTICE,
        "序号\t责任单位",
        "保留插入",
        "文本框",
        "控件",
    ]


def test_word_notes_and_numbers() -> None:
    def level(i: int, form: str, text: str) -> str:
        return f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'

    numbering = (
        f'<w:numbering {making.W}><w:abstractNum w:abstractNumId="7">{level(0, "chineseCounting", "%1、")}'
        f'{level(1, "decimal", "%2.")}</w:abstractNum><w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num></w:numbering>'
    )
    notes = f'<w:footnotes {making.W}><w:footnote w:id="2">{p("注释内容")}</w:footnote></w:footnotes>'
    numbered = '<w:numPr><w:ilvl w:val="{}"/><w:numId w:val="3"/></w:numPr>'
    body = (
        p("总体要求", numbered.format(0))
        + p("目标", numbered.format(1))
        + p("原则", numbered.format(1))
        + p("任务", numbered.format(0))
        + p("措施", numbered.format(1))
        + '<w:p><w:r><w:t>正文</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    doc = one(
        docx(body, {"n": ("numbering/numbering.xml", numbering), "f": ("footnotes/footnotes.xml", notes)}),
        "a.docx",
    )
    assert doc.text.split("\n") == [
        "一、总体要求",
        "1.目标",
        "2.原则",
        "二、任务",
        "1.措施",
        "正文",
        "注释内容",
    ]
    assert doc.blocks[-1].kind == "note"


@pytest.mark.parametrize(("name", "data"), [("c.mht", MHT % PAGE.encode()), ("c.html", PAGE.encode())])
def test_word_alt_chunk(name: str, data: bytes) -> None:
    doc = one(docx('<w:altChunk r:id="c"/>', {"c": (f"aFChunk/{name}", data)}), "a.docx")
    assert BODY in doc.text.split("\n")


def test_word_file_that_reads_as_empty_is_an_error() -> None:
    assert code(docx("<w:p/>"), "a.docx") == "empty"


def test_pdf_lines_are_rejoined_and_furniture_goes() -> None:
    pages = [
        [
            (60, 800, "某县人民政府公报"),
            (84, 700, f"第{n}，加强统筹协调，明确责任分工，确保各项任务按时完成目标要求"),
            (60, 680, "和工作部署，并于年底前报告落实情况，接受监督检查，不得延误推诿扯皮"),
            (60, 660, "否则追究责任。"),
            (280, 40, f"— {i} —"),
        ]
        for i, n in enumerate("一二三四", 1)
    ]
    doc = one(pdf(pages), "a.pdf")
    assert doc.text.split("\n")[0].startswith("第一，加强")
    assert len(doc.text.split("\n")) == 4
    assert "公报" not in doc.text
    assert "—" not in doc.text
    assert doc.text.count("要求和工作部署") == 4
    assert sorted({b.page for b in doc.blocks if b.page}) == [1, 2, 3, 4]
    box = doc.blocks[0].box
    assert box is not None
    assert 80 < box[0] < 90
    assert 120 < box[1] < 142


def test_pdf_without_text_is_a_scan() -> None:
    assert code(pdf([[], []]), "a.pdf") == "scan-without-text"


def test_rasterised_pages_are_a_scan() -> None:
    import pypdfium2

    image = pypdfium2.PdfDocument(pdf([[(60, 700, BODY)]]))[0].render(scale=1).to_pil()
    out = io.BytesIO()
    image.save(out, "PDF")
    assert code(out.getvalue(), "a.pdf") == "scan-without-text"


def test_pdf_page_without_text_is_an_issue() -> None:
    doc = one(pdf([[(60, 700, BODY)], []]), "a.pdf")
    assert [i.code for i in doc.issues] == ["page-without-text"]


def test_ofd_pages_templates_and_metadata() -> None:
    info = '<ofd:Title>通知</ofd:Title><ofd:CustomDatas><ofd:CustomData Name="发文字号">某府发〔2020〕5号</ofd:CustomData></ofd:CustomDatas>'
    pages = [
        text_object("第二行在下。", 30, 60) + text_object(NOTICE, 30, 40) + text_object("— 1 —", 100, 280),
        text_object("第二页的正文。", 41, 40) + text_object("— 2 —", 100, 280),
    ]
    doc = one(ofd(pages, [text_object("红头文件", 80, 20)], info), "a.ofd")
    assert doc.text.split("\n") == ["红头文件", NOTICE, "第二行在下。", "第二页的正文。"]
    assert [b.page for b in doc.blocks] == [1, 1, 1, 2]
    assert doc.declared.number == "某府发〔2020〕5号"


def test_ofd_turned_page() -> None:
    turned = "0 1 -1 0 0 0"
    page = text_object("第一行文字。", 180, 40, ctm=turned) + text_object("第二行文字。", 160, 40, ctm=turned)
    assert one(ofd([page]), "a.ofd").text.split("\n") == ["第一行文字。", "第二行文字。"]


def test_zip_members_by_path_and_gbk_names() -> None:
    data = zipped(
        {"甲/a.txt": BODY.encode(), "b.html": PAGE.encode(), "x.bin": b"\x00", "SOURCE.txt": b"note"}
    )
    assert [d.source for d in read(data, "a.zip")] == ["a.zip!/甲/a.txt", "a.zip!/b.html"]


def test_tar_and_gz() -> None:
    data = tarred({"a.txt": BODY.encode(), "../b.txt": BODY.encode()}, {"c.txt": "/etc/passwd"})
    for packed, name in ((data, "a.tar"), (gzipped(data), "a.tar.gz")):
        (doc,) = read(packed, name)
        assert [i.code for i in doc.issues] == ["unsafe-path", "unsafe-path"]
    assert one(gzipped(BODY.encode()), "a.txt.gz").text == BODY


def seven(members: Mapping[str, bytes]) -> bytes:
    py7zr = pytest.importorskip("py7zr", reason="NO PY7ZR: 7z not read")
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w") as packed:
        for name, data in members.items():
            packed.writestr(data, name)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.zip", zipped), ("a.tar", tarred), ("a.tar.gz", lambda m: gzipped(tarred(m))), ("a.7z", seven)],
)
def test_sidecars_inside_archives(name: str, pack: Callable[[Mapping[str, bytes]], bytes]) -> None:
    members = {
        "甲/a.txt": BODY.encode(),
        "甲/a.json": json.dumps({"title": "甲的办法", "文号": "甲发〔2020〕1号"}).encode(),
        "甲/b.txt": (BODY + "乙").encode(),
        "甲/meta.jsonl": b"no record\n" + json.dumps({"file": "b.txt", "title": "乙的办法"}).encode(),
        "丙/b.txt": (BODY + "丙").encode(),
        "丙/a.json": b"\xff\x00 broken",
    }
    found = {d.source.partition("!/")[2]: d.declared for d in read(pack(members), name)}
    assert {k: (d.title, d.number) for k, d in found.items()} == {
        "甲/a.txt": ("甲的办法", "甲发〔2020〕1号"),
        "甲/b.txt": ("乙的办法", None),
        "丙/b.txt": (None, None),
    }


def test_a_bad_member_does_not_lose_the_others() -> None:
    (doc,) = read(zipped({"a.pdf": b"%PDF-broken", "b.txt": BODY.encode()}), "a.zip")
    assert [i.code for i in doc.issues] == ["malformed"]
    assert "a.pdf" in doc.issues[0].message


def ruled(data: bytes) -> bytes:
    """The PDF of ``pdf`` with a grid of three rows and two columns drawn on each page."""
    rules = b" ".join(b"%d %d m %d %d l S" % r for r in [(60, y, 400, y) for y in (700, 670, 640, 610)])
    rules += b" " + b" ".join(b"%d 610 m %d 700 l S" % (x, x) for x in (60, 200, 400))
    return data.replace(b"stream\nBT", b"stream\n" + rules + b" BT")


def test_pdf_table_rows_have_cells() -> None:
    words = [
        (70, 680, "序号"),
        (210, 680, "责任单位"),
        (70, 650, "一"),
        (210, 650, "财政局"),
        (70, 620, "二"),
        (210, 620, "教育局"),
    ]
    doc = one(ruled(pdf([[(60, 760, NOTICE), *words, (60, 560, BODY)]])), "a.pdf")
    assert doc.text.split("\n") == [NOTICE, "序号\t责任单位", "一\t财政局", "二\t教育局", BODY]
    assert [b.kind for b in doc.blocks] == ["paragraph", "cell", "cell", "cell", "paragraph"]
