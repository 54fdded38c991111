"""The figures as tables: rows of text, and Markdown of them."""

HEADER = (
    "Contender",
    "s a step (min-max)",
    "of the tutorial's",
    "steps/s",
    "start to first step, s (min-max)",
    "peak memory, MB",
)
CONVERGENCE_HEADER = ("Who", "s to the published loss", "of the tutorial's")
GROWTH_HEADER = (
    "Picture",
    "precision",
    "s a step",
    "s a megapixel and step",
    "peak memory, MB",
    "bytes a pixel",
)


def rows(report: dict) -> list[tuple[str, ...]]:
    """A row of HEADER's columns for each contender."""
    return [_row(contender) for contender in report["contenders"]]


def convergence_rows(report: dict) -> list[tuple[str, ...]]:
    """A row of CONVERGENCE_HEADER's columns for each contender and each recipe of the engine."""
    titles = {it["name"]: it["title"] for it in report["contenders"]}
    part = report["convergence"]
    peers = [
        (f"{titles[it['name']]}, published recipe", it["secondsToTarget"])
        for it in part["contenders"]
    ]
    recipes = [(f"Stylegraph, {it['recipe']}", it["secondsToTarget"]) for it in part["recipes"]]
    tutorial = peers[0][1]
    return [(who, *_reached(seconds, tutorial)) for who, seconds in peers + recipes]


def growth_rows(report: dict) -> list[tuple[str, ...]]:
    """A row of GROWTH_HEADER's columns for each size and precision of the engine."""
    return [
        (
            f"{line['width']}x{line['height']}",
            line["precision"],
            f"{line['secondsPerStep']:.3f}",
            f"{line['secondsPerMegapixel']:.2f}",
            f"{line['peakMemoryBytes'] / 1e6:.0f}",
            f"{line['peakMemoryBytes'] / line['megapixels'] / 1e6:.0f}",
        )
        for line in report["growth"]
    ]


def caption(report: dict) -> str:
    """One line: the machine, the size and what was counted."""
    machine, job = report["machine"], report["job"]
    return (
        f"{machine['cpu']}, {machine['cores']} cores, {machine['memoryBytes'] / 2**30:.0f} GB; "
        f"{job['model']}, {job['recipe']}, {job['width']}x{job['height']}, medians of "
        f"{job['rounds']} rounds of {job['steps']} steps"
    )


def markdown(report: dict) -> str:
    """The tables of the report, for BENCHMARKS.md."""
    parts = [caption(report), _table(HEADER, rows(report))]
    if "convergence" in report:
        parts.append(convergence_caption(report))
        parts.append(_table(CONVERGENCE_HEADER, convergence_rows(report)))
    if "growth" in report:
        parts.append(_table(GROWTH_HEADER, growth_rows(report)))
    return "\n\n".join(parts)


def convergence_caption(report: dict) -> str:
    """One line: what loss it is that all have to reach."""
    published = report["convergence"]["published"]
    return (
        f"The published recipe (tf-eager, Adam, {published['steps']} steps) gets to a loss of "
        f"{published['lowest']:.6g}"
    )


def _row(contender: dict) -> tuple[str, ...]:
    step, first = contender["secondsPerStep"], contender["secondsToFirstStep"]
    return (
        contender["title"],
        _spread(step, 3),
        f"{contender['ofTutorial']['secondsPerStep']:.2f}",
        f"{contender['stepsPerSecond']:.2f}",
        _spread(first, 1),
        f"{contender['peakMemoryBytes']['median'] / 1e6:.0f}",
    )


def _reached(seconds: float | None, tutorial: float | None) -> tuple[str, str]:
    if seconds is None:
        return "not reached", ""
    return f"{seconds:.1f}", f"{seconds / tutorial:.3f}" if tutorial else ""


def _spread(of: dict[str, float], digits: int) -> str:
    median, least, most = (f"{of[name]:.{digits}f}" for name in ("median", "min", "max"))
    return f"{median} ({least}-{most})"


def _table(header: tuple[str, ...], of: list[tuple[str, ...]]) -> str:
    lines = [header, ("---",) + ("---:",) * (len(header) - 1), *of]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
