"""How well and how fast files of every format are read.

usage: python -m bench.readers CORPUS [--extraction]

CORPUS is a folder with ``layouts/laws_pdf_docx`` (the same laws as PDF and DOCX), ``state-council`` and
``notices`` (saved pages beside texts, with ``meta.jsonl``). Prints a table of Markdown.
"""

from __future__ import annotations

import argparse
import io
import json
import multiprocessing
import re
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from kg.model.documents import SourceDoc
from kg.model.errors import ReadError
from kg.read import read_path
from kg.read.labels import issuers

_SPACE = re.compile(r"\s+")
_PEAK = re.compile(r"VmHWM:\s*(\d+)")
"""Peak of this process alone; ``ru_maxrss`` is inherited from the one that starts it."""


def one(path: Path) -> SourceDoc:
    """The only document of a file."""
    return next(iter(read_path(path)))


def squeezed(text: str | None) -> str:
    """A text without white space."""
    return _SPACE.sub("", text or "")


def f1(a: Counter[str], b: Counter[str]) -> float:
    """F1 of two multisets; 1 where both are empty."""
    return 2 * sum((a & b).values()) / (sum(a.values()) + sum(b.values())) if a or b else 1.0


def pairs(corpus: Path) -> dict[str, list[tuple[Path, Path]]]:
    """Files that hold the same text in two forms."""
    laws = sorted((corpus / "layouts/laws_pdf_docx").glob("*.pdf"))
    found = {"PDF and DOCX of laws": [(p, p.with_suffix(".docx")) for p in laws]}
    for name in ("state-council", "notices"):
        pages = sorted((corpus / name).glob("*.html"))
        found[f"page and text, {name}"] = [(p, p.with_suffix(".txt")) for p in pages]
    return found


def agreement(forms: Iterable[tuple[Path, Path]]) -> tuple[int, list[float], list[float]]:
    """Characters in order (2·LCS over both lengths) and cleaned lines as multisets, pair by pair."""
    from rapidfuzz.distance import Indel

    from kg.clean import clean

    characters, lines = [], []
    for left, right in forms:
        a, b = one(left), one(right)
        characters.append(Indel.normalized_similarity(squeezed(a.text), squeezed(b.text)))
        lines.append(f1(Counter(clean(a).text.split("\n")), Counter(clean(b).text.split("\n"))))
    return len(characters), characters, lines


def metadata(corpus: Path) -> dict[str, tuple[int, int]]:
    """Title, number and issuer that pages declare, against the site's own records: right, asked."""
    right: dict[str, list[bool]] = {"title": [], "number": [], "issuer": []}
    for row in map(json.loads, (corpus / "state-council/meta.jsonl").read_text("utf-8").splitlines()):
        declared = one(corpus / "state-council" / row["html"]).declared
        right["title"].append(squeezed(declared.title) == squeezed(row["title"]))
        right["number"].append((declared.number or "") == (row.get("docnum") or ""))
        right["issuer"].append(declared.issuers == issuers(row.get("issuer")))
    return {name: (sum(values), len(values)) for name, values in right.items()}


def named(result: Any, label: str) -> Counter[str]:
    """The documents or institutions that an extraction names."""
    return Counter({m.entity for m in result.mentions if m.label == label and m.entity})


def extraction(forms: Iterable[tuple[Path, Path]]) -> tuple[float, float]:
    """Mean F1 of the documents and institutions that the two forms name."""
    from kg.build.document import extract_document

    scores: dict[str, list[float]] = {"DOCUMENT": [], "INSTITUTION": []}
    for left, right in forms:
        a, b = extract_document(one(left)), extract_document(one(right))
        for label, values in scores.items():
            values.append(f1(named(a, label), named(b, label)))
    return mean(scores["DOCUMENT"]), mean(scores["INSTITUTION"])


def mean(values: list[float]) -> float:
    """Arithmetic mean."""
    return sum(values) / len(values)


