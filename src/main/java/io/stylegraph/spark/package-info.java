/**
 * Batches and films on Apache Spark, which brings its own classes: the driver's part and the
 * executors'. Not in the program's jar but in a launcher's of its own.
 */
@NullMarked
package io.stylegraph.spark;

import org.jspecify.annotations.NullMarked;
