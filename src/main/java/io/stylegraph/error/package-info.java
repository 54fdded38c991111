/** The errors that the engine raises on purpose, each with the fields a program needs. */
@NullMarked
package io.stylegraph.error;

import org.jspecify.annotations.NullMarked;
