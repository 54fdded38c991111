package io.stylegraph.engine;

import io.stylegraph.image.Mask;

/**
 * A part of the picture that is painted in styles of its own.
 *
 * @param name what styles call it
 * @param mask of any size; what no region covers keeps the content
 */
public record RegionMask(String name, Mask mask) {}
