package io.voicebus.turn.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;

class RecordingFuzzTest {
  @FuzzTest
  void aFileIsReadOrRefusedInWords(byte[] bytes) throws IOException {
    try {
      Recording recording = Recording.read("it", new ByteArrayInputStream(bytes));
      // What was read can be written again.
      recording.head().json();
      recording.lines().forEach(Recording.Line::json);
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("'it' is ");
    }
  }
}
