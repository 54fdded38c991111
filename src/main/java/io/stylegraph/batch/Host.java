package io.stylegraph.batch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The machine that this runs on. */
final class Host {
  static final String NAME = name();

  private Host() {}

  private static String name() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }
}
