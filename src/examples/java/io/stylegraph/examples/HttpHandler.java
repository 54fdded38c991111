package io.stylegraph.examples;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.stylegraph.PictureSource;
import io.stylegraph.StyleTransferRequest;
import io.stylegraph.StyleTransferResult;
import io.stylegraph.Stylizer;
import io.stylegraph.engine.RunOptions;
import io.stylegraph.error.BusyException;
import io.stylegraph.error.JobNotStartedException;
import io.stylegraph.error.NotEnoughMemoryException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.StylegraphException;
import io.stylegraph.error.TooManyPixelsException;
import io.stylegraph.image.OutputFormat;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's own HTTP server: POST {@code {"content": "...", "style": "..."}}, two picture files in
 * Base64, and get a PNG. A job ends after half a minute with what it has. Takes the model's folder
 * and the port.
 */
final class HttpHandler implements com.sun.net.httpserver.HttpHandler {
  private static final int LARGEST_BODY = 20_000_000;
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Stylizer stylizer;
  private final int steps;
  private final ObjectMapper json = new ObjectMapper();

  HttpHandler(Stylizer stylizer, int steps) {
    this.stylizer = stylizer;
    this.steps = steps;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readNBytes(LARGEST_BODY + 1);
      if (!exchange.getRequestMethod().equals("POST")) {
        refuse(exchange, 405, "POST a pair of pictures");
      } else if (body.length > LARGEST_BODY) {
        refuse(exchange, 413, "at most " + LARGEST_BODY + " bytes");
      } else {
        answer(exchange, body);
      }
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    try {
      ByteArrayOutputStream png = new ByteArrayOutputStream();
      stylize(json.readTree(body)).write(png, OutputFormat.PNG);
      exchange.getResponseHeaders().set("Content-Type", "image/png");
      send(exchange, 200, png.toByteArray());
    } catch (JacksonException e) {
      refuse(exchange, 400, "the body must be JSON with content and style in Base64");
    } catch (PictureException | TooManyPixelsException | NotEnoughMemoryException e) {
      refuse(exchange, 400, e.getMessage());
    } catch (BusyException | JobNotStartedException e) {
      exchange.getResponseHeaders().set("Retry-After", Long.toString(LIMIT.toSeconds()));
      refuse(exchange, 503, e.getMessage());
    } catch (StylegraphException e) {
      refuse(exchange, 500, e.getMessage());
    }
  }

  private StyleTransferResult stylize(JsonNode pair) throws IOException {
    var request =
        StyleTransferRequest.of(source(pair, "content"), source(pair, "style")).withSize(256);
    var options = RunOptions.none().withDeadline(Instant.now().plus(LIMIT));
    return stylizer.stylize(
        request.withRecipe(request.recipe().toBuilder().steps(steps).build()), options);
  }

  private static PictureSource source(JsonNode pair, String name) throws IOException {
    byte[] file = pair.path(name).binaryValue();
    return PictureSource.of(new ByteArrayInputStream(file == null ? new byte[0] : file), name);
  }

  private static void refuse(HttpExchange exchange, int status, @Nullable String why)
      throws IOException {
    send(exchange, status, String.valueOf(why).getBytes(StandardCharsets.UTF_8));
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /** A server on loopback with its threads; {@code stop} ends both. */
  static HttpServer serve(Stylizer stylizer, int port, int steps) throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/stylize", new HttpHandler(stylizer, steps));
    // A waiting job holds its thread, and the stylizer bounds those.
    server.setExecutor(Executors.newCachedThreadPool());
    server.start();
    return server;
  }

  public static void main(String[] args) throws IOException {
    Stylizer stylizer = Stylizer.load(Path.of(args[0]));
    HttpServer server = serve(stylizer, Integer.parseInt(args[1]), 100);
    Runtime.getRuntime().addShutdownHook(new Thread(stylizer::close));
    System.out.println("POST to http:/" + server.getAddress() + "/stylize");
  }
}
