package io.voicebus.http.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemMappingTest {
  private static final Set<Integer> WORTH_RETRYING = Set.of(429, 503, 504);

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void givesARetryableStatusToWhatIsWorthRetryingAndToNothingElse(FailureKind kind) {
    assertThat(WORTH_RETRYING.contains(ProblemMapping.status(kind))).isEqualTo(kind.retryable());
  }

  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void saysEverythingThatAProblemNeeds(FailureKind kind) {
    // given
    Problem problem = ProblemMapping.of(new Failure(Stage.SPEECH, kind, "do \"this\""));
    // when
    JsonObject json = new JsonObject(problem.withMember("turn", "t").toJson(""));
    // then
    assertThat(json.getString("type"))
        .isEqualTo("/problems/" + kind.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    assertThat(json.getString("detail")).isEqualTo("do \"this\"");
    assertThat(json.getString("stage")).isEqualTo("speech");
    assertThat(json.getInteger("status")).isEqualTo(problem.status());
    assertThat(json.getString("title")).isNotBlank();
    assertThat(json.getString("turn")).isEqualTo("t");
  }

  @Test
  void keepsTheMessagesOfUnexpectedExceptionsToItself() {
    Problem problem = ProblemMapping.of(new IllegalStateException("secret"));
    assertThat(problem.status()).isEqualTo(500);
    assertThat(problem.toJson("")).doesNotContain("secret");
  }
}
