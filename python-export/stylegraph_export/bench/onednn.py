"""Says whether TensorFlow, left to itself or as its environment has it, uses oneDNN: on or off."""

from tensorflow.python.util import _pywrap_util_port


def main() -> None:
    """Prints the word."""
    print("on" if _pywrap_util_port.IsMklEnabled() else "off")


if __name__ == "__main__":
    main()
