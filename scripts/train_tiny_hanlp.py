"""Train a tiny HanLP multi-task model (tok/fine and ner/msra) from scratch, to test the engine without a download.

usage: python -m scripts.train_tiny_hanlp DIRECTORY

It knows a dozen made-up sentences and is good for nothing but loading: ``make test-hanlp`` gives its directory to
the contract suite. Needs ``pip install wenmai[hanlp]`` and about a minute on one processor core.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

PLACES = ("清远市", "韶关市", "霍山县", "清城区")
BODIES = ("财政局", "教育局", "人民政府", "司法局")
VERBS = ("负责", "牵头", "办理", "配合")
SEED = 7


def sentences() -> list[list[tuple[str, str]]]:
    """Words with IOBES tags of organisations."""
    made = [
        [("由", "O"), (place, "B-ORGANIZATION"), (body, "E-ORGANIZATION"), (verb, "O"), ("。", "O")]
        for place in PLACES
        for body in BODIES
        for verb in VERBS
    ]
    random.Random(SEED).shuffle(made)
    return made


def write_corpus(folder: Path) -> tuple[str, str]:
    """The training files of both tasks."""
    rows = sentences()
    tok, ner = folder / "tok.txt", folder / "ner.tsv"
    tok.write_text("".join(" ".join(w for w, _ in row) + "\n" for row in rows), encoding="utf-8")
    ner.write_text("".join("".join(f"{w}\t{t}\n" for w, t in row) + "\n" for row in rows), encoding="utf-8")
    return str(tok), str(ner)


def write_encoder(folder: Path) -> str:
    """A BERT of two small layers with random weights."""
    import torch
    from transformers import BertConfig, BertModel, BertTokenizerFast

    torch.manual_seed(SEED)
    chars = sorted({c for row in sentences() for w, _ in row for c in w})
    vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *chars]
    words = folder / "vocab.txt"
    words.write_text("\n".join(vocabulary) + "\n", encoding="utf-8")
    config = BertConfig(
        vocab_size=len(vocabulary),
        hidden_size=48,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=96,
        max_position_embeddings=512,
    )
    encoder = folder / "encoder"
    BertModel(config).save_pretrained(encoder)
    BertTokenizerFast(vocab_file=str(words)).save_pretrained(encoder)
    return str(encoder)


def restore_adamw() -> None:
    """Give transformers 5 the optimiser that it dropped and that HanLP's training still takes from it."""
    import torch
    from transformers import optimization

    if not hasattr(optimization, "AdamW"):
        optimization.AdamW = torch.optim.AdamW


def train(folder: Path) -> Path:
    """Train and save the model; its directory."""
    from hanlp.common.dataset import SortingSamplerBuilder
    from hanlp.components.mtl.multi_task_learning import MultiTaskLearning
    from hanlp.components.mtl.tasks.ner.tag_ner import TaggingNamedEntityRecognition
    from hanlp.components.mtl.tasks.tok.tag_tok import TaggingTokenization
    from hanlp.layers.embeddings.contextual_word_embedding import ContextualWordEmbedding

    restore_adamw()
    folder.mkdir(parents=True, exist_ok=True)
    tok, ner = write_corpus(folder)
    encoder = write_encoder(folder)
    tasks = {
        "tok/fine": TaggingTokenization(
            tok,
            tok,
            tok,
            SortingSamplerBuilder(batch_size=16),
            max_seq_len=160,
            char_level=True,
            hard_constraint=True,
        ),
        "ner/msra": TaggingNamedEntityRecognition(
            ner, ner, ner, SortingSamplerBuilder(batch_size=16), dependencies="tok/fine"
        ),
    }
    model = folder / "model"
    MultiTaskLearning().fit(
        ContextualWordEmbedding("token", encoder, average_subwords=True, max_sequence_length=512),
        tasks,
        str(model),
        epochs=20,
        patience=20,
        lr=3e-3,
        encoder_lr=3e-3,
        eval_trn=False,
        devices=-1,
        seed=SEED,
    )
    return model


if __name__ == "__main__":
    print(train(Path(sys.argv[1])))
