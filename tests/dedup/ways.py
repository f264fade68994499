"""The numpy index and the compiled one, asked together: every test of one is a test of both, and of their agreement."""

from collections.abc import Container

from ittgen.dedup.rouge import Neighbour, RougeIndex


class BothWays:
    def __init__(self, threshold: float = 0.7, tokens: str = "rouge") -> None:
        self.numpy = RougeIndex(threshold, tokens, many=10**9)
        self.compiled = RougeIndex(threshold, tokens, many=0)

    def __len__(self) -> int:
        assert len(self.numpy) == len(self.compiled)
        return len(self.numpy)

    def add(self, id: str, text: str) -> None:
        self.numpy.add(id, text)
        self.compiled.add(id, text)

    def nearest(self, text: str, *, without: Container[str] = ()) -> Neighbour | None:
        near = self.numpy.nearest(text, without=without)
        assert self.compiled.nearest(text, without=without) == near
        return near
