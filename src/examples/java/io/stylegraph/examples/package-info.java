/** Programs that embed the engine. Each has a {@code main}, and a test runs it. */
@NullMarked
package io.stylegraph.examples;

import org.jspecify.annotations.NullMarked;
