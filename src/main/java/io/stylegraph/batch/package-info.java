/**
 * Many jobs: their list, what each will take, what became of each, and how to do again only what is
 * missing or has changed. Prints nothing; knows files by {@link io.stylegraph.batch.JobFiles}
 * alone.
 */
@NullMarked
package io.stylegraph.batch;

import org.jspecify.annotations.NullMarked;
