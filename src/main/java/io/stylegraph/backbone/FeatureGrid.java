package io.stylegraph.backbone;

/**
 * Where a layer's features lie in a picture.
 *
 * @param columns how many there are across
 * @param rows how many there are down
 * @param stride pixels from one to the next
 * @param receptiveField side of the square of pixels that one sees
 */
public record FeatureGrid(int columns, int rows, int stride, int receptiveField) {}
