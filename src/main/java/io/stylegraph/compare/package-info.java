/** Holds a run of the engine against a run of another program on the same pixels. */
@NullMarked
package io.stylegraph.compare;

import org.jspecify.annotations.NullMarked;
