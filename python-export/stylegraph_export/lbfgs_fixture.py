"""Writes the iterates of torch.optim.LBFGS that Java's L-BFGS is held against.

python -m stylegraph_export.lbfgs_fixture

Needs PyTorch (requirements-torch.txt): 2.15.0 on a CPU wrote the stored file. The problem is
computed in float64 from float32 points and its gradient rounded to float32, so that the optimiser's
arithmetic alone decides what comes out.
"""

import json
from pathlib import Path

import numpy as np

from .cli import Parser, run, say

DEFAULT_OUTPUT = Path(__file__).parents[2] / "src" / "test" / "resources" / "lbfgs"
VALUES = 24
EVALUATIONS = 40
# The settings that the cases share are torch's defaults, no line search among them.
CASES = {
    "plain": {"history_size": 100},
    "short-history": {"history_size": 5},
    "small-rate": {"history_size": 100, "lr": 0.5},
    "seven-in-a-row": {"history_size": 100, "max_iter": 7},
    "clamped": {"history_size": 100, "clamp": [0.45, 0.7]},
    "stalls": {"history_size": 100, "tolerance_change": 1e-3, "max_iter": 7},
}


def main(arguments: list[str] | None = None) -> None:
    """The command line; arguments are sys.argv's unless given."""
    parser = Parser(prog="stylegraph_export.lbfgs_fixture", description="Write torch's iterates.")
    parser.add_argument("--output", type=Path, default=DEFAULT_OUTPUT, help="the folder")
    options = parser.parse_args(arguments)
    import torch

    cases = [iterates(name, dict(settings)) for name, settings in CASES.items()]
    written = {"torch": torch.__version__, "cases": cases}
    options.output.mkdir(parents=True, exist_ok=True)
    path = options.output / "torch-iterates.json"
    path.write_text(json.dumps(written) + "\n")
    say(f"wrote {path}")


def start() -> np.ndarray:
    """Where every case begins."""
    return np.float32(0.5 + 0.4 * np.sin(np.arange(VALUES, dtype=np.float64)))


def problem(x: np.ndarray) -> tuple[float, np.ndarray]:
    """A chain of springs of rising stiffness, each value drawn to its own place by a quartic."""
    i = np.arange(VALUES, dtype=np.float64)
    away = x - (0.5 + 0.8 * np.cos(3 * i))
    stretch = np.diff(x)
    stiffness = 1 + i[:-1]
    loss = np.sum(away**2 / 2 + away**4 / 4) + np.sum(stiffness * stretch**2) / 2
    gradient = away + away**3
    gradient[1:] += stiffness * stretch
    gradient[:-1] -= stiffness * stretch
    return float(loss), gradient


def iterates(name: str, settings: dict) -> dict:
    """Runs one case; every evaluation's point and loss."""
    # Only here: the tests use the problem without PyTorch.
    import torch

    clamp = settings.pop("clamp", None)
    x = torch.from_numpy(start()).requires_grad_()
    optimizer = torch.optim.LBFGS([x], **settings)
    points, losses = [], []

    def closure():
        if clamp:
            x.data.clamp_(*clamp)
        loss, gradient = problem(x.detach().numpy().astype(np.float64))
        x.grad = torch.from_numpy(gradient.astype(np.float32))
        # The shortest decimals that give the same float32.
        points.append([float(str(value)) for value in x.detach().numpy()])
        losses.append(loss)
        return torch.tensor(loss, dtype=torch.float64)

    while len(losses) < EVALUATIONS:
        optimizer.step(closure)
    group = optimizer.param_groups[0]
    names = ("lr", "history_size", "max_iter", "tolerance_grad", "tolerance_change")
    return {
        "name": name,
        "settings": {key: group[key] for key in names},
        "clamp": clamp,
        "losses": losses[:EVALUATIONS],
        "points": points[:EVALUATIONS],
    }


if __name__ == "__main__":
    run(main)
