"""Plots as SVG. Each stands beside a table with the same numbers, so nobody needs the picture."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence

import matplotlib
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

# Without pyplot, which keeps figures for ever and is not made for threads. Text stays text, so it can be read out.
matplotlib.rcParams.update(
    {"svg.fonttype": "none", "font.family": "sans-serif", "font.size": 10, "svg.hashsalt": "desk"}
)

COLOURS = ("#0b4a5e", "#f6a04d", "#5aa9c4", "#8a5a9e", "#7a9a3c", "#b0534a", "#768a93")


def _figure(height: float = 3.0) -> Figure:
    figure = Figure(figsize=(5.4, height), layout=None)
    FigureCanvasSVG(figure)
    return figure


def _svg(figure: Figure) -> str:
    out = io.BytesIO()
    figure.tight_layout()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    # matplotlib puts the name of a family between quotes, which makes a browser look for a font of that name.
    return out.getvalue().decode().replace("'sans-serif'", "system-ui, sans-serif")


def stacked(labels: Sequence[str], series: Mapping[str, Sequence[int]]) -> str:
    """Bars over each other, one for each label; ``series`` by name, as long as ``labels``."""
    figure = _figure()
    axes = figure.add_subplot()
    base = [0] * len(labels)
    for index, (name, values) in enumerate(series.items()):
        axes.bar(
            range(len(labels)),
            values,
            bottom=base,
            label=name,
            color=COLOURS[index % len(COLOURS)],
            width=0.75,
        )
        base = [low + value for low, value in zip(base, values, strict=True)]
    step = -(-len(labels) // 6)
    axes.set_xticks(range(0, len(labels), step))
    axes.set_xticklabels(labels[::step])
    axes.set_ylim(0, max([*base, 1]) * 1.1)
    axes.yaxis.get_major_locator().set_params(integer=True)
    if series:
        axes.legend(frameon=False, ncol=3, fontsize=9, loc="lower left", bbox_to_anchor=(0, 1))
    axes.spines[["top", "right"]].set_visible(False)
    return _svg(figure)


def bars(labels: Sequence[str], values: Sequence[float], unit: str = "") -> str:
    """Lying bars, the first on top, each with its value."""
    figure = _figure(max(1.6, 0.36 * len(labels) + 0.7))
    axes = figure.add_subplot()
    places = range(len(labels))
    axes.barh(places, values, color=COLOURS[0], height=0.65)
    axes.set_yticks(places)
    axes.set_yticklabels([label if len(label) <= 30 else label[:29] + "…" for label in labels])
    axes.invert_yaxis()
    axes.set_xlim(0, max([*values, 1]) * 1.15)
    axes.xaxis.set_visible(False)
    for place, value in zip(places, values, strict=True):
        axes.text(value, place, f" {value:g}{unit}", va="center")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    return _svg(figure)
