package io.voicebus.tts.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElevenFailuresTest {
  @Test
  void theNameOfAnErrorIsKnownAsTheReasonOfACloseToo() {
    assertThat(ElevenFailures.ofClose(1008, "invalid_api_key").kind())
        .isEqualTo(FailureKind.UNAUTHENTICATED);
    assertThat(ElevenFailures.ofClose(1008, "quota_exceeded").kind()).isEqualTo(FailureKind.QUOTA);
    assertThat(ElevenFailures.ofClose(1008, "max_active_conversations"))
        .satisfies(why -> assertThat(ElevenFailures.isOfSocket(why)).isTrue());
  }

  @Test
  void aNameThatIsNotKnownIsToldAndOtherWordsAreNot() {
    assertThat(ElevenFailures.ofClose(1008, "workspace_frozen").detail())
        .endsWith("(it is called workspace_frozen)");
    assertThat(ElevenFailures.ofError("workspace_frozen", "Hello there is refused", 1008).detail())
        .endsWith("(it is called workspace_frozen)")
        .doesNotContain("Hello");
    assertThat(ElevenFailures.ofClose(1008, "Hello there is refused").detail())
        .doesNotContain("Hello");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 302, 307, 308})
  void anotherServersAnswerSaysNothingOfWhatWasAsked(int status) {
    assertThat(ElevenFailures.ofStatus(status, "<html>"))
        .satisfies(why -> assertThat(why.kind()).isEqualTo(FailureKind.UNAVAILABLE))
        .satisfies(
            why -> assertThat(why.detail()).contains("elevenlabs-base-url").contains("sign-in"));
  }
}
