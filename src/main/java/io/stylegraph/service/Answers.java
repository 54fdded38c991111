package io.stylegraph.service;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Header;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.stylegraph.error.ModelException;
import io.stylegraph.error.PictureException;
import io.stylegraph.error.StylegraphException;
import java.util.Locale;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes answers as JSON; an error is one line, never a stack trace. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * The body of every error.
   *
   * @param field of the form that it is about; absent if it is about none
   */
  record Failure(String error, @JsonInclude(JsonInclude.Include.NON_EMPTY) String field) {}

  private final Metrics metrics;

  Answers(Metrics metrics) {
    this.metrics = metrics;
  }

  static String text(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static void json(Context ctx, HttpStatus status, Object value) {
    ctx.status(status).contentType("application/json").result(text(value));
  }

  /** Turns every exception into an answer. */
  void register(RoutesConfig routes) {
    routes.exception(Refusal.class, this::refuse);
    routes.exception(
        StylegraphException.class,
        (e, ctx) -> refuse(Refusal.of(HttpStatus.BAD_REQUEST, field(e), e.getMessage()), ctx));
    routes.exception(ModelException.class, (e, ctx) -> unexpected(e, ctx));
    routes.exception(HttpResponseException.class, this::answer);
    routes.exception(HttpException.RuntimeException.class, this::badMessage);
    routes.exception(Exception.class, (e, ctx) -> unexpected(e, ctx));
  }

  /** The pictures are labelled by their fields. */
  private static String field(StylegraphException e) {
    return e instanceof PictureException picture ? picture.source() : "";
  }

  private void refuse(Refusal e, Context ctx) {
    e.retryAfter().ifPresent(s -> ctx.header(Header.RETRY_AFTER, Long.toString(s)));
    if (e.status() == HttpStatus.UNAUTHORIZED) {
      ctx.header(Header.WWW_AUTHENTICATE, "Bearer");
    }
    metrics.onRefusal(e.status().getCode());
    json(ctx, e.status(), new Failure(String.valueOf(e.getMessage()), e.field()));
  }

  /** Javalin's own, such as no route or another method. */
  private void answer(HttpResponseException e, Context ctx) {
    String allowed = e.getDetails().get("availableMethods");
    if (allowed != null) {
      ctx.header(Header.ALLOW, allowed);
    }
    HttpStatus status = HttpStatus.forStatus(e.getStatus());
    fail(ctx, status, status.getMessage().toLowerCase(Locale.ROOT));
  }

  private void badMessage(HttpException.RuntimeException e, Context ctx) {
    fail(ctx, HttpStatus.forStatus(e.getCode()), "the request is malformed");
  }

  private void unexpected(Exception e, Context ctx) {
    LOG.error("{} {} failed unexpectedly", ctx.method(), ctx.path(), e);
    fail(
        ctx,
        HttpStatus.INTERNAL_SERVER_ERROR,
        "something failed unexpectedly; see the service's log");
  }

  private void fail(Context ctx, HttpStatus status, String message) {
    metrics.onRefusal(status.getCode());
    json(ctx, status, new Failure(message, ""));
  }
}
