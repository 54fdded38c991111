package io.stylegraph.error;

/**
 * The root of every error the engine raises on purpose. Its message is one line that says what is
 * wrong, where, and what to do next; it is fit for a user's eyes.
 */
public abstract class StylegraphException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  StylegraphException(String message, Throwable cause) {
    super(message, cause);
  }

  StylegraphException(String message) {
    super(message);
  }
}
