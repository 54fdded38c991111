/** The optimisers that move the picture. */
@NullMarked
package io.stylegraph.optim;

import org.jspecify.annotations.NullMarked;
