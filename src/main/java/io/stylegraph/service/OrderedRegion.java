package io.stylegraph.service;

import io.stylegraph.Region;

/** A region that waits. */
record OrderedRegion(String name, OrderedPicture mask) {
  Region region() {
    return new Region(name, mask.source());
  }
}
