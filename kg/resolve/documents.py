"""Which document a title, number or short form stands for."""

from __future__ import annotations

import re

from kg.grammar.genres import genre_of
from kg.grammar.numbers import parse_number
from kg.grammar.quoted import find_quoted
from kg.grammar.titles import canonical_title, split_version
from kg.model.context import Context
from kg.model.documents import CleanDoc, Structure
from kg.model.entities import DocumentEntity, Linked, Resolution
from kg.model.issues import Issue, Stage
from kg.model.mentions import Mention
from kg.resolve.references import read_references
from kg.resolve.works import home_of, relative, scope_of, title_local_key

_HAN = re.compile("[\u4e00-\u9fff]")
_MIN_HAN = 6
_PART = re.compile(r"[\s》#]*(?:第[一二三四五六七八九十]{1,3}编)?([\u4e00-\u9fff]{2,8}编|总则|分则|附则)\n")
_OTHER_PART = re.compile(r"^#*(?:第[一二三四五六七八九十]{1,3}编|[\u4e00-\u9fff]{2,8}编$)", re.MULTILINE)


def resolve_documents(
    doc: CleanDoc, structure: Structure, context: Context, mentions: tuple[Mention, ...]
) -> Resolution:
    """Link the mentions of documents, each to a work named before or beside it; report what stays open."""
    own = source_document(doc, structure, context)
    read, carried = read_references(doc, structure, context, own, mentions)
    linked = tuple(Linked(r.mention, r.work.key() if r.work else None, r.method, r.score) for r in read)
    works = {id(w): w for w in reversed((*carried, *(r.work for r in read if r.work is not None)))}
    entities = {w.key(): w.entity() for w in reversed(works.values()) if w.own is None}
    issues = (*(_open(link.mention) for link in linked if link.entity is None), *_no_documents(doc))
    return Resolution(linked, tuple(entities[key] for key in sorted(entities)), issues)


def _open(m: Mention) -> Issue:
    message = f"“{m.text.strip('《》“”')}”所指的文件不能从前文确定"
    return Issue(Stage.RESOLVE, "unresolved-reference", message, start=m.start, end=m.end)


_NO_OFFICIAL = "《{title}》认作证照、表格、书报、影视一类，不作为文件（规则 {rule}）"
_WHY_NOT = {
    "lost-title": "书名号里没有标题，原文可能缺字",
    "unclosed": "“《{title}”没有右书名号，不能确定是不是文件",
    "unopened": "“{title}》”没有左书名号，不能确定是不是文件",
    "no-genre": "《{title}》看不出是不是公文，未作为文件",
}


def _no_documents(doc: CleanDoc) -> tuple[Issue, ...]:
    """What stands in 《》 and is no document, with the rule that says so; or is not known to be one."""
    code = {"other": "not-a-document", "unclear": "unclear-title"}
    return tuple(
        Issue(
            Stage.RECOGNIZE,
            code[q.kind],
            _WHY_NOT.get(q.rule, _NO_OFFICIAL).format(title=q.title[:100], rule=q.rule),
            start=q.start,
            end=q.end,
        )
        for q in find_quoted(doc.text)
        if q.kind in code
    )


def _titled(declared: str | None) -> str | None:
    """A declared title that can be one: file names and labels have hardly a 汉字."""
    return declared if declared and len(_HAN.findall(declared)) >= _MIN_HAN else None


def source_document(doc: CleanDoc, structure: Structure, context: Context) -> DocumentEntity:
    """The document itself, from its masthead, title, signature and date.

    Where the text has lost its title or number, what page or sidecar declare stands in.
    """
    declared = doc.source.declared
    stated = structure.title.value if structure.title else _titled(declared.title)
    title = canonical_title(stated) if stated else None
    printed = structure.number.value if structure.number else declared.number
    number = parse_number(printed) if printed else None
    canonical = number.canonical if number else printed
    sha = doc.source.sha256
    key = title_local_key(title or sha, home_of(context, sha), context.date, context.issuers[:1])
    if canonical:
        scoped = number is not None and relative(number.code)
        scope = f"{scope_of(context, sha)}/" if scoped else ""
        key = f"document/number/{scope}{canonical}"
    return DocumentEntity(
        key,
        title,
        canonical,
        version=split_version(title)[1] if title else None,
        issuers=context.issuers,
        date=structure.date.value if structure.date else None,
        genre=structure.genre or (genre_of(stated) if stated else None),
        level=context.level,
        part=_part(doc.text, structure),
    )


def _part(text: str, structure: Structure) -> str | None:
    """The book or part that stands under the title alone: 物权编, and no other one behind it."""
    if structure.title is None:
        return None
    m = _PART.match(text, structure.title.end)
    if m is None or _OTHER_PART.search(text, m.end()):
        return None
    return m[1] if m[1].endswith("编") or structure.title.value.endswith("法典") else None
