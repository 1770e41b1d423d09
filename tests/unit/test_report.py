from __future__ import annotations

from pathlib import Path

from kg.build.run import Report


def test_information_is_no_issue() -> None:
    issues = {"not-a-document": 5, "unresolved-reference": 2}
    report = Report(Path("g"), 0, 0, 0, (), 0.0, {"issues": issues})
    assert (report.issues, report.information) == (2, 5)
