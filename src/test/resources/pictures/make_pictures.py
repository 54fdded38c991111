"""Makes the pictures of this folder that Java cannot write. Needs Pillow: python make_pictures.py

Each is 32 x 16 when upright: red and green above, blue and white below.
"""

from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
ORIENTATION = 0x112
TURNED = 6  # Stored pixels must be turned 90 degrees clockwise to stand upright.


def quadrants(mode="RGB"):
    image = Image.new("RGB", (32, 16), (255, 255, 255))
    image.paste((255, 0, 0), (0, 0, 16, 8))
    image.paste((0, 255, 0), (16, 0, 32, 8))
    image.paste((0, 0, 255), (0, 8, 16, 16))
    return image.convert(mode)


def turned():
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    return quadrants().transpose(Image.Transpose.ROTATE_90), exif


def ycck():
    """A CMYK JPEG holding Y, Cb, Cr and K, with its Adobe transform flag set from 0 to 2 (YCCK)."""
    cmyk = quadrants("CMYK").split()
    # Adobe stores inverted inks, and YCCK's luma and chroma are of the inks, not the inverted ones.
    ycc = Image.merge("RGB", cmyk[:3]).convert("YCbCr").split()
    inverted = [band.point(lambda v: 255 - v) for band in ycc]
    path = HERE / "ycck.jpg"
    Image.merge("CMYK", (*inverted, cmyk[3])).save(path, quality=95)
    data = bytearray(path.read_bytes())
    data[data.index(b"Adobe") + 11] = 2
    path.write_bytes(data)


def main():
    quadrants("CMYK").save(HERE / "cmyk.jpg", quality=95)
    ycck()
    quadrants("CMYK").save(HERE / "cmyk.tif", compression="tiff_lzw")
    quadrants().save(HERE / "lossy.webp", quality=95)
    quadrants().save(HERE / "lossless.webp", lossless=True)
    half = quadrants("RGBA")
    half.putalpha(51)
    half.save(HERE / "alpha.webp", lossless=True, exact=True)
    image, exif = turned()
    image.save(HERE / "turned.png", exif=exif)
    image.save(HERE / "turned.tif", exif=exif)
    image.save(HERE / "turned.webp", exif=exif, lossless=True)
    quadrants().save(HERE / "transparent-red.png", transparency=(255, 0, 0))
    quadrants().save(HERE / "animated.gif", save_all=True, append_images=[quadrants("L")])


if __name__ == "__main__":
    main()
