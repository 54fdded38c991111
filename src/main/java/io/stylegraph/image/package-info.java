/**
 * Pictures in and out: decode, orient, resize, encode. A picture is sRGB with floats in 0-255;
 * whatever a file holds (CMYK, grey, palette, profiles, 16 bits, a turned camera) ends here, and
 * alpha, density and notes go beside it from file to file. Every failure is a {@link
 * io.stylegraph.error.PictureException}.
 */
@NullMarked
package io.stylegraph.image;

import org.jspecify.annotations.NullMarked;
