package io.stylegraph.film;

import io.stylegraph.error.InvalidSettingException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The formats in which films are written, by the name's ending. */
public enum ClipFormat {
  /** H.264 and what MP4 holds of sound, to be played while it loads. */
  MP4("mp4", "aac"),
  /** Likewise in QuickTime's. */
  MOV("mov", "aac"),
  /** H.264 and almost any sound. */
  MKV("matroska", "aac"),
  /** VP9 with Opus or Vorbis. */
  WEBM("webm", "libopus");

  private final String muxer;
  private final String soundEncoder;

  ClipFormat(String muxer, String soundEncoder) {
    this.muxer = muxer;
    this.soundEncoder = soundEncoder;
  }

  /**
   * The format of the file's ending, in capitals or not.
   *
   * @throws InvalidSettingException if there is none; the message lists them
   */
  public static ClipFormat of(Path file) {
    Path fileName = file.getFileName();
    String name = fileName == null ? "" : fileName.toString().toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(it -> name.endsWith(it.ending()))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidSettingException(
                    "out",
                    "out (%s) has no ending of a film that can be written; use one of %s"
                        .formatted(
                            file,
                            Arrays.stream(values())
                                .map(ClipFormat::ending)
                                .collect(Collectors.joining(", ")))));
  }

  /** FFmpeg's name of it. */
  String muxer() {
    return muxer;
  }

  /** FFmpeg's name of the encoder of sound that has to be encoded anew. */
  String soundEncoder() {
    return soundEncoder;
  }

  private String ending() {
    return "." + name().toLowerCase(Locale.ROOT);
  }

  /** An encoder's file for frames of a size; of an odd side, the last row or column is left out. */
  FrameFile frames(Path file, int width, int height, double rate) {
    return this == WEBM
        ? FrameFile.vp9(file, "matroska", width, height, rate)
        : FrameFile.h264(file, "matroska", width, height, rate);
  }
}
