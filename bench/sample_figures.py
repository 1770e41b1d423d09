"""Draw reported figures by seed and print each with its sentence, for judging by reading.

usage: python -m bench.sample_figures FOLDER… [--seed N] [--count N]

Verdicts are kept in ``bench/judged/figures.tsv`` (source, start, end, value, verdict, reason, seed; no text).
"""

from __future__ import annotations

from bench.draw import drawn


def main() -> None:
    """Print the sample."""
    for i, (name, text, _, f) in enumerate(drawn(__doc__, lambda x: x.figures), 1):
        measure = f.measure.removeprefix("measure/")
        print(
            f"{i}\t{name}\t{f.start}\t{f.end}\t{measure}\t{f.indicator}\t{f.value}{f.unit}\t{f.as_of or '—'}"
        )
        low, high = f.sentence
        words = text[low : f.start] + "【" + text[f.start : f.end] + "】" + text[f.end : high]
        print("\t" + " ".join(words.split()))


if __name__ == "__main__":
    main()
