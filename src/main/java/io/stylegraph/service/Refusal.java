package io.stylegraph.service;

import io.javalin.http.HttpStatus;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A request that is answered with an error: its status, one line, and the field it is about. */
final class Refusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final HttpStatus status;
  private final String field;
  private final long retryAfter;

  private Refusal(HttpStatus status, @Nullable String message, String field, long retryAfter) {
    super(message, null, false, false);
    this.status = status;
    this.field = field;
    this.retryAfter = retryAfter;
  }

  static Refusal of(HttpStatus status, String message) {
    return new Refusal(status, message, "", 0);
  }

  /** About one field of a form. */
  static Refusal of(HttpStatus status, String field, @Nullable String message) {
    return new Refusal(status, message, field, 0);
  }

  /**
   * Service Unavailable.
   *
   * @param seconds after which another try makes sense
   */
  static Refusal later(String message, long seconds) {
    return new Refusal(HttpStatus.SERVICE_UNAVAILABLE, message, "", seconds);
  }

  static Refusal unknownJob() {
    return of(HttpStatus.NOT_FOUND, "there is no such job; it may have been deleted");
  }

  HttpStatus status() {
    return status;
  }

  /** The form's field; empty if it is about none. */
  String field() {
    return field;
  }

  OptionalLong retryAfter() {
    return retryAfter == 0 ? OptionalLong.empty() : OptionalLong.of(retryAfter);
  }
}
