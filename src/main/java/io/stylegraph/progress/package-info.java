/** What a run tells while it goes on, and how it is told to stop. JDK types alone. */
@NullMarked
package io.stylegraph.progress;

import org.jspecify.annotations.NullMarked;
