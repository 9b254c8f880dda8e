package io.voicebus.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.OpenAPIVersion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The description of the interface. Whether answers are like it is held in every other test. */
class OpenApiTest extends ServerTest {
  private static final Pattern DOCUMENTED = Pattern.compile("`(GET|POST|DELETE) (/[^`…?]*)");

  @Test
  void isOpenApi31() throws Exception {
    OpenAPIVersion version = OpenAPIVersion.fromContract(ApiContract.DOCUMENT);
    assertThat(version).isEqualTo(OpenAPIVersion.V3_1);
    version
        .getRepository(vertx, "app://")
        .compose(
            repository -> version.validateContract(vertx, repository, ApiContract.DOCUMENT.copy()))
        .map(
            result -> {
              assertThat(result.getErrors() == null ? List.of() : result.getErrors()).isEmpty();
              assertThat(result.getValid()).isTrue();
              return result;
            })
        .await(20, TimeUnit.SECONDS);
  }

  @Test
  void isServedAndSaysWhereTheServerIs() throws Exception {
    serve("public-url", "https://example.org/voice/", "insecure-http", true);
    RawClient answer = get("/openapi.json");
    assertThat(answer.header("content-type")).isEqualTo("application/json");
    JsonObject served = new JsonObject(answer.readText());
    assertThat(served.getJsonArray("servers").getJsonObject(0).getString("url"))
        .isEqualTo("https://example.org/voice");
    assertThat(served.getJsonObject("paths"))
        .isEqualTo(ApiContract.DOCUMENT.getJsonObject("paths"));
  }

  @Test
  void hasEveryEndpointOfTheDocumentation() throws Exception {
    Set<String> lacking = new TreeSet<>();
    Matcher documented = DOCUMENTED.matcher(Files.readString(Path.of("..", "docs", "http.md")));
    while (documented.find()) {
      String path = documented.group(2).replaceAll("\\{[^}]+}", "x");
      String name = path.endsWith("/") && path.length() > 1 ? path + "x" : path;
      if (ApiContract.operation(documented.group(1), name).isEmpty()) {
        lacking.add(documented.group());
      }
    }
    assertThat(lacking).isEmpty();
  }

  @Test
  void theServerHasEveryOperation() throws Exception {
    serve("access-token", "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b");
    String bearer = "Authorization: Bearer 6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b";
    for (String[] operation : ApiContract.operations()) {
      String path = operation[1].replace("{file}", "app.js").replaceAll("\\{[^}]+}", "not-found");
      RawClient allowed = call("OPTIONS", path, NOTHING, bearer);
      assertThat(allowed.header("allow"))
          .as(operation[0] + " " + path)
          .contains(operation[0].toUpperCase(Locale.ROOT));
    }
  }

  @Test
  void anAnswerThatIsNotAsDescribedIsComplainedOf() {
    String status = "{\"turns\":0,\"max_turns\":1,\"stopping\":false,\"characters\":{}}";
    assertThat(complaint("/v1/status", 200, "application/json", status)).isPresent();
    assertThat(complaint("/v1/status", 200, "text/plain", null)).isPresent();
    assertThat(complaint("/v1/status", 202, "application/json", null)).isPresent();
    assertThat(complaint("/v1/status", 500, "application/problem+json", "{}")).isPresent();
    assertThat(complaint("/v1/undocumented", 200, "text/plain", null)).isPresent();
    assertThat(complaint("/v1/undocumented", 404, "text/plain", null)).isEmpty();
    assertThat(complaint("/v1/source", 200, "application/json", "{\"source\":\"x\"}")).isEmpty();
  }

  private static Optional<String> complaint(
      String path, int status, String type, @Nullable String body) {
    return ApiContract.complaint("GET", path, status, type, body);
  }

  @Test
  void aProblemsTypeIsAPageThatExplainsIt() throws Exception {
    serve();
    JsonObject problem = new JsonObject(get("/v1/turns/x").readText());
    RawClient page = get(problem.getString("type"));
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.readText()).startsWith("not-found\n").contains("404");
    assertProblem(get("/problems/none"), 404, "not-found", "rate-limited");
  }

  @Test
  void aProblemsPageIsThereForWhoHasNoTokenAndUnderAPath() throws Exception {
    serve(
        "public-url",
        "https://example.org/voice/",
        "access-token",
        "6f1d0c5b9a8e7d2f4c3b1a0e5d6f7a8b");
    JsonObject problem = new JsonObject(get("/voice/v1/status").readText());
    assertThat(problem.getString("type")).isEqualTo("/voice/problems/unauthorized");
    assertThat(get(problem.getString("type")).readText()).contains("Authorization: Bearer");
    assertThat(get("/problems/../v1/status").status()).isEqualTo(401);
    assertThat(get("/problems/unauthorized/../../v1/status").status()).isEqualTo(401);
  }
}
