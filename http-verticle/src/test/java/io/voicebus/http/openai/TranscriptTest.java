package io.voicebus.http.openai;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TranscriptTest {
  private final Transcript transcript = new Transcript();

  @Test
  void whatIsWrittenAgainIsNotSentAgain() {
    // given
    transcript.next("One. Two. Th");
    // when
    transcript.cut(5);
    // then
    assertThat(transcript.next("Two.")).isEmpty();
    assertThat(transcript.next(" Three.")).isEqualTo("ree.");
    assertThat(transcript.text()).hasToString("One. Two. Three.");
  }

  @Test
  void otherWordsAreAddedSinceNothingCanBeTakenBack() {
    // given
    transcript.next("One. Two. Th");
    // when
    transcript.cut(10);
    // then
    assertThat(transcript.next("Four.")).isEqualTo("Four.");
    assertThat(transcript.next(" Five.")).isEqualTo(" Five.");
  }
}
