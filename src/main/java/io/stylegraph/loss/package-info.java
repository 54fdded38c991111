/**
 * The terms of the objective as ops of a TensorFlow graph. Each is one static method without state:
 * usable on a caller's own {@code Ops}.
 */
@NullMarked
package io.stylegraph.loss;

import org.jspecify.annotations.NullMarked;
