package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PronunciationsTest {
  @TempDir Path folder;

  private Pronunciations read(String lines) throws IOException {
    return Pronunciations.read(Files.writeString(folder.resolve("words.txt"), lines));
  }

  @Test
  void saysWholeWordsAsTheDictionaryHasThem() throws IOException {
    Pronunciations words = read("# how we talk\nsql = sequel\nC++ = see plus plus # a language\n");
    assertThat(words.say("SQL, NoSQL and C++: sql!"))
        .isEqualTo("sequel, NoSQL and see plus plus: sequel!");
  }

  @Test
  void anEntryWithACapitalMatchesOnlyAsItIsWritten() throws IOException {
    Pronunciations words = read("US = you ess\n");
    assertThat(words.say("US law tells us.")).isEqualTo("you ess law tells us.");
  }

  @Test
  void aWrongLineIsNamed() {
    assertThatThrownBy(() -> read("ok = okay\nno equals sign\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("no equals sign");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> Pronunciations.read(folder.resolve("none.txt")))
        .hasMessageContaining("none.txt");
  }
}
