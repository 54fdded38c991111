/**
 * The door for programs that embed the engine: load a model once with {@link
 * io.stylegraph.Stylizer}, describe a job with {@link io.stylegraph.StyleTransferRequest}, and get
 * a {@link io.stylegraph.StyleTransferResult}.
 */
@NullMarked
package io.stylegraph;

import org.jspecify.annotations.NullMarked;
