"""What all contenders work on: a model, two pictures of one size, and a number of steps."""

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps, UnidentifiedImageError

from stylegraph_export.cli import BadInput

# The recipes that have loops in Python; the first is the one whose convergence is measured.
RECIPES = ("tf-eager", "tf-tutorial")


@dataclass(frozen=True)
class Job:
    """The files are in folder; jar is the engine's; torch is a Python with PyTorch, or None."""

    folder: Path
    model: Path
    content: Path
    style: Path
    steps: int
    jar: Path
    torch: Path | None = None
    recipe: str = RECIPES[0]

    @property
    def logs(self) -> Path:
        """Where the contenders' logs go."""
        return self.folder / "logs"

    @property
    def arrays(self) -> Path:
        """The weights as plain arrays, for those who read no SavedModel."""
        return self.folder / "weights.npz"


def shape_of(width: int) -> tuple[int, int]:
    """Width and height of pictures whose height is not told: three quarters of the width."""
    return width, round(width * 3 / 4)


def fitted(source: Path, shape: tuple[int, int], target: Path) -> Path:
    """Writes a picture as PNG of exactly that width and height, cut to that shape around its
    middle and made larger or smaller. Gives target; raises BadInput."""
    try:
        with Image.open(source) as image:
            upright = ImageOps.exif_transpose(image).convert("RGB")
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BadInput(f"{source} cannot be read as a picture: {error}") from error
    target.parent.mkdir(parents=True, exist_ok=True)
    ImageOps.fit(upright, shape, Image.Resampling.LANCZOS).save(target, format="PNG")
    return target
