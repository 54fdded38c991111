package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.LevelResolver;
import com.atlassian.oai.validator.report.ValidationReport;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.common.io.Resources;
import io.stylegraph.Stylizer;
import io.stylegraph.TinyModel;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A service on the tiny model, and a client of it that holds every answer against the OpenAPI file.
 */
final class TestApi implements AutoCloseable {
  private static final OpenApiInteractionValidator OPEN_API = openApi();

  /** Leads nowhere, so that nothing describes it. */
  static final String NOWHERE = "/nowhere";

  private final HttpClient client = HttpClient.newHttpClient();
  private final Service service;
  private final String root;

  private TestApi(Service service) {
    this.service = service;
    this.root = "http://127.0.0.1:" + service.port();
  }

  static TestApi start() {
    return start(settings -> {});
  }

  static TestApi start(Consumer<TestSettings> change) {
    return start(change, InstantSource.system());
  }

  static TestApi start(Consumer<TestSettings> change, InstantSource clock) {
    TestSettings settings = new TestSettings();
    change.accept(settings);
    Stylizer stylizer = Stylizer.load(TinyModel.folder());
    return new TestApi(Service.start(settings.build(), stylizer, clock));
  }

  Service service() {
    return service;
  }

  URI uri(String path) {
    return URI.create(root + path);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path));
  }

  HttpResponse<byte[]> get(String path) {
    return send(request(path).GET());
  }

  HttpResponse<byte[]> delete(String path) {
    return send(request(path).DELETE());
  }

  HttpResponse<byte[]> post(TestForm form) {
    return send(postRequest(form));
  }

  HttpRequest.Builder postRequest(TestForm form) {
    return request("/api/jobs").header("Content-Type", TestForm.TYPE).POST(form.publisher());
  }

  HttpResponse<byte[]> send(HttpRequest.Builder builder) {
    HttpRequest request = builder.build();
    try {
      HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
      validate(request, response);
      return response;
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Starts a job and returns its path. */
  String start(TestForm form) {
    HttpResponse<byte[]> response = post(form);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(202);
    return response.headers().firstValue("Location").orElseThrow();
  }

  JsonNode status(String job) {
    return json(get(job));
  }

  /** The job's status, as soon as it is as it should be. */
  JsonNode await(String job, Predicate<JsonNode> condition) {
    while (true) {
      JsonNode status = status(job);
      if (condition.test(status)) {
        return status;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        throw new AssertionError("still " + status, e);
      }
    }
  }

  JsonNode awaitEnd(String job) {
    return await(job, it -> !it.get("state").asText().matches("queued|running"));
  }

  JsonNode awaitSteps(String job) {
    return await(job, it -> it.get("step").asInt() > 2);
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return new ObjectMapper().readTree(response.body());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private static void validate(HttpRequest request, HttpResponse<byte[]> response) {
    String path = request.uri().getPath();
    boolean described = !path.equals("/") && !path.startsWith("/page/") && !path.equals(NOWHERE);
    if (!described || response.statusCode() == 405) {
      return;
    }
    SimpleResponse.Builder answer =
        SimpleResponse.Builder.status(response.statusCode()).withBody(response.body());
    response.headers().map().forEach((name, values) -> answer.withHeader(name, values));
    ValidationReport report =
        OPEN_API.validateResponse(path, Request.Method.valueOf(request.method()), answer.build());
    assertThat(report.getMessages())
        .as("%s %s: %s", request.method(), path, text(response))
        .isEmpty();
  }

  static String openApiText() {
    try {
      return Resources.toString(
          Resources.getResource(Service.class, "openapi.yaml"), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static OpenApiInteractionValidator openApi() {
    return OpenApiInteractionValidator.createForInlineApiSpecification(openApiText())
        .withLevelResolver(
            LevelResolver.create()
                .withLevel("validation.schema.additionalProperties", ValidationReport.Level.ERROR)
                .build())
        .build();
  }

  @Override
  public void close() {
    service.close();
  }

  static HttpRequest.BodyPublisher nothing() {
    return BodyPublishers.noBody();
  }
}
