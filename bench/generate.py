"""Makes official documents by the million: a pure function of the index, so that any part can be made alone.

Documents cite earlier ones with a Zipf law over their age rank, some cite ghosts (texts that are never made), and each speaks
for a real division, by its relative names. The wording is the project's own.

usage: python -m bench.generate COUNT FOLDER
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.grammar.places import by_name, full_chain, place_names

_TOPICS = (
    "政务服务", "优化营商环境", "行政执法公示", "公共法律服务", "农村生活垃圾治理", "城市更新", "养老服务", "学前教育",
    "中小企业融资", "饮用水水源保护", "道路交通安全", "食品安全监管", "社会信用体系建设", "粮食安全", "就业创业", "数字政府建设",
)  # fmt: skip
_FORMS = ("实施方案", "管理办法", "三年行动计划", "若干措施", "工作要点", "实施细则")
_MEASURES = (
    "“一窗通办”", "“双随机、一公开”监管", "公平竞争审查制度", "“放管服”改革", "河长制", "首问负责制", "行政执法“三项制度”",
    "证照分离改革", "网格化服务管理机制", "安全生产专项整治行动",
)  # fmt: skip
_BUREAUX = (
    "司法局",
    "财政局",
    "发展改革局",
    "人力资源和社会保障局",
    "住房和城乡建设局",
    "教育局",
    "民政局",
    "市场监管局",
)
_FILLER = (
    "各单位要明确分管领导和具体责任人，按季度汇总进展情况，对未按期完成的事项逐项说明原因。",
    "要统筹用好现有场地和人员，不搞重复建设，确保群众在家门口就能办成事。",
    "对工作中出现的新情况新问题要及时研究，拿出可操作的办法，重要情况随时报告。",
    "经费由本级财政统筹安排，专款专用，接受审计监督，任何单位不得截留挪用。",
    "年底前组织一次评估，评估结果作为下一年度安排任务的依据，并向社会公开。",
)
_GHOSTS = 400


@dataclass(frozen=True, slots=True)
class Meta:
    """What other documents need to know of one: its title, number, issuer's place and year."""

    title: str
    number: str
    place: str
    year: int


@cache
def _places() -> tuple[tuple[str, str, str], ...]:
    found = {
        (full_chain(p, 2018), name, p.level)
        for name in place_names(stems=False)
        for p in by_name(name, 2018)
        if p.level in {"county", "prefecture"}
    }
    return tuple(sorted(found))


def _numbers(index: int, salt: str) -> list[int]:
    raw = hashlib.blake2b(f"{salt}{index}".encode(), digest_size=32).digest()
    return [int.from_bytes(raw[i : i + 4], "big") for i in range(0, 32, 4)]


def meta(index: int) -> Meta:
    """Title, number and place of document ``index``; negative indexes are ghosts."""
    n = _numbers(index, "meta")
    chain, name, _ = _places()[n[0] % len(_places())]
    year = 2008 + n[1] % 17
    topic, form = _TOPICS[n[2] % len(_TOPICS)], _FORMS[n[3] % len(_FORMS)]
    return Meta(f"{chain}{topic}{form}", f"{name[:2]}政发〔{year}〕{1 + abs(index) % 399}号", chain, year)


def _cited(index: int, salt: int) -> int:
    """A Zipf-distributed earlier document, or a ghost."""
    n = _numbers(index, f"cite{salt}")
    if index == 0 or n[0] % 10 == 0:
        return -1 - n[1] % _GHOSTS
    u = (n[2] + 1) / 2**32
    return min(index - 1, int((index + 1) ** u) - 1)


def document(index: int) -> str:
    """The text of one document, 700 to 4,000 characters."""
    m, n = meta(index), _numbers(index, "text")
    rank = m.place[-1]
    lines = [f"{m.place}人民政府关于印发《{m.title}》的通知", m.number, "各有关单位："]
    lines.append(f"《{m.title}》已经{rank}政府同意，现印发给你们，请认真组织实施。")
    for section in range(3 + n[0] % 8):
        cited = meta(_cited(index, section))
        measure = _MEASURES[(n[1] + section) % len(_MEASURES)]
        bureau = _BUREAUX[(n[2] + section) % len(_BUREAUX)]
        verb = ("根据", "认真落实", "按照", "学习宣传")[(n[3] + section) % 4]
        lines.append(f"{'一二三四五六七八九十'[section]}、推行{measure}")
        lines.append(
            f"{verb}《{cited.title}》（{cited.number}），推行{measure}。由{rank}{bureau}牵头，办结率达"
            f"{60 + n[4] % 40}.{section}%。{_FILLER[(n[5] + section) % len(_FILLER)] * (1 + n[6] % 3)}"
        )
    lines += [f"{m.place}人民政府", f"{m.year}年{1 + n[7] % 12}月{1 + n[7] % 28}日", ""]
    return "\n".join(lines)


def main() -> None:
    """Write documents, a thousand a folder."""
    count, folder = int(sys.argv[1]), Path(sys.argv[2])
    for index in range(count):
        if index % 1000 == 0:
            sub = folder / f"{index // 1000:05}"
            sub.mkdir(parents=True, exist_ok=True)
        (sub / f"{index:08}.txt").write_text(document(index), encoding="utf-8")


if __name__ == "__main__":
    main()
