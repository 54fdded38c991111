/** The command line: the only room that prints and exits. */
@NullMarked
package io.stylegraph.cli;

import org.jspecify.annotations.NullMarked;
