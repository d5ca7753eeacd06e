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

MAX_TICKS = 8
"""Labels under a plot that fit beside each other where it is as small as on a phone."""
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
    shown = ticks(len(labels))
    axes.set_xticks(shown)
    axes.set_xticklabels([labels[place] for place in shown])
    axes.set_ylim(0, max([*base, 1]) * 1.1)
    axes.yaxis.get_major_locator().set_params(integer=True)
    if series:
        axes.legend(frameon=False, ncol=3, fontsize=9, loc="lower left", bbox_to_anchor=(0, 1))
    axes.spines[["top", "right"]].set_visible(False)
    return _svg(figure)


def ticks(n: int, most: int = MAX_TICKS) -> list[int]:
    """Which of ``n`` labels to write: at most ``most``, evenly spread, the last (the newest) always among them."""
    step = max(1, -(-n // most))
    return list(range((n - 1) % step, n, step))


def pairs(labels: Sequence[str], series: Mapping[str, Sequence[str]]) -> str:
    """Lying bars, two or more for each label; ``series`` by name, as words. Words that are no number have no bar."""
    names = list(series)
    figure = _figure(max(1.8, 0.2 * (len(names) + 0.6) * len(labels) + 0.8))
    axes = figure.add_subplot()
    thick = 0.8 / max(len(names), 1)
    most = max([int(word) for words in series.values() for word in words if word.isdecimal()] or [1])
    for index, name in enumerate(names):
        places = [place + (index - (len(names) - 1) / 2) * thick for place in range(len(labels))]
        values = [int(word) if word.isdecimal() else 0 for word in series[name]]
        axes.barh(places, values, color=COLOURS[index % len(COLOURS)], height=thick * 0.9, label=name)
        for place, value, word in zip(places, values, series[name], strict=True):
            axes.text(value, place, f" {word}", va="center", fontsize=8)
    axes.set_yticks(range(len(labels)))
    axes.set_yticklabels([_short(label) for label in labels])
    axes.invert_yaxis()
    axes.set_xlim(0, max(most, 1) * 1.25)
    axes.xaxis.set_visible(False)
    axes.legend(frameon=False, ncol=len(names) or 1, fontsize=9, loc="lower left", bbox_to_anchor=(0, 1))
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    return _svg(figure)


def _short(label: str) -> str:
    return label if len(label) <= 30 else label[:29] + "…"


def bars(labels: Sequence[str], values: Sequence[float], unit: str = "") -> str:
    """Lying bars, the first on top, each with its value."""
    figure = _figure(max(1.6, 0.36 * len(labels) + 0.7))
    axes = figure.add_subplot()
    places = range(len(labels))
    axes.barh(places, values, color=COLOURS[0], height=0.65)
    axes.set_yticks(places)
    axes.set_yticklabels([_short(label) for label in labels])
    axes.invert_yaxis()
    axes.set_xlim(0, max([*values, 1]) * 1.15)
    axes.xaxis.set_visible(False)
    for place, value in zip(places, values, strict=True):
        axes.text(value, place, f" {value:g}{unit}", va="center")
    axes.spines[["top", "right", "bottom"]].set_visible(False)
    return _svg(figure)
