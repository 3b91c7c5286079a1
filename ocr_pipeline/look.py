"""What a picture looks like, in 64 bits that recompressing and resizing hardly change: a perceptual hash (DCT)."""

import cv2
import numpy as np

from ocr_pipeline.image import Picture

SIDE_PX, KEPT = 32, 8


def look_of(picture: Picture) -> str:
    """16 hexadecimal digits: for each of the 64 lowest frequencies of the picture (BGR, upright), without the mean,
    whether it is above their median."""
    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(grey, (SIDE_PX, SIDE_PX), interpolation=cv2.INTER_AREA).astype(np.float32)
    waves = cv2.dct(small)[:KEPT, 1 : KEPT + 1].ravel()
    bits = waves > np.median(waves)
    return np.packbits(bits).tobytes().hex()
