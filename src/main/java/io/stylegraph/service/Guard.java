package io.stylegraph.service;

import com.google.common.net.HostAndPort;
import com.google.common.net.InetAddresses;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.Header;
import io.javalin.http.HttpStatus;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What every request passes first. Sets the headers that confine the page; refuses a Host that a
 * DNS rebinding could have brought here, and changes that another site's page asks for.
 */
final class Guard {
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:;"
          + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

  private static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  private final Set<String> names;

  Guard(ServiceSettings settings) {
    names =
        Stream.concat(settings.names().stream(), Stream.of("localhost", settings.host()))
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
  }

  void check(Context ctx) {
    setHeaders(ctx);
    if (!isOurs(ctx.header(Header.HOST))) {
      throw Refusal.of(
          HttpStatus.FORBIDDEN,
          "this host name is not served here; use an address, localhost or a name given with"
              + " --allow-name");
    }
    boolean reads = READING.contains(ctx.method());
    if (!reads && comesFromElsewhere(ctx)) {
      throw Refusal.of(HttpStatus.FORBIDDEN, "another site's page may not change anything here");
    }
  }

  private static void setHeaders(Context ctx) {
    ctx.header(Header.CONTENT_SECURITY_POLICY, POLICY)
        .header(Header.X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(Header.X_FRAME_OPTIONS, "DENY")
        .header(Header.REFERRER_POLICY, "no-referrer")
        .header("Cross-Origin-Resource-Policy", "same-origin")
        .header("Cross-Origin-Opener-Policy", "same-origin")
        .header("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        .header(Header.CACHE_CONTROL, "no-store");
  }

  /** An address cannot be rebound; a name can, so only known ones pass. */
  private boolean isOurs(@Nullable String host) {
    return host(host)
        .filter(it -> names.contains(it) || InetAddresses.isInetAddress(it))
        .isPresent();
  }

  private static Optional<String> host(@Nullable String header) {
    if (header == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(HostAndPort.fromString(header).getHost().toLowerCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Programs send neither header; a browser sends at least one with a change. */
  private static boolean comesFromElsewhere(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    if (site != null && !site.equals("same-origin") && !site.equals("none")) {
      return true;
    }
    String origin = ctx.header(Header.ORIGIN);
    return origin != null && !origin.replaceFirst("^https?://", "").equals(ctx.header(Header.HOST));
  }
}
