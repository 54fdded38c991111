package io.stylegraph.service;

import com.google.common.base.Throwables;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;

/**
 * The parts of a form, each of a known name and given once. They are held in memory alone; the name
 * and the type that a client gives a file are never looked at.
 *
 * @param files by field
 * @param texts by field; an empty one counts as not given
 */
record FormParts(Map<String, byte[]> files, Map<String, String> texts) {
  private static final int LONGEST_TEXT = 200;

  /**
   * Reads them.
   *
   * @param maxBytes of all together
   * @throws Refusal if there are more, or what is sent is no such form
   */
  static FormParts read(Context ctx, long maxBytes) {
    if (!ctx.isMultipartFormData()) {
      throw Refusal.of(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "send the job as multipart/form-data");
    }
    if (ctx.req().getContentLengthLong() > maxBytes) {
      throw tooLarge(maxBytes);
    }
    int all = Math.toIntExact(maxBytes);
    ctx.attribute(
        ServletContextRequest.MULTIPART_CONFIG_ELEMENT,
        new MultipartConfigElement("", all, all, all));
    FormParts parts = new FormParts(new LinkedHashMap<>(), new LinkedHashMap<>());
    try {
      for (Part part : ctx.req().getParts()) {
        parts.add(part);
      }
    } catch (ServletException | IOException | IllegalStateException e) {
      // So Jetty's parser says that a limit was passed.
      boolean limit =
          Throwables.getCausalChain(e).stream().anyMatch(IllegalStateException.class::isInstance);
      throw limit
          ? tooLarge(maxBytes)
          : Refusal.of(HttpStatus.BAD_REQUEST, "the form is malformed or was cut short");
    }
    return parts;
  }

  private void add(Part part) throws IOException {
    String name = part.getName();
    boolean isFile = part.getSubmittedFileName() != null;
    if (!JobFields.FILES.contains(name) && !JobFields.TEXTS.contains(name)) {
      throw Refusal.of(
          HttpStatus.BAD_REQUEST,
          "the form has an unknown field; the fields are: " + JobFields.LISTING);
    }
    if (isFile != JobFields.FILES.contains(name)) {
      throw refusal(name, isFile ? "must not be a file" : "must be a file");
    }
    try (InputStream in = part.getInputStream()) {
      boolean twice =
          isFile
              ? files.put(name, in.readAllBytes()) != null
              : texts.put(name, text(name, part, in)) != null;
      if (twice) {
        throw refusal(name, "is given twice; give it once");
      }
    }
  }

  private static String text(String name, Part part, InputStream in) throws IOException {
    if (part.getSize() > LONGEST_TEXT) {
      throw refusal(name, "is longer than %d characters".formatted(LONGEST_TEXT));
    }
    return new String(in.readAllBytes(), StandardCharsets.UTF_8);
  }

  private static Refusal refusal(String name, String problem) {
    return Refusal.of(HttpStatus.BAD_REQUEST, name, "%s %s".formatted(name, problem));
  }

  private static Refusal tooLarge(long maxBytes) {
    return Refusal.of(
        HttpStatus.CONTENT_TOO_LARGE,
        "the upload is larger than %d bytes; shrink the pictures first".formatted(maxBytes));
  }
}
