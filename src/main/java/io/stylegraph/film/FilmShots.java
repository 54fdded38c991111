package io.stylegraph.film;

import com.google.common.hash.Hashing;
import com.google.common.io.MoreFiles;
import io.stylegraph.PictureSource;
import io.stylegraph.RequestJson;
import io.stylegraph.RunNotes;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.backbone.Manifest;
import io.stylegraph.error.PictureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The shots of a film, as they are to be painted. */
public final class FilmShots {
  private FilmShots() {}

  /**
   * One for each shot of a clip.
   *
   * @param request whose content is the clip's file, and whose pictures are files
   * @param folder where the painted frames are kept
   * @throws PictureException if a file cannot be read
   */
  public static List<FilmShot> of(
      Clip clip, StyleTransferRequest request, FilmSettings settings, Manifest model, Path folder) {
    String text =
        RequestJson.text(
            RequestJson.parse(
                RequestJson.text(request),
                name -> PictureSource.of(Path.of(name).toAbsolutePath())));
    // What the files hold stands in place of their names.
    String contents =
        RequestJson.text(
            RequestJson.parse(text, name -> PictureSource.of(Path.of(sha256(Path.of(name))))));
    List<FilmShot> shots = new ArrayList<>();
    for (int i = 0; i < clip.shots().length(); i++) {
      int first = clip.shots().get(i);
      shots.add(
          new FilmShot(
              key(contents, settings, first, clip.frames(i), RunNotes.checksum(model)),
              clip.file().toAbsolutePath().toString(),
              first,
              clip.frames(i),
              text,
              settings.frameSteps(),
              settings.temporalWeight(),
              folder.toAbsolutePath().toString()));
    }
    return List.copyOf(shots);
  }

  /** Deletes a film's painted frames, and their folder if nothing else is in it. */
  public static void deleteFrames(Clip clip, Path folder) {
    PaintedFrames.delete(folder, clip.frames());
  }

  private static String key(
      String request, FilmSettings settings, int first, int frames, String model) {
    return Hashing.sha256()
        .hashString(
            String.join(
                "\n",
                request,
                settings.toString(),
                first + "+" + frames,
                model,
                RunNotes.version()),
            StandardCharsets.UTF_8)
        .toString();
  }

  private static String sha256(Path file) {
    try {
      return MoreFiles.asByteSource(file).hash(Hashing.sha256()).toString();
    } catch (IOException e) {
      throw new PictureException(
          file.toString(), "cannot be read (%s); check the path".formatted(e), e);
    }
  }
}
