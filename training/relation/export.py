"""From the trained network to the int8 ONNX file of the package."""

from __future__ import annotations

import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from detente.coding.question import Question
from training.relation.network import Batcher, RelationNetwork

OUTPUTS = ("type", "mode", "direction", "status", "contexts")


def to_onnx(network: RelationNetwork, batcher: Batcher, path: Path) -> None:
    """Write the network in float32."""
    network.eval()
    example = batcher([Question("Kenya recalled its envoy from Chad.", (0, 5), (30, 34), (6, 14))] * 2)
    axes = {"ids": {0: "batch", 1: "tokens"}, "mask": {0: "batch", 1: "tokens"}, "at": {0: "batch"}}
    axes |= {name: {0: "batch"} for name in OUTPUTS}
    torch.onnx.export(
        network,
        example,
        str(path),
        input_names=["ids", "mask", "at"],
        output_names=list(OUTPUTS),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def to_int8(float32: Path, int8: Path) -> None:
    """Weights of matrix products and embeddings as 8-bit integers, per channel; activations are scaled as they come.

    Weights keep to 7 bits, so that processors whose 8-bit products saturate give the same sums.
    """
    quantize_dynamic(
        float32,
        int8,
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
    )


def export(network: RelationNetwork, batcher: Batcher, int8: Path, float32: Path | None = None) -> None:
    """Both files, the float one kept only where a path is given."""
    with tempfile.TemporaryDirectory() as folder:
        whole = float32 or Path(folder) / "float32.onnx"
        to_onnx(network, batcher, whole)
        to_int8(whole, int8)
