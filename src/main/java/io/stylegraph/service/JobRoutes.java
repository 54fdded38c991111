package io.stylegraph.service;

import com.google.common.io.ByteStreams;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.stylegraph.image.OutputFormat;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/** The API of jobs. */
final class JobRoutes {
  private static final String JOB = "/api/jobs/{id}";
  private static final int UPLOADS_AT_ONCE = 4;
  private static final long UPLOAD_RETRY_SECONDS = 5;

  private final JobStore store;
  private final JobQueue queue;
  private final JobForm form;
  private final JobLimits limits;
  private final JobFollower follower;
  private final Semaphore uploads = new Semaphore(UPLOADS_AT_ONCE);

  JobRoutes(JobStore store, JobQueue queue, JobForm form, JobLimits limits) {
    this.store = store;
    this.queue = queue;
    this.form = form;
    this.limits = limits;
    this.follower = new JobFollower(queue);
  }

  void register(RoutesConfig routes) {
    routes.post("/api/jobs", this::create);
    routes.get(JOB, ctx -> Answers.json(ctx, HttpStatus.OK, status(job(ctx))));
    routes.delete(JOB, this::delete);
    routes.get(JOB + "/picture", this::intermediate);
    routes.get(JOB + "/result", this::result);
    routes.get(JOB + "/content", ctx -> input(ctx, JobOrder::content));
    routes.get(JOB + "/style", ctx -> input(ctx, JobOrder::style));
    routes.before(
        JOB + "/events",
        ctx -> {
          job(ctx);
          follower.check(ctx);
        });
    routes.sse(JOB + "/events", client -> follower.follow(job(client.ctx()), client));
  }

  private void create(Context ctx) throws IOException {
    try {
      queue.requireRoom();
      requireUploadPlace();
    } catch (Refusal e) {
      // Else the connection breaks under a client that still sends, before it reads the answer.
      ByteStreams.exhaust(ByteStreams.limit(ctx.bodyInputStream(), limits.uploadBytes()));
      throw e;
    }
    try {
      JobOrder order = form.read(ctx);
      Job job = store.create(order);
      queue.submit(job);
      store.keep(job);
      ctx.header(Header.LOCATION, "/api/jobs/" + job.id());
      Answers.json(ctx, HttpStatus.ACCEPTED, status(job));
    } finally {
      uploads.release();
    }
  }

  private void requireUploadPlace() {
    if (!uploads.tryAcquire()) {
      throw Refusal.later("too many uploads at once; try again soon", UPLOAD_RETRY_SECONDS);
    }
  }

  /** Cancels a job; one that has ended is deleted with its pictures. */
  private void delete(Context ctx) {
    Job job = job(ctx);
    if (job.state().ended()) {
      store.delete(job);
      ctx.status(HttpStatus.NO_CONTENT);
      return;
    }
    queue.cancel(job);
    Answers.json(ctx, HttpStatus.ACCEPTED, status(job));
  }

  private void intermediate(Context ctx) {
    Job job = job(ctx);
    byte[] png =
        job.intermediate()
            .map(it -> Pictures.png(it.picture()))
            .or(() -> job.result().map(PaintedPicture::png))
            .orElseThrow(() -> noPicture(job));
    ctx.contentType("image/png").result(png);
  }

  private void result(Context ctx) {
    Job job = job(ctx);
    PaintedPicture picture = job.result().orElseThrow(() -> noPicture(job));
    String format = Optional.ofNullable(ctx.queryParam("format")).orElse("png");
    switch (format) {
      case "png" -> send(ctx, picture.png(), OutputFormat.PNG, "png");
      case "jpg", "jpeg" -> send(ctx, picture.jpeg(), OutputFormat.JPEG, "jpg");
      default -> throw Refusal.of(HttpStatus.BAD_REQUEST, "format", "format must be png or jpg");
    }
  }

  private static void send(Context ctx, byte[] picture, OutputFormat format, String ending) {
    ctx.header(Header.CONTENT_DISPOSITION, "inline; filename=\"stylegraph.%s\"".formatted(ending))
        .contentType(format == OutputFormat.PNG ? "image/png" : "image/jpeg")
        .result(picture);
  }

  private void input(Context ctx, Function<JobOrder, OrderedPicture> picture) {
    Job job = job(ctx);
    JobOrder order = job.order().orElseThrow(() -> noPicture(job));
    ctx.contentType("image/png").result(picture.apply(order).png());
  }

  private static Refusal noPicture(Job job) {
    return job.state() == JobState.EXPIRED
        ? Refusal.of(HttpStatus.GONE, "the pictures of this job were deleted; start it again")
        : Refusal.of(HttpStatus.CONFLICT, "this job has no picture yet");
  }

  private JobStatus status(Job job) {
    return job.status(queue.position(job));
  }

  private Job job(Context ctx) {
    return store.get(ctx.pathParam("id"));
  }
}
