package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.voicebus.contract.Pronunciation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    assertThat(words.say("SQL, NoSQL and C++: sql!").said())
        .isEqualTo("sequel, NoSQL and see plus plus: sequel!");
  }

  @Test
  void anEntryWithACapitalMatchesOnlyAsItIsWritten() throws IOException {
    Pronunciations words = read("US = you ess\n");
    assertThat(words.say("US law tells us.").said()).isEqualTo("you ess law tells us.");
  }

  @Test
  void theWordsOfATurnWinOverThoseOfAll() throws IOException {
    Pronunciations words =
        read("SQL = sequel\nGIF = jif\n").with(List.of(new Pronunciation("sql", "ess cue ell")));
    assertThat(words.say("SQL makes no GIF.").said()).isEqualTo("ess cue ell makes no jif.");
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