def _measure(files: list[Path], out: multiprocessing.Queue[tuple[int, float, float, str]]) -> None:
    began = time.process_time()
    size, code = 0, ""
    for file in files:
        try:
            size += sum(len(doc.text) for doc in read_path(file))
        except ReadError as error:
            code = error.code
    peak = int(_PEAK.search(Path("/proc/self/status").read_text())[1]) / 1024  # type: ignore[index]
    out.put((size, time.process_time() - began, peak, code))


def cost(files: list[Path]) -> tuple[int, float, float, str]:
    """Characters, CPU seconds (with what must be imported), peak MB and last error, in a process of its own."""
    context = multiprocessing.get_context("spawn")
    out: multiprocessing.Queue[tuple[int, float, float, str]] = context.Queue()
    process = context.Process(target=_measure, args=(files, out))
    process.start()
    found = out.get(timeout=600)
    process.join()
    return found


def huge_pdf(laws: list[Path], size: int) -> bytes:
    """A PDF of many pages and of ``size`` bytes: laws one after the other, and a stream nobody refers to."""
    import pypdfium2 as pdfium

    whole = pdfium.PdfDocument.new()
    for law in laws:
        whole.import_pages(pdfium.PdfDocument(law))
    out = io.BytesIO()
    whole.save(out)
    body = out.getvalue()
    return body[:9] + b"\n%" + b"x" * (size - len(body)) + b"\n" + body[9:]


def huge_zip(members: int) -> bytes:
    """An archive with many small texts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as packed:
        for i in range(members):
            packed.writestr(f"{i}.txt", f"第{i}号通知")
    return out.getvalue()


def costs(corpus: Path) -> Iterator[tuple[str, int, tuple[int, float, float, str]]]:
    """What each format costs, and what very large files do."""
    laws = sorted((corpus / "layouts/laws_pdf_docx").glob("*.pdf"))
    groups: dict[str, list[Path]] = {
        "text": sorted((corpus / "notices").glob("0*.txt"))
        + sorted((corpus / "state-council").glob("0*.txt")),
        "HTML": sorted((corpus / "notices").glob("*.html"))
        + sorted((corpus / "state-council").glob("*.html")),
        "PDF": laws,
        "PDF with tables": sorted((corpus / "layouts/pdf_covid_plans").glob("*.pdf")),
        "DOCX": [law.with_suffix(".docx") for law in laws],
    }
    for name, files in groups.items():
        yield name, len(files), cost(files)
    large: dict[str, Callable[[], bytes]] = {
        "PDF of 200 MB": lambda: huge_pdf(laws, 200 << 20),
        "ZIP of 100,000 members": lambda: huge_zip(100_000),
    }
    for name, make in large.items():
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / ("large.pdf" if "PDF" in name else "large.zip")
            path.write_bytes(make())
            yield name, 1, cost([path])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--extraction", action="store_true", help="compare what is extracted from two forms")
    options = parser.parse_args()
    corpus: Path = options.corpus
    print(
        "| same text, two forms | pairs | characters: least | mean | lines: least | mean |\n|---|---|---|---|---|---|"
    )
    for name, forms in pairs(corpus).items():
        n, characters, lines = agreement(forms)
        figures = (min(characters), mean(characters), min(lines), mean(lines))
        print(f"| {name} | {n} | " + " | ".join(f"{x:.4f}" for x in figures) + " |", flush=True)
    print("\n| declared on pages of state-council | right | of |\n|---|---|---|")
    for name, (right, asked) in metadata(corpus).items():
        print(f"| {name} | {right} | {asked} |")
    if options.extraction:
        print("\n| named in both forms (F1) | documents | institutions |\n|---|---|---|")
        for name, forms in pairs(corpus).items():
            documents, institutions = extraction(forms)
            print(f"| {name} | {documents:.4f} | {institutions:.4f} |", flush=True)
    print("\n| format | files | files/s | characters/s | peak MB | ends in |\n|---|---|---|---|---|---|")
    for name, n, (size, seconds, peak, code) in costs(corpus):
        print(
            f"| {name} | {n} | {n / seconds:.1f} | {size / seconds:,.0f} | {peak:.0f} | {code or 'text'} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
