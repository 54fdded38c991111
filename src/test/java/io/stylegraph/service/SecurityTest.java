package io.stylegraph.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stylegraph.error.InvalidSettingException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service refuses to strangers. */
@Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SecurityTest {
  private static final String TOKEN = "a token of enough letters";

  @Test
  void another_host_needs_a_token() {
    TestSettings settings = new TestSettings();
    settings.host = "0.0.0.0";
    assertThatThrownBy(settings::build)
        .isInstanceOf(InvalidSettingException.class)
        .hasMessageContaining("so a token is needed; give one in STYLEGRAPH_TOKEN or --token");
    settings.token = Optional.of("short");
    assertThatThrownBy(settings::build).hasMessageContaining("at least 16 characters");
    settings.token = Optional.of(TOKEN);
    assertThat(settings.build().host()).isEqualTo("0.0.0.0");
  }

  @Test
  void a_taken_port_is_one_line() {
    try (TestApi api = TestApi.start()) {
      TestSettings settings = new TestSettings();
      ServiceSettings free = settings.build();
      ServiceSettings taken =
          new ServiceSettings(
              free.host(),
              api.service().port(),
              free.token(),
              free.names(),
              free.maxJobs(),
              free.queue(),
              free.limits(),
              free.keeping(),
              free.grace(),
              free.results());
      assertThatThrownBy(
              () ->
                  Service.start(
                      taken, io.stylegraph.Stylizer.load(io.stylegraph.TinyModel.folder())))
          .isInstanceOf(InvalidSettingException.class)
          .hasMessageContaining("cannot be listened on");
    }
  }

  @Test
  void the_api_wants_the_token_and_the_page_does_not() {
    try (TestApi api = TestApi.start(settings -> settings.token = Optional.of(TOKEN))) {
      for (String path : new String[] {"/api/recipes", "/api/model", "/metrics", "/api/jobs/x"}) {
        HttpResponse<byte[]> refused = api.get(path);
        assertThat(refused.statusCode()).as(path).isEqualTo(401);
        assertThat(refused.headers().firstValue("WWW-Authenticate")).contains("Bearer");
      }
      assertThat(api.post(TestForm.usual()).statusCode()).isEqualTo(401);
      assertThat(bearer(api, "a token of enough lettert").statusCode()).isEqualTo(401);
      assertThat(bearer(api, "").statusCode()).isEqualTo(401);
      assertThat(bearer(api, TOKEN).statusCode()).isEqualTo(200);
      for (String path : new String[] {"/", "/page/app.js", "/health", "/ready", "/openapi.yaml"}) {
        assertThat(api.get(path).statusCode()).as(path).isEqualTo(200);
      }
    }
  }

  private static HttpResponse<byte[]> bearer(TestApi api, String token) {
    return api.send(api.request("/api/model").header("Authorization", "Bearer " + token).GET());
  }

  @Test
  void a_browser_exchanges_the_token_for_a_cookie_that_scripts_and_sites_cannot_use() {
    try (TestApi api = TestApi.start(settings -> settings.token = Optional.of(TOKEN))) {
      assertThat(session(api, "wrong").statusCode()).isEqualTo(401);
      HttpResponse<byte[]> response = session(api, TOKEN);
      assertThat(response.statusCode()).isEqualTo(204);
      String cookie = response.headers().firstValue("Set-Cookie").orElseThrow();
      assertThat(cookie).contains("HttpOnly", "SameSite=Strict", "Path=/").doesNotContain(TOKEN);
      String pair = cookie.substring(0, cookie.indexOf(';'));
      var request = api.request("/api/model").header("Cookie", pair).GET();
      assertThat(api.send(request).statusCode()).isEqualTo(200);
      var forged = api.request("/api/model").header("Cookie", "stylegraph=" + TOKEN).GET();
      assertThat(api.send(forged).statusCode()).isEqualTo(401);
    }
  }

  private static HttpResponse<byte[]> session(TestApi api, String token) {
    return api.send(
        api.request("/api/session")
            .header("Authorization", "Bearer " + token)
            .POST(TestApi.nothing()));
  }

  @ParameterizedTest
  @CsvSource({
    "localhost, 200",
    "127.0.0.1:8080, 200",
    "[::1]:8080, 200",
    "192.168.1.7, 200",
    "pictures.example, 200",
    "PICTURES.example:80, 200",
    "evil.example, 403",
    "localhost.evil.example, 403",
  })
  void a_name_that_could_have_been_rebound_is_refused(String host, int status) throws IOException {
    try (TestApi api = TestApi.start()) {
      String answer = raw(api, "GET /api/model HTTP/1.1\r\nHost: %s\r\n".formatted(host));
      assertThat(answer).startsWith("HTTP/1.1 " + status);
    }
  }

  @Test
  void malformed_requests_show_nothing_of_the_inside() throws IOException {
    try (TestApi api = TestApi.start()) {
      for (String request :
          new String[] {
            "GET / HTTP/1.1\r\n", "GET /%zz HTTP/1.1\r\nHost: localhost\r\n", "NO\r\n"
          }) {
        assertThat(raw(api, request))
            .startsWith("HTTP/1.1 4")
            .doesNotContain("Exception", "Jetty", "Powered", "\tat ");
      }
    }
  }

  /** The JDK's client sets the Host itself. */
  private static String raw(TestApi api, String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.service().port())) {
      OutputStream out = socket.getOutputStream();
      out.write((head + "Connection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Origin, http://evil.example, 403",
    "Origin, null, 403",
    "Origin, https://127.0.0.1, 403",
    "Sec-Fetch-Site, cross-site, 403",
    "Sec-Fetch-Site, same-site, 403",
    "Sec-Fetch-Site, same-origin, 202",
    "Sec-Fetch-Site, none, 202",
  })
  void another_sites_page_cannot_start_a_job(String header, String value, int status) {
    try (TestApi api = TestApi.start()) {
      var request = api.postRequest(TestForm.usual()).header(header, value);
      assertThat(api.send(request).statusCode()).isEqualTo(status);
      var delete = api.request("/api/jobs/x").header(header, value).DELETE();
      assertThat(api.send(delete).statusCode()).isEqualTo(status == 403 ? 403 : 404);
    }
  }

  @Test
  void our_own_page_can_start_a_job() {
    try (TestApi api = TestApi.start()) {
      String origin = "http://127.0.0.1:" + api.service().port();
      var request = api.postRequest(TestForm.usual()).header("Origin", origin);
      assertThat(api.send(request).statusCode()).isEqualTo(202);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/api/model", "/api/jobs/x", TestApi.NOWHERE, "/page/app.js"})
  void every_answer_confines_what_it_is(String path) {
    try (TestApi api = TestApi.start()) {
      var headers = api.send(api.request(path).GET()).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
          .contains("default-src 'none'", "frame-ancestors 'none'", "script-src 'self'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
      assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("Server")).isEmpty();
      assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
  }

  @Test
  void ids_are_long_random_and_not_listed() {
    try (TestApi api = TestApi.start()) {
      String one = api.start(TestForm.usual());
      String other = api.start(TestForm.usual());
      assertThat(one).hasSize("/api/jobs/".length() + 24).isNotEqualTo(other);
      assertThat(api.get("/api/jobs").statusCode()).isEqualTo(405);
    }
  }

  @Test
  void the_model_is_described_without_its_folder() {
    try (TestApi api = TestApi.start()) {
      assertThat(TestApi.text(api.get("/api/model"))).contains("block1_conv1").doesNotContain("/");
    }
  }
}
