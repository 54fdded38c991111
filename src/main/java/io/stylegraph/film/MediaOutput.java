package io.stylegraph.film;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;

/** A file of streams whose packets are written as they are. */
final class MediaOutput implements AutoCloseable {
  /** Of a second: exact for every usual frame rate. */
  private static final int TICKS = 90_000;

  private final Path file;
  private final AVFormatContext context = new AVFormatContext(null);
  private final AVIOContext io = new AVIOContext(null);

  /**
   * Opens the file.
   *
   * @param muxer FFmpeg's name of the format
   */
  MediaOutput(Path file, String muxer) throws IOException {
    this.file = file;
    String name = "file:" + file.toAbsolutePath();
    check(avformat.avformat_alloc_output_context2(context, null, muxer, name));
    if (avformat.avio_open(io, name, avformat.AVIO_FLAG_WRITE) < 0) {
      close();
      throw failure();
    }
    context.pb(io);
  }

  /** Whether the format holds what another file's stream has. */
  static boolean holds(String muxer, AVStream stream) {
    return avformat.avformat_query_codec(
            avformat.av_guess_format(muxer, null, null),
            stream.codecpar().codec_id(),
            avcodec.FF_COMPLIANCE_NORMAL)
        == 1;
  }

  /** A stream like another file's; returns its number. */
  int add(AVStream like) throws IOException {
    AVStream stream = avformat.avformat_new_stream(context, null);
    check(avcodec.avcodec_parameters_copy(stream.codecpar(), like.codecpar()));
    stream.codecpar().codec_tag(0);
    stream.time_base(
        like.codecpar().codec_type() == avutil.AVMEDIA_TYPE_VIDEO
            ? avutil.av_make_q(1, TICKS)
            : like.time_base());
    return stream.index();
  }

  /** When all streams are added. */
  void begin() throws IOException {
    AVDictionary options = new AVDictionary(null);
    avutil.av_dict_set(options, "movflags", "+faststart", 0);
    try {
      check(avformat.avformat_write_header(context, options));
    } finally {
      avutil.av_dict_free(options);
    }
  }

  /**
   * Adds a packet, which is emptied.
   *
   * @param base what its times are counted in
   */
  void write(AVPacket packet, int stream, AVRational base) throws IOException {
    avcodec.av_packet_rescale_ts(packet, base, context.streams(stream).time_base());
    packet.stream_index(stream);
    packet.pos(-1);
    check(avformat.av_interleaved_write_frame(context, packet));
  }

  /** Makes the file whole. */
  void end() throws IOException {
    check(avformat.av_write_trailer(context));
  }

  private void check(int result) throws IOException {
    if (result < 0) {
      throw failure();
    }
  }

  private IOException failure() {
    return new IOException("FFmpeg cannot write " + file);
  }

  @Override
  public void close() {
    if (!io.isNull()) {
      avformat.avio_closep(io);
    }
    if (!context.isNull()) {
      avformat.avformat_free_context(context);
      context.setNull();
    }
  }
}
