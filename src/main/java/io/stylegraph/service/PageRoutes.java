package io.stylegraph.service;

import com.google.common.io.Resources;
import io.javalin.config.RoutesConfig;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The page's own files, the samples, and the API's description: fixed names, read once. */
final class PageRoutes {
  /** What is served, by the path it is served at. */
  private static final Map<String, StaticFile> FILES = new LinkedHashMap<>();

  private record StaticFile(String resource, String type) {}

  static {
    file("/", "page/index.html", "text/html; charset=utf-8");
    file("/page/page.css", "page/page.css", "text/css; charset=utf-8");
    file("/page/icon.svg", "page/icon.svg", "image/svg+xml");
    for (String module :
        new String[] {"app", "api", "chart", "pictures", "stage", "history", "control", "mask"}) {
      String name = "page/%s.js".formatted(module);
      file("/" + name, name, "text/javascript; charset=utf-8");
    }
    file("/openapi.yaml", "openapi.yaml", "application/yaml");
  }

  private final Samples samples;

  PageRoutes(Samples samples) {
    this.samples = samples;
  }

  void register(RoutesConfig routes) {
    FILES.forEach(
        (path, file) -> {
          byte[] bytes = read(file.resource());
          routes.get(path, ctx -> ctx.contentType(file.type()).result(bytes));
        });
    routes.get("/api/samples", ctx -> Answers.json(ctx, HttpStatus.OK, samples.list()));
    routes.get(
        "/api/samples/{name}",
        ctx ->
            ctx.contentType("image/png")
                .result(samples.png(ctx.pathParam("name"), HttpStatus.NOT_FOUND, "")));
  }

  private static void file(String path, String resource, String type) {
    FILES.put(path, new StaticFile(resource, type));
  }

  private static byte[] read(String resource) {
    try {
      return Resources.toByteArray(Resources.getResource(PageRoutes.class, resource));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
