/**
 * Films painted frame by frame: clips, shots, how things move between frames. FFmpeg and OpenCV
 * stay inside of it.
 */
@NullMarked
package io.stylegraph.film;

import org.jspecify.annotations.NullMarked;
