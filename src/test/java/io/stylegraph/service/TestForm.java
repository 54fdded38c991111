package io.stylegraph.service;

import io.stylegraph.TinyModel;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;

/** A form of a job, as a browser sends it. */
final class TestForm {
  static final String TYPE = "multipart/form-data; boundary=test-boundary";

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  /** Two small pictures, and three steps. */
  static TestForm usual() {
    return pictures().field("steps", "3");
  }

  /** Steps that never end within a test. */
  static TestForm endless() {
    return pictures().field("steps", "100000");
  }

  static TestForm pictures() {
    return new TestForm().file("content", png(34, 26, 1)).file("style", png(30, 40, 2));
  }

  static byte[] png(int width, int height, long seed) {
    return Pictures.png(TinyModel.picture(width, height, seed));
  }

  TestForm field(String name, String value) {
    return part("form-data; name=\"%s\"".formatted(name), value.getBytes(StandardCharsets.UTF_8));
  }

  TestForm file(String name, byte[] bytes) {
    return file(name, "any.png", bytes);
  }

  TestForm file(String name, String fileName, byte[] bytes) {
    String head = "form-data; name=\"%s\"; filename=\"%s\"".formatted(name, fileName);
    return part(head + "\r\nContent-Type: image/png", bytes);
  }

  private TestForm part(String disposition, byte[] bytes) {
    String head = "--test-boundary\r\nContent-Disposition: %s\r\n\r\n".formatted(disposition);
    body.writeBytes(head.getBytes(StandardCharsets.UTF_8));
    body.writeBytes(bytes);
    body.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    return this;
  }

  BodyPublisher publisher() {
    return BodyPublishers.ofByteArray(bytes());
  }

  byte[] bytes() {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body.toByteArray());
    whole.writeBytes("--test-boundary--\r\n".getBytes(StandardCharsets.UTF_8));
    return whole.toByteArray();
  }
}
