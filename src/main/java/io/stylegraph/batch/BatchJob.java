package io.stylegraph.batch;

import java.io.Serializable;

/**
 * One job of a batch, as texts that may travel to another machine.
 *
 * @param line of the list that it stands in, from 1; 0 where a folder is the list
 * @param name what people call it: the output without its ending
 * @param request as {@link io.stylegraph.RequestJson} writes it, with every part; its files are
 *     those that {@link JobFiles#resolve} gives
 * @param output the picture's file, relative to the folder of results, with {@code /} between names
 */
public record BatchJob(int line, String name, String request, String output)
    implements Serializable {
  /** Where its outcome is written, beside the picture. */
  public String outcome() {
    return name + ".json";
  }

  /** Where its losses are written. */
  public String log() {
    return name + ".log.jsonl";
  }
}
