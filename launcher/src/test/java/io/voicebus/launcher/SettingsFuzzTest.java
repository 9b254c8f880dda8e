package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.Map;

class SettingsFuzzTest {
  /** How often a part of the file may be told: once for each key below it. */
  private static final int MOST_TIMES = 200;

  @FuzzTest
  void aFileOfYamlIsReadOrRefusedInWords(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    Map<String, String> values;
    try {
      values = YamlSettings.read(text, "it");
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageStartingWith("it ");
      return;
    }
    long size = 0;
    for (Map.Entry<String, String> entry : values.entrySet()) {
      size += entry.getKey().length() + entry.getValue().length();
    }
    assertThat(size).isLessThanOrEqualTo((long) MOST_TIMES * text.length() + MOST_TIMES);
  }
}
