/**
 * Owns the TensorFlow graph and session of a run: targets, losses, gradient, update, the loop, and
 * the best picture.
 */
@NullMarked
package io.stylegraph.engine;

import org.jspecify.annotations.NullMarked;
