package io.stylegraph.service;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** One client of a load: uploads, follows, downloads; now and then cancels or hangs up. */
final class LoadClient implements Runnable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String[] CONTENTS = {"lighthouse", "balloons"};
  private static final String[] STYLES = {"swirls", "glass", "waves"};
  private static final Samples SAMPLES = new Samples();

  private final URI root;
  private final LoadFigures figures;
  private final long end;
  private final SplittableRandom random;

  LoadClient(URI root, LoadFigures figures, long end, long seed) {
    this.root = root;
    this.figures = figures;
    this.end = end;
    this.random = new SplittableRandom(seed);
  }

  @Override
  public void run() {
    while (System.nanoTime() < end) {
      try {
        job();
      } catch (IOException | RuntimeException e) {
        figures.fail(e.toString());
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void job() throws IOException, InterruptedException {
    long begin = System.nanoTime();
    HttpResponse<byte[]> created = send(form());
    if (created.statusCode() == 503) {
      figures.count("intended 503");
      Thread.sleep(1000 * created.headers().firstValueAsLong("Retry-After").orElseThrow());
      return;
    }
    expect(created, 202);
    figures.time("upload to 202", begin);
    String job = created.headers().firstValue("Location").orElseThrow();
    double chance = random.nextDouble();
    if (chance < 0.1) {
      cancel(job);
    } else if (chance < 0.2) {
      hangUp(job);
    } else {
      follow(job, begin);
    }
  }

  private HttpRequest.Builder form() {
    TestForm form =
        new TestForm()
            .file("content", sample(CONTENTS))
            .file("style", sample(STYLES))
            .field("size", "256")
            .field("steps", "8");
    return request("/api/jobs").header("Content-Type", TestForm.TYPE).POST(form.publisher());
  }

  private byte[] sample(String[] names) {
    String name = names[random.nextInt(names.length)];
    return SAMPLES.png(name, io.javalin.http.HttpStatus.NOT_FOUND, "");
  }

  private void follow(String job, long begin) throws IOException, InterruptedException {
    boolean ended = false;
    try (InputStream events = events(job);
        BufferedReader lines = reader(events)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        ended |= line.equals("event: end");
      }
    }
    if (!ended) {
      figures.fail("the events of a job had no end");
    }
    String state = new ObjectMapper().readTree(get(job).body()).get("state").asText();
    if (!state.equals("done")) {
      figures.fail("a job is " + state);
    }
    figures.time("upload to the end", begin);
    long download = System.nanoTime();
    byte[] picture = get(job + (random.nextBoolean() ? "/result" : "/result?format=jpg")).body();
    figures.time("download", download);
    if (Pictures.decode(picture, "result").width() != 256) {
      figures.fail("a result has another size");
    }
    figures.count("jobs done");
    if (random.nextBoolean()) {
      expect(send(request(job).DELETE()), 204);
    }
  }

  private void cancel(String job) throws IOException, InterruptedException {
    Thread.sleep(random.nextInt(6000));
    int status = send(request(job).DELETE()).statusCode();
    if (status != 202 && status != 204) {
      figures.fail("a cancellation was answered with " + status);
    }
    figures.count("jobs cancelled");
  }

  /** Leaves in the middle of the events; the job goes on. */
  private void hangUp(String job) throws IOException, InterruptedException {
    try (InputStream events = events(job);
        BufferedReader lines = reader(events)) {
      for (int i = 0; i < 8 && lines.readLine() != null; i++) {
        continue;
      }
    }
    figures.count("followers hung up");
  }

  private InputStream events(String job) throws IOException, InterruptedException {
    HttpRequest request = request(job + "/events").header("Accept", "text/event-stream").build();
    HttpResponse<InputStream> response = HTTP.send(request, BodyHandlers.ofInputStream());
    if (response.statusCode() != 200) {
      throw new IOException("events were answered with " + response.statusCode());
    }
    return response.body();
  }

  private static BufferedReader reader(InputStream in) {
    return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  private HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
    HttpResponse<byte[]> response = send(request(path));
    expect(response, 200);
    return response;
  }

  private void expect(HttpResponse<byte[]> response, int status) throws IOException {
    if (response.statusCode() != status) {
      String body = new String(response.body(), StandardCharsets.UTF_8);
      throw new IOException("%s: %d %s".formatted(response.uri(), response.statusCode(), body));
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(root.resolve(path));
  }

  private static HttpResponse<byte[]> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return HTTP.send(request.build(), BodyHandlers.ofByteArray());
  }

  /** Returns when the service takes jobs. */
  static void awaitReady(URI root) throws InterruptedException {
    for (int i = 0; i < 600; i++) {
      try {
        if (send(HttpRequest.newBuilder(root.resolve("/ready"))).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // It does not listen yet.
      }
      Thread.sleep(100);
    }
    throw new IllegalStateException("the service does not begin");
  }

  /** One value of the service's metrics. */
  static double metric(URI root, String name) throws IOException, InterruptedException {
    String metrics =
        new String(
            send(HttpRequest.newBuilder(root.resolve("/metrics"))).body(), StandardCharsets.UTF_8);
    return metrics
        .lines()
        .filter(it -> it.startsWith(name + " "))
        .mapToDouble(it -> Double.parseDouble(it.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }
}
