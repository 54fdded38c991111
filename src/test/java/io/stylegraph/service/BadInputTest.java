package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every wrong form is answered with its status, one line and its field. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BadInputTest {
  private static TestApi api;

  @BeforeAll
  static void start() {
    api = TestApi.start(settings -> settings.steps = 500);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "recipe | tf-eagre | did you mean tf-eager?",
        "recipe | ../../etc/passwd | choose one of",
        "recipe | mine.json | choose one of",
        "size | 15 | size (15) must be from 16 to 256",
        "size | 257 | size (257) must be from 16 to 256",
        "size | big | size (big) must be a whole number",
        "steps | 0 | steps (0) must be from 1",
        "steps | 501 | steps (501) must be at most 500 here",
        "styleWeight | -1 | styleWeight (-1.0) must be zero or more, and finite",
        "contentWeight | NaN | contentWeight (NaN) must be zero or more, and finite",
        "tvWeight | much | tvWeight (much) must be a number",
        "init | picture | init (picture) is not offered here",
        "init | /etc/passwd | init (/etc/passwd) is unknown; choose one of",
        "seed | x | seed (x) must be a whole number",
      })
  void a_wrong_setting_is_named(String field, String value, String words) {
    TestForm form = field.equals("steps") ? TestForm.pictures() : TestForm.usual();
    HttpResponse<byte[]> response = api.post(form.field(field, value));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(TestApi.json(response).get("error").asText()).contains(words);
    assertThat(TestApi.json(response).path("field").asText()).isEqualTo(field);
  }

  @Test
  void the_recipes_own_steps_count_too() {
    refused(400, "steps (1000) must be at most 500 here", TestForm.pictures());
  }

  @Test
  void a_picture_is_missing_or_doubled() {
    refused(
        400,
        "content: give one picture",
        new TestForm().file("style", TestForm.png(20, 20, 1)).field("steps", "3"));
    refused(400, "style: give one picture", TestForm.usual().field("styleSample", "waves"));
    refused(
        400, "content is given twice", TestForm.usual().file("content", TestForm.png(20, 20, 1)));
    refused(400, "content must be a file", new TestForm().field("content", "/etc/passwd"));
    refused(400, "no such sample", sample("../openapi"));
  }

  private static TestForm sample(String name) {
    return new TestForm()
        .field("contentSample", name)
        .field("styleSample", "waves")
        .field("steps", "3");
  }

  @Test
  void unknown_and_long_fields_are_refused() {
    refused(400, "unknown field", TestForm.usual().field("model", "/etc"));
    refused(400, "unknown field", TestForm.usual().file("other", new byte[3]));
    refused(400, "seed is longer", TestForm.usual().field("seed", "1".repeat(201)));
  }

  @Test
  void the_type_is_told_by_the_bytes_not_by_the_name() {
    byte[] text = "<svg xmlns='http://www.w3.org/2000/svg'/>".getBytes(StandardCharsets.UTF_8);
    refused(
        415,
        "content: is not a picture of a known format; convert it to one of JPEG, PNG",
        new TestForm()
            .file("content", "cat.png", text)
            .file("style", TestForm.png(20, 20, 1))
            .field("steps", "3"));
    String job =
        api.start(
            new TestForm()
                .file("content", "../../evil.sh", TestForm.png(20, 20, 1))
                .file("style", "x.exe", TestForm.png(20, 20, 1))
                .field("steps", "1"));
    assertThat(api.awaitEnd(job).get("state").asText()).isEqualTo("done");
  }

  @Test
  void a_damaged_or_empty_picture_is_refused() {
    byte[] png = TestForm.png(40, 40, 1);
    byte[] half = java.util.Arrays.copyOf(png, png.length / 2);
    refused(
        400,
        "content:",
        new TestForm().file("content", half).file("style", png).field("steps", "3"));
    refused(
        400,
        "content: is empty",
        new TestForm().file("content", new byte[0]).file("style", png).field("steps", "3"));
  }

  @Test
  void too_many_pixels_are_refused_by_the_header_alone() {
    byte[] bomb = TestForm.png(16, 16, 1);
    // The width in the header of a PNG: 40,000 pixels; what follows is never looked at.
    bomb[18] = (byte) 0x9C;
    bomb[19] = 0x40;
    bomb[22] = (byte) 0x9C;
    bomb[23] = 0x40;
    refused(
        413,
        "content: has 40000x40000 pixels, more than the 1 million that are taken here",
        new TestForm()
            .file("content", bomb)
            .file("style", TestForm.png(20, 20, 1))
            .field("steps", "3"));
  }

  @Test
  void too_many_bytes_are_refused_with_and_without_a_length() {
    TestForm form = TestForm.usual().field("seed", "0").file("content", new byte[1_200_000]);
    refused(413, "larger than", form);
    byte[] bytes = form.bytes();
    HttpResponse<byte[]> chunked =
        api.send(
            api.request("/api/jobs")
                .header("Content-Type", TestForm.TYPE)
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(bytes))));
    assertThat(chunked.statusCode()).isEqualTo(413);
  }

  @Test
  void another_kind_of_body_is_refused() {
    HttpResponse<byte[]> response =
        api.send(
            api.request("/api/jobs")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{}")));
    assertThat(response.statusCode()).isEqualTo(415);
    HttpResponse<byte[]> broken =
        api.send(
            api.request("/api/jobs")
                .header("Content-Type", TestForm.TYPE)
                .POST(BodyPublishers.ofString("no form")));
    assertThat(broken.statusCode()).isEqualTo(400);
  }

  @Test
  void unknown_paths_and_methods_are_json_too() {
    HttpResponse<byte[]> method = api.send(api.request("/api/jobs").GET());
    assertThat(method.statusCode()).isEqualTo(405);
    assertThat(method.headers().firstValue("Allow")).contains("POST");
    assertThat(TestApi.json(method).get("error").asText()).isEqualTo("method not allowed");
  }

  private static void refused(int status, String words, TestForm form) {
    HttpResponse<byte[]> response = api.post(form);
    assertThat(TestApi.text(response)).contains(words).doesNotContain("Exception", "\\n\\tat");
    assertThat(response.statusCode()).isEqualTo(status);
  }
}
