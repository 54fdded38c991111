package io.stylegraph.service;

import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.sse.SseClient;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Tells a client of a job's events for as long as both last: {@code state}, {@code losses}, {@code
 * picture}, {@code end}. A client is first told where the job stands; one that comes again gets the
 * losses after the last event that it knows. Each has a thread of its own that looks four times a
 * second, so that a slow client holds up neither the run nor another client.
 */
final class JobFollower {
  private static final int MAX_FOLLOWERS = 64;
  private static final long RETRY_SECONDS = 5;
  private static final long MILLIS_BETWEEN = 250;
  private static final long MILLIS_BETWEEN_PICTURES = 1000;
  private static final long HEARTBEAT_MILLIS = 10_000;

  /** A picture may be fetched. */
  private record PictureEvent(int step, String url) {}

  private final Semaphore places = new Semaphore(MAX_FOLLOWERS);
  private final JobQueue queue;

  JobFollower(JobQueue queue) {
    this.queue = queue;
  }

  /** Refuses, before the stream begins, what cannot be followed. */
  void check(Context ctx) {
    String accept = ctx.header(Header.ACCEPT);
    if (accept == null || !accept.contains("text/event-stream")) {
      throw Refusal.of(HttpStatus.NOT_ACCEPTABLE, "ask for these with Accept: text/event-stream");
    }
    if (places.availablePermits() == 0) {
      throw Refusal.later("too many follow jobs already; try again in a while", RETRY_SECONDS);
    }
  }

  void follow(Job job, SseClient client) {
    if (!places.tryAcquire()) {
      return;
    }
    try {
      new Stream(job, client).run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      places.release();
    }
  }

  private final class Stream {
    private final Job job;
    private final SseClient client;
    private int known;
    private int pictureStep;
    private long pictureTime;
    private String lastState = "";

    Stream(Job job, SseClient client) {
      this.job = job;
      this.client = client;
      this.known = lastEventId(client.ctx());
    }

    void run() throws InterruptedException {
      long lastNews = System.currentTimeMillis();
      while (!client.terminated()) {
        JobStatus status = job.status(queue.position(job));
        if (sendNews(status)) {
          lastNews = System.currentTimeMillis();
        } else if (System.currentTimeMillis() - lastNews >= HEARTBEAT_MILLIS) {
          client.sendComment("still here");
          lastNews = System.currentTimeMillis();
        }
        if (status.state().ended()) {
          client.sendEvent("end", Answers.text(status), id());
          return;
        }
        Thread.sleep(MILLIS_BETWEEN);
      }
    }

    private boolean sendNews(JobStatus status) {
      List<Job.Point> points = job.pointsAfter(known);
      known += points.size();
      if (!points.isEmpty()) {
        client.sendEvent("losses", Answers.text(points), id());
      }
      String state = Answers.text(status);
      boolean changed = !state.equals(lastState);
      if (changed) {
        client.sendEvent("state", state, id());
        lastState = state;
      }
      sendPicture();
      return changed;
    }

    private void sendPicture() {
      long now = System.currentTimeMillis();
      job.intermediate()
          .filter(it -> it.step() > pictureStep && now - pictureTime >= MILLIS_BETWEEN_PICTURES)
          .ifPresent(
              it -> {
                pictureStep = it.step();
                pictureTime = now;
                String url = "/api/jobs/%s/picture?step=%d".formatted(job.id(), it.step());
                client.sendEvent("picture", Answers.text(new PictureEvent(it.step(), url)), id());
              });
    }

    /** How many losses were sent: what is missed after this is what a client that returns lacks. */
    private String id() {
      return Integer.toString(known);
    }
  }

  private static int lastEventId(Context ctx) {
    String id = ctx.header("Last-Event-ID");
    return id != null && id.matches("\\d{1,9}") ? Integer.parseInt(id) : 0;
  }
}
