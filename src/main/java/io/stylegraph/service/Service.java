package io.stylegraph.service;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.stylegraph.Stylizer;
import io.stylegraph.error.InvalidSettingException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * A running service. {@link #close} stops it gracefully: new jobs are refused, waiting ones
 * cancelled, running ones get the settings' grace to finish and are then cancelled at their step's
 * end, and the pictures still held are written to the settings' results folder, if there is one.
 */
public final class Service implements AutoCloseable {
  private static final int SWEEP_SECONDS = 5;
  private static final int ID_LETTERS = 8;
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

  private final ServiceSettings settings;
  private final JobStore store;
  private final JobQueue queue;
  private final Javalin server;
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "stylegraph-sweeper"));

  private Service(ServiceSettings settings, Stylizer stylizer, InstantSource clock) {
    this.settings = settings;
    Metrics metrics = new Metrics();
    JobPainter painter = new JobPainter(stylizer, settings.limits().time(), metrics, clock);
    store = new JobStore(settings.keeping(), clock);
    queue = new JobQueue(settings, painter::paint, metrics, clock);
    metrics.watch(queue);
    server = Javalin.create(config -> configure(config, painter, metrics));
  }

  /**
   * Starts to listen; returns when it does.
   *
   * @param stylizer stays the caller's
   * @throws InvalidSettingException if the address cannot be listened on
   */
  public static Service start(ServiceSettings settings, Stylizer stylizer) {
    return start(settings, stylizer, InstantSource.system());
  }

  static Service start(ServiceSettings settings, Stylizer stylizer, InstantSource clock) {
    Service service = new Service(settings, stylizer, clock);
    try {
      service.server.start(settings.host(), settings.port());
    } catch (RuntimeException e) {
      service.close();
      throw new InvalidSettingException(
          "port",
          "%s:%d cannot be listened on (%s); choose another --port or --host"
              .formatted(settings.host(), settings.port(), e.getMessage()));
    }
    var unused =
        service.sweeper.scheduleWithFixedDelay(
            service.store::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    return service;
  }

  /** The port it listens on. */
  public int port() {
    return server.port();
  }

  /** Method and path of all that is served, for the test that holds its description against it. */
  List<String> routes() {
    return server.unsafe.internalRouter.allHttpHandlers().stream()
        .map(it -> it.endpoint)
        .filter(it -> it.method.isHttpMethod())
        .map(it -> it.method + " " + it.path)
        .toList();
  }

  /** Stops it, as the class says. */
  @Override
  public void close() {
    stop();
  }

  /**
   * Stops it, as the class says.
   *
   * @return the files written, by the settings' results folder
   */
  public List<Path> stop() {
    queue.stop(settings.grace());
    sweeper.shutdownNow();
    server.stop();
    List<Path> written = new ArrayList<>();
    settings.results().ifPresent(folder -> store.all().forEach(job -> write(job, folder, written)));
    return written;
  }

  private static void write(Job job, Path folder, List<Path> written) {
    job.result()
        .ifPresent(
            picture -> {
              String name =
                  "stylegraph-%s-%s.png"
                      .formatted(STAMP.format(job.created()), job.id().substring(0, ID_LETTERS));
              Path file = folder.resolve(name);
              picture.write(file);
              written.add(file);
            });
  }

  private void configure(JavalinConfig config, JobPainter painter, Metrics metrics) {
    JobLimits limits = settings.limits();
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.http.prefer405over404 = true;
    config.http.maxRequestSize = limits.uploadBytes();
    config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
    Samples samples = new Samples();
    Guard guard = new Guard(settings);
    Access access = new Access(settings.token());
    config.routes.before(guard::check);
    config.routes.before("/metrics", access::require);
    config.routes.before(
        "/api/*",
        ctx -> {
          if (!ctx.path().equals("/api/session")) {
            access.require(ctx);
          }
        });
    config.routes.post("/api/session", access::begin);
    new JobRoutes(store, queue, new JobForm(limits, samples, painter::check), limits)
        .register(config.routes);
    new InfoRoutes(painter.model(), settings, queue, metrics).register(config.routes);
    new PageRoutes(samples).register(config.routes);
    new Answers(metrics).register(config.routes);
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
