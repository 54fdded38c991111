/**
 * Pictures in and out: decode, orient, resize, encode. A picture is RGB with floats in 0-255;
 * whatever a file holds (CMYK, grey, palette, alpha, 16 bits, a turned camera) ends here. Every
 * failure is a {@link io.stylegraph.error.PictureException}.
 */
@NullMarked
package io.stylegraph.image;

import org.jspecify.annotations.NullMarked;
