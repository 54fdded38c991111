package io.stylegraph.film;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.jspecify.annotations.Nullable;

/** The packets of one stream of a file, as they are. */
final class MediaInput implements AutoCloseable {
  private final AVFormatContext context = new AVFormatContext(null);
  private final AVPacket packet = avcodec.av_packet_alloc();
  private final int stream;

  /**
   * Opens a file.
   *
   * @param type of the stream, as in {@code AVMEDIA_TYPE_AUDIO}; the best of several
   */
  MediaInput(Path file, int type) throws IOException {
    String name = "file:" + file.toAbsolutePath();
    if (avformat.avformat_open_input(context, name, null, (AVDictionary) null) < 0
        || avformat.avformat_find_stream_info(context, (AVDictionary) null) < 0) {
      close();
      throw new IOException("FFmpeg cannot read " + file);
    }
    stream = avformat.av_find_best_stream(context, type, -1, -1, (AVCodec) null, 0);
    if (stream < 0) {
      close();
      throw new IOException("nothing of the kind is in " + file);
    }
  }

  AVStream stream() {
    return context.streams(stream);
  }

  /** Its next packet, which is valid until the next call; null at the end. */
  @Nullable AVPacket next() {
    avcodec.av_packet_unref(packet);
    while (avformat.av_read_frame(context, packet) >= 0) {
      if (packet.stream_index() == stream) {
        return packet;
      }
      avcodec.av_packet_unref(packet);
    }
    return null;
  }

  @Override
  public void close() {
    avcodec.av_packet_free(packet);
    if (!context.isNull()) {
      avformat.avformat_close_input(context);
    }
  }
}
