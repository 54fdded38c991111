"""The systems by name."""

from .gatys import GATYS
from .pytorch_tutorial import PYTORCH_TUTORIAL
from .pytorch_walkthrough import PYTORCH_WALKTHROUGH
from .tf_eager import TF_EAGER
from .tf_tutorial import TF_TUTORIAL
from .udacity import KURNIAWAN, UDACITY

SYSTEMS = {
    system.name: system
    for system in (
        TF_EAGER,
        TF_TUTORIAL,
        UDACITY,
        KURNIAWAN,
        PYTORCH_WALKTHROUGH,
        PYTORCH_TUTORIAL,
        GATYS,
    )
}
