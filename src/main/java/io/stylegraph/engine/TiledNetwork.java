package io.stylegraph.engine;

import io.stylegraph.backbone.NetworkCut;

/**
 * An objective in two parts in a session. It keeps nothing of a job and may be used from several
 * threads.
 *
 * @param tile the shallow part
 * @param head what comes behind it
 */
record TiledNetwork(NetworkCut cut, Runs runs, TileOps tile, HeadOps head) {}
