"""Reads the tensors of a file that PyTorch's torch.save has written, without PyTorch.

Such a file is a pickle, and a pickle can have any function called. Here it reaches only what
rebuilds tensors in a dictionary, in our own form; a file that names anything else is refused.

Two formats are read. Since PyTorch 1.6 the file is a zip archive: data.pkl, and each storage's
elements in data/KEY. Before, it was five pickles (a magic number, the format's version, the
writer's system, the object, the storages' keys) and then, in the keys' order, each storage's count
of elements as int64 and the elements.
"""

import io
import os
import pickle
import struct
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple

import numpy as np

from .cli import BadInput

MAGIC_NUMBER = 0x1950A86A20F9469CFC6C
FORMAT_VERSION = 1001
ZIP_START = b"PK\x03\x04"


class Storage(NamedTuple):
    """Elements in the file: their key, their NumPy type, and the first that is looked at."""

    key: str
    dtype: str
    start: int


class Tensor(NamedTuple):
    """A look at a storage; offset and strides count elements."""

    storage: Storage
    offset: int
    shape: tuple[int, ...]
    strides: tuple[int, ...]

    def array(self, elements: bytes) -> np.ndarray:
        """The tensor as a view of its storage's elements; ValueError where they are too few."""
        size = np.dtype(self.storage.dtype).itemsize
        return np.ndarray(
            self.shape,
            self.storage.dtype,
            elements,
            offset=(self.storage.start + self.offset) * size,
            strides=[stride * size for stride in self.strides],
        )


class Parameter:
    """torch.nn.Parameter as PyTorch before 0.4 pickled it: around a tensor, with a state of
    three; or, older, with a state of five that begins with the tensor."""

    def __init__(self, tensor: Tensor) -> None:
        self.tensor = tensor

    def __setstate__(self, state: tuple) -> None:
        if len(state) == 5:
            self.tensor = state[0]


class _Refused(Exception):
    """The message goes on after the file's name."""


def is_torch_file(path: Path) -> bool:
    """Whether a file's name is that of a PyTorch file."""
    return path.suffix.lower() in (".pth", ".pt")


def read_tensors(path: Path, prefix: str) -> dict[str, np.ndarray]:
    """The tensors whose names start with prefix, of a file that holds a state dict.

    The arrays are views of what was read, in the file's own types. Raises BadInput for a file that
    is damaged, holds something else, or names what could run code.
    """
    try:
        with path.open("rb") as file:
            is_zip = file.read(len(ZIP_START)) == ZIP_START
            file.seek(0)
            return _read_zip(file, prefix) if is_zip else _read_legacy(file, prefix)
    except _Refused as error:
        raise BadInput(f"{path} {error}; give a file of torch.save(model.state_dict())") from error
    # What is no pickle of tensors can raise anything.
    except Exception as error:
        raise BadInput(
            f"{path} cannot be read as PyTorch weights (damaged or another format); give a file of "
            "torch.save(model.state_dict())"
        ) from error


def _read_zip(file: BinaryIO, prefix: str) -> dict[str, np.ndarray]:
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
        folder = next(name for name in names if name.endswith("/data.pkl")).removesuffix("data.pkl")
        order = f"{folder}byteorder"
        if order in names and archive.read(order) != b"little":
            raise _Refused("was written on a big-endian machine")
        state = _Unpickler(io.BytesIO(archive.read(f"{folder}data.pkl"))).load()
        tensors = _tensors_in(state, prefix)
        return {
            name: tensor.array(archive.read(f"{folder}data/{tensor.storage.key}"))
            for name, tensor in tensors.items()
        }


def _read_legacy(file: BinaryIO, prefix: str) -> dict[str, np.ndarray]:
    if [_Unpickler(file).load(), _Unpickler(file).load()] != [MAGIC_NUMBER, FORMAT_VERSION]:
        raise _Refused("is no PyTorch file")
    _Unpickler(file).load()
    unpickler = _Unpickler(file)
    tensors = _tensors_in(unpickler.load(), prefix)
    wanted = {tensor.storage.key for tensor in tensors.values()}
    elements = {}
    for key in _Unpickler(file).load():
        (count,) = struct.unpack("<q", file.read(8))
        size = count * np.dtype(unpickler.dtypes[key]).itemsize
        if key in wanted:
            elements[key] = file.read(size)
        else:
            file.seek(size, os.SEEK_CUR)
    if file.tell() > os.fstat(file.fileno()).st_size:
        raise EOFError
    return {name: tensor.array(elements[tensor.storage.key]) for name, tensor in tensors.items()}


def _tensors_in(state: dict[str, Any], prefix: str) -> dict[str, Tensor]:
    return {
        name: value.tensor if isinstance(value, Parameter) else value
        for name, value in state.items()
        if name.startswith(prefix)
    }


def _tensor(storage: Storage, offset: int, shape: tuple, strides: tuple, *_) -> Tensor:
    """_rebuild_tensor, and _rebuild_tensor_v2, which adds what training needs."""
    return Tensor(storage, offset, shape, strides)


def _parameters_tensor(tensor: Tensor, *_) -> Tensor:
    return tensor


# A type is a text here, which a pickle can neither call nor change.
ALLOWED = {
    ("collections", "OrderedDict"): OrderedDict,
    ("torch._utils", "_rebuild_tensor"): _tensor,
    ("torch._utils", "_rebuild_tensor_v2"): _tensor,
    ("torch._utils", "_rebuild_parameter"): _parameters_tensor,
    ("torch.nn.parameter", "Parameter"): Parameter,
    ("torch", "FloatStorage"): "<f4",
    ("torch", "DoubleStorage"): "<f8",
    ("torch", "HalfStorage"): "<f2",
    ("torch", "LongStorage"): "<i8",
}


class _Unpickler(pickle.Unpickler):
    """Unpickles one object, and keeps the types of its storages by key."""

    def __init__(self, file: BinaryIO) -> None:
        super().__init__(file)
        self.dtypes: dict[str, str] = {}

    def find_class(self, module: str, name: str) -> Any:
        try:
            return ALLOWED[module, name]
        except KeyError:
            raise _Refused(
                f"names {f'{module}.{name}'!r}, and only tensors in a dictionary are read, since a "
                "pickle can run code"
            ) from None

    def persistent_load(self, saved: tuple) -> Storage:
        """A storage: ("storage", type, key, device, count), in the old format also a view or None,
        where a view is (key, start, count)."""
        _, dtype, key, _, _, *view = saved
        self.dtypes[key] = dtype
        return Storage(key, dtype, view[0][1] if any(view) else 0)
