"""HanLP 2.x as an engine: ``hanlp:MODEL``, any multi-task or NER model by name or by directory.

The models that HanLP publishes are licensed CC BY-NC-SA 4.0: not for commercial use. None is shipped, and
none is downloaded: HanLP's own attempt to download one hangs for half a minute where there is no network.
"""

from __future__ import annotations

import os
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kg.model.errors import EngineError
from kg.recognize.engines.base import ORGANISATION_TAGS, SpanRecognizer

_LIMIT = 150
_THREADS = 1
_ARCHIVES = (".zip", ".tar.gz", ".tgz")
_NER = "ner"


def hanlp_engine(model: str) -> SpanRecognizer:
    """The engine of a model that is on disk.

    Args:
        model: a directory, or a name of ``hanlp.pretrained`` whose model is in ``HANLP_HOME``.

    Raises:
        EngineError: at once, when HanLP or the model is not there.
    """
    component = _load(model)
    find = _multi_task(component) if hasattr(component, "tasks") else _single_task(component)
    return SpanRecognizer(f"hanlp:{model}", find, _LIMIT)


def _multi_task(component: Any) -> Any:
    tokenizers = [name for name in component.tasks if name.startswith("tok")]
    taggers = [name for name in component.tasks if name.startswith(_NER)]
    if not tokenizers or not taggers:
        raise EngineError(
            "no-model",
            f"该 HanLP 模型没有分词和命名实体任务：{sorted(component.tasks)}",
            f"this HanLP model lacks a tokeniser or a tagger: {sorted(component.tasks)}",
        )
    tokens, entities = tokenizers[0], taggers[0]
    component[tokens].config.output_spans = True

    def find(sentence: str) -> list[tuple[int, int]]:
        result = component(sentence, tasks=[entities])
        words = [(w[1], w[2]) for w in result[tokens]]
        return [
            (words[begin][0], words[end - 1][1])
            for _, tag, begin, end in result[entities]
            if tag in ORGANISATION_TAGS
        ]

    return find


def _single_task(component: Any) -> Any:
    def find(sentence: str) -> list[tuple[int, int]]:
        return [(begin, end) for _, tag, begin, end in component(list(sentence)) if tag in ORGANISATION_TAGS]

    return find


@cache
def _load(model: str) -> Any:
    if not model:
        raise EngineError(
            "no-model",
            "请给出 HanLP 模型的名称或目录，如 hanlp:/models/ner",
            "name a HanLP model or its folder, such as hanlp:/models/ner",
        )
    local = Path(model)
    if not local.is_dir() and (os.sep in model or model.startswith(".")):
        raise EngineError(
            "no-model", f"HanLP 模型目录不存在：{model}", f"there is no folder of a HanLP model: {model}"
        )
    if find_spec("hanlp") is None:
        raise EngineError(
            "not-installed",
            "未安装 HanLP：pip install 'wenmai[hanlp]'",
            "HanLP is missing; run: pip install 'wenmai[hanlp]'",
        )
    import hanlp
    import torch

    path = local if local.is_dir() else _on_disk(model)
    torch.set_num_threads(_THREADS)
    return hanlp.load(str(path), devices=-1)


def _on_disk(model: str) -> Path:
    """The directory of a published model, if somebody has put it on this machine."""
    from hanlp import pretrained
    from hanlp.utils.io_util import path_from_url

    url = pretrained.ALL.get(model)
    if url is None:
        raise EngineError(
            "no-model",
            f"没有名为 {model} 的 HanLP 模型；目录请写成 hanlp:./目录",
            f"no HanLP model is named {model}; write a folder as hanlp:./FOLDER",
        )
    target = path_from_url(url)
    for ending in _ARCHIVES:
        target = target.removesuffix(ending)
    if Path(target).is_dir():
        return Path(target)
    raise EngineError(
        "no-model",
        f"HanLP 模型 {model} 不在本机（{target}）。请从 {url} 下载后解压到该目录；"
        "模型许可为 CC BY-NC-SA 4.0，不得商用",
        f"the HanLP model {model} is not on this machine ({target}). Download {url} and unpack it there; "
        "it is licensed CC BY-NC-SA 4.0, not for commerce",
    )
