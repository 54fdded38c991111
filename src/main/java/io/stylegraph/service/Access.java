package io.stylegraph.service;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import io.javalin.http.SameSite;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the API where a token is set: a program shows it as {@code Authorization: Bearer}; a
 * browser, whose pictures and events can send no such header, shows it once and gets a cookie that
 * scripts cannot read and other sites cannot send.
 */
final class Access {
  private static final String COOKIE = "stylegraph";
  private static final String BEARER = "Bearer ";
  private static final int SECRET_BYTES = 32;

  private final Optional<String> token;

  /** What the cookie holds: another secret than the token, and gone with this run. */
  private final String session;

  Access(Optional<String> token) {
    this.token = token;
    byte[] secret = new byte[SECRET_BYTES];
    new SecureRandom().nextBytes(secret);
    session = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
  }

  void require(Context ctx) {
    if (token.isPresent() && !isBearer(ctx) && !same(session, ctx.cookie(COOKIE))) {
      throw unauthorized();
    }
  }

  /** Answers the token, as Bearer, with the cookie. */
  void begin(Context ctx) {
    if (token.isPresent()) {
      if (!isBearer(ctx)) {
        throw unauthorized();
      }
      ctx.cookie(new Cookie(COOKIE, session, "/", -1, false, true, null, SameSite.STRICT));
    }
    ctx.status(HttpStatus.NO_CONTENT);
  }

  private boolean isBearer(Context ctx) {
    String header = ctx.header(Header.AUTHORIZATION);
    return header != null
        && header.startsWith(BEARER)
        && same(token.orElseThrow(), header.substring(BEARER.length()));
  }

  /** Takes as long wherever they differ. */
  private static boolean same(String secret, @Nullable String given) {
    return given != null && MessageDigest.isEqual(bytes(secret), bytes(given));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static Refusal unauthorized() {
    return Refusal.of(
        HttpStatus.UNAUTHORIZED,
        "token",
        "a valid token is needed, as Authorization: Bearer TOKEN");
  }
}
