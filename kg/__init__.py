"""文脉 Wenmai: a knowledge graph of institutions, policies and measures from Chinese official documents."""

__version__ = "0.1.0"
