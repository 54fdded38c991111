/**
 * The convolutional network whose features are compared: a SavedModel with its manifest, checked
 * before TensorFlow sees it, and imported into a graph as often as a run needs.
 */
@NullMarked
package io.stylegraph.backbone;

import org.jspecify.annotations.NullMarked;
