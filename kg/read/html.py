"""Saved pages: the frames of known sites, and trafilatura for the rest."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser, LexborNode

from kg.model.documents import Declared, SourceDoc
from kg.model.errors import ReadError
from kg.read.dom import cell_text, lines_of
from kg.read.labels import declared_of, is_label
from kg.read.limits import MAX_MARKUP
from kg.read.lines import Line, assemble
from kg.read.text import decode_labelled, mojibake

_SUFFIXES = frozenset({".html", ".htm", ".shtml", ".xhtml"})
_START = re.compile(
    rb"\s*(?:\xef\xbb\xbf)?\s*(?:<!--.*?-->\s*)*(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html)\b", re.I | re.S
)
_WHOLE = re.compile(r"<(?:html|body|head)\b", re.I)
_MIN_BODY = 40
_MIN_LINE = 12
_MAX_DEPTH = 40
_MAX_ROWS = 200
_MAX_SEARCHED = 4_000_000
"""Characters of a page above which only the frames of known sites are looked for."""
_MAX_LABELLED = 300
_PAIR = re.compile(r"^\s*([^:：]{2,8})\s*[:：]\s*(\S.{0,200})$")
_SPACE = re.compile(r"\s+")
_SITE = re.compile(r"首页|平台|门户|网站|政府网$|官网|频道|Error|404")
_FURNITURE = re.compile(
    r"ICP备|公网安备|网站标识码|^版权所有|^主办单位|^承办单位|^您?(?:现在的|当前|的)?位置\s*[:：]|网站地图|^字[体号]\s*[:：]"
    r"|【(?:打印|关闭|浏览字号|字体|字号)|^(?:打印|关闭|分享|收藏|返回顶部|上一篇|下一篇)|扫一扫|^责任编辑|用户登录|在线客服"
)
_TITLE_END = re.compile(r"\s*[|｜_\-—–]+\s*[^|｜_\-—–]{2,20}(?:政府|网站|网|门户|局|厅|委)[^|｜_]*$")


class HtmlReader:
    """Reads HTML pages and fragments."""

    name = "html"

    def accepts(self, head: bytes, path: Path) -> bool:
        """A document type or an ``html`` element at the start; else the name."""
        return _START.match(head[:2000]) is not None or path.suffix.lower() in _SUFFIXES

    def read(self, data: bytes, source: str) -> Iterator[SourceDoc]:
        """One document a page."""
        yield page(decode_labelled(data), source, hashlib.sha256(data).hexdigest())


def page(
    html: str, source: str, sha256: str, media_type: str = "text/html", whole: bool = False
) -> SourceDoc:
    """The document on a page.

    Args:
        html: the decoded page.
        source: its path.
        sha256: of its bytes.
        media_type: of the file.
        whole: whether all of the page is the document, as in what word processors save.

    Raises:
        ReadError: ``empty`` where the page has no text, ``too-large``.
    """
    if len(html) > MAX_MARKUP:
        raise ReadError("too-large", f"网页超过 {MAX_MARKUP // 1_000_000} 百万字符")
    tree = LexborHTMLParser(html)
    if tree.body is None:
        raise ReadError("empty", "网页没有文字")
    declared = declared_on(tree, len(html) <= _MAX_SEARCHED)
    lines = _body(tree, html, whole)
    title = declared.title
    if title and not whole and _WHOLE.search(html[:5000]) and not _begins_with(lines, title):
        lines = [Line(title, "heading", "title"), *lines]
    text, blocks = assemble(lines)
    if not text.strip():
        raise ReadError("empty", "网页没有文字")
    return SourceDoc(source, sha256, media_type, text, blocks, declared, mojibake(text))


def declared_on(tree: LexborHTMLParser, small: bool) -> Declared:
    """What a page states of its document: the metadata table, then ``<meta>``, then its headings.

    Args:
        tree: the page.
        small: whether lists and paragraphs are searched for labels too.
    """
    table: dict[str, object] = {}
    for row in tree.css("tr")[:_MAX_ROWS]:
        cells = [cell_text(c) for c in row.iter() if c.tag in {"td", "th"}]
        if len(cells) % 2 == 0 and max(map(len, cells), default=0) <= _MAX_LABELLED:
            for name, value in zip(cells[::2], cells[1::2], strict=True):
                if is_label(name) and value:
                    table.setdefault(name, value)
    for item in tree.css("li, dd, p, span")[: 2 * _MAX_ROWS if small else 0]:
        found = _PAIR.match(item.text(deep=True)[:_MAX_LABELLED])
        if found and is_label(found[1]):
            table.setdefault(found[1], found[2])
    stated = declared_of(table)
    metas = {
        m.attributes.get("name") or "": m.attributes.get("content")
        for m in tree.css("meta[name]")[:_MAX_ROWS]
    }
    meta = declared_of({k: v for k, v in metas.items() if k.lower() in {"articletitle", "pubdate", "url"}})
    title = stated.title or meta.title or _heading(tree)
    return replace(stated, title=title, date=stated.date or meta.date, url=meta.url)


def _heading(tree: LexborHTMLParser) -> str | None:
    headings = [cell_text(node) for node in tree.css("h1")[:3]]
    titles = [t for node in tree.css("title")[:1] if len(t := cell_text(node)) <= _MAX_LABELLED]
    headings += [_TITLE_END.sub("", t) for t in titles]
    return next((t for t in headings if 6 <= len(t) <= 120 and not _SITE.search(t)), None)


def _body(tree: LexborHTMLParser, html: str, whole: bool) -> list[Line]:
    body = tree.body
    if body is None:
        return []
    frame = _frame(tree)
    if frame is not None:
        return lines_of(frame)
    if whole or not _WHOLE.search(html[:5000]):
        return lines_of(body)
    main = _main(body, html) if len(html) <= _MAX_SEARCHED else body
    return [line for line in lines_of(main) if not _FURNITURE.search(line.text)]


def _frame(tree: LexborHTMLParser) -> LexborNode | None:
    """The element that holds the document, by the frames of known sites; the longest of several."""
    for selector in _selectors():
        nodes = tree.css(selector)[:20]
        sizes = [len(node.text(deep=True)) for node in nodes]
        if nodes and max(sizes) >= _MIN_BODY:
            return nodes[sizes.index(max(sizes))]
    return None


@cache
def _selectors() -> tuple[str, ...]:
    table = (files("kg.data") / "read" / "frames.tsv").read_text(encoding="utf-8")
    rows = (row.split("\t") for row in table.splitlines())
    return tuple(row[0] for row in rows if len(row) == 2 and not row[0].startswith("# "))


def _main(body: LexborNode, html: str) -> LexborNode:
    """The smallest element that holds nearly all that trafilatura takes for the text of an unknown page.

    Trafilatura finds the place; the words come from the page itself, since it drops headings and lists.
    """
    from trafilatura import extract  # noqa: PLC0415

    text = extract(html, include_comments=False, include_tables=True, favor_recall=True) or ""
    wanted = [line for line in (_SPACE.sub("", row) for row in text.split("\n")) if len(line) >= _MIN_LINE]
    node = body
    for _ in range(_MAX_DEPTH):
        within = (child for child in node.iter() if _holds(child, wanted))
        child = next(within, None) if wanted else None
        if child is None:
            break
        node = child
    return node


def _holds(node: LexborNode, wanted: list[str]) -> bool:
    text = _SPACE.sub("", node.text(deep=True))
    return sum(line in text for line in wanted) * 20 >= len(wanted) * 19


def _begins_with(lines: list[Line], title: str) -> bool:
    head = _SPACE.sub("", "".join(line.text for line in lines[:12]))[:400]
    return _SPACE.sub("", title) in head
