package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageEndpointTest extends ServerTest {
  private static final String BROWSER =
      "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8";
  private static final Pattern LINK = Pattern.compile("(?:src|href)=\"([^\"#]+)\"");

  @Test
  void isWhatBrowsersGetAtTheRoot() throws Exception {
    // given
    serve();
    // when
    RawClient page = call("GET", "/", NOTHING, BROWSER);
    // then
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.header("content-security-policy"))
        .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
        .doesNotContain("unsafe");
    assertThat(page.header("vary")).isEqualTo("Accept");
    assertThat(page.readText()).startsWith("<!doctype html>").doesNotContain(" style=", "http:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"X: none", "Accept: */*", "Accept: text/plain", "Accept: text/html;q=0, */*"})
  void isNotWhatOthersGet(String accept) throws Exception {
    serve();
    RawClient answer = call("GET", "/", NOTHING, accept);
    assertThat(answer.header("content-type")).isEqualTo("text/plain; charset=utf-8");
    assertThat(answer.readText()).contains("POST   /v1/speak", "/ws ");
  }

  @Test
  void hasAllThatItRefersTo() throws Exception {
    // given
    serve();
    Matcher links = LINK.matcher(call("GET", "/", NOTHING, BROWSER).readText());
    int found = 0;
    // then
    while (links.find()) {
      RawClient file = get("/" + links.group(1));
      assertThat(file.status()).as(links.group(1)).isEqualTo(200);
      assertThat(file.header("x-content-type-options")).isEqualTo("nosniff");
      assertThat(file.readAll()).isNotEmpty();
      found++;
    }
    assertThat(found).isGreaterThan(3);
  }

  @Test
  void isAskedForAgainButSentOnlyWhenItHasChanged() throws Exception {
    // given
    serve();
    RawClient first = get("/page/app.js");
    assertThat(first.header("cache-control")).isEqualTo("no-cache");
    // when
    RawClient again =
        call("GET", "/page/app.js", NOTHING, "If-None-Match: " + first.header("etag"));
    // then
    assertThat(again.status()).isEqualTo(304);
    assertThat(again.header("etag")).isEqualTo(first.header("etag"));
  }

  @Test
  void servesNothingElseOfTheJar() throws Exception {
    serve();
    assertProblem(get("/page/index.html"), 404, "not-found");
    assertProblem(get("/page/../HttpVerticle.class"), 404, "not-found");
    assertProblem(get("/page/%2e%2e/package-info.class"), 404, "not-found");
  }
}
