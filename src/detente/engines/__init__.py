"""Where coding runs: in this process or in several.

    with open_engine(workers=2, **settings.for_coder) as engine:
        for coded in engine.code_many(documents): ...

Whatever the engine, the records are the same, in the order of the documents.
"""

from detente.engines.engine import CodedRecords, Engine, open_engine

__all__ = ["CodedRecords", "Engine", "open_engine"]
