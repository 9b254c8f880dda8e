package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.chunker.spoken.SpokenForms;
import io.voicebus.contract.UnspokenText;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Laws on texts as language models write them, of some thirty genres and twenty languages ({@code
 * genres.txt}), put together at random and cut into random deltas.
 */
class RealTextsTest {
  /** One text: prose is said word for word, apart from marks. */
  private record Sample(boolean prose, String text) {}

  private static final List<ChunkerOptions> OPTIONS =
      List.of(
          ChunkerOptions.DEFAULT,
          Speech.SENTENCES,
          ChunkerOptions.DEFAULT.withMaxChars(80).withNameEmoji(true),
          ChunkerOptions.DEFAULT.withMarkdown(false));

  private static final List<Sample> SAMPLES = samples();

  @Test
  void anyCutIntoDeltasGivesTheSameChunks() {
    SeededCases.check(
        400,
        random -> {
          String text = together(random, SAMPLES);
          ChunkerOptions options = OPTIONS.get(random.nextInt(OPTIONS.size()));
          Chunker whole = new Chunker(options);
          Chunker parts = new Chunker(options);

          List<SpeakableChunk> once = new ArrayList<>(whole.accept(text, 0));
          once.addAll(whole.flush());
          List<SpeakableChunk> often = new ArrayList<>();
          for (String delta : deltas(text, random)) {
            often.addAll(parts.accept(delta, 0));
          }
          often.addAll(parts.flush());

          assertThat(often).as(text).isEqualTo(once);
          assertThat(parts.unspoken()).isEqualTo(whole.unspoken());
          long end = 0;
          for (SpeakableChunk chunk : once) {
            assertThat(chunk.sourceStart()).isEqualTo(end);
            end = chunk.sourceEnd();
          }
          assertThat(end).isLessThanOrEqualTo(text.length());
        });
  }

  @Test
  void noLetterOrDigitOfProseIsLostOrSaidTwiceUnlessThatIsTold() {
    List<Sample> prose = SAMPLES.stream().filter(Sample::prose).toList();
    assertThat(prose).hasSizeGreaterThan(100);
    SeededCases.check(
        400,
        random -> {
          String text = together(random, prose);
          Chunker chunker = new Chunker(OPTIONS.get(random.nextInt(2)));
          List<SpeakableChunk> chunks = new ArrayList<>();
          for (String delta : deltas(text, random)) {
            chunks.addAll(chunker.accept(delta, 0));
          }
          chunks.addAll(chunker.flush());

          String spoken = String.join("", Speech.texts(chunks));
          assertThat(words(spoken)).as(text).isEqualTo(words(without(text, chunker.unspoken())));
        });
  }

  @Test
  void everyTextIsSaidInEveryLanguage() {
    for (String language : SpokenForms.LANGUAGES) {
      SpokenForms forms = new SpokenForms(language);
      for (Sample sample : SAMPLES) {
        SaidText said = forms.say(sample.text());
        assertThat(said.writtenAt(said.said().length())).isEqualTo(sample.text().length());
      }
    }
  }

  private static String without(String text, List<UnspokenText> unspoken) {
    StringBuilder told = new StringBuilder(text);
    for (int i = unspoken.size() - 1; i >= 0; i--) {
      told.delete((int) unspoken.get(i).sourceStart(), (int) unspoken.get(i).sourceEnd());
    }
    return told.toString();
  }

  private static String words(String text) {
    return text.codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static String together(Random random, List<Sample> from) {
    StringBuilder text = new StringBuilder();
    int parts = 1 + random.nextInt(6);
    for (int i = 0; i < parts; i++) {
      text.append(text.isEmpty() ? "" : "\n\n").append(from.get(random.nextInt(from.size())).text);
    }
    return text.toString();
  }

  /** Of up to eight UTF-16 units, so that pairs of surrogates and marks come apart. */
  private static List<String> deltas(String text, Random random) {
    int most = 1 + random.nextInt(8);
    List<String> deltas = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + 1 + random.nextInt(most));
      deltas.add(text.substring(at, end));
      at = end;
    }
    return deltas;
  }

  /** Texts are parted by a line with "="; after a line with "*" not each word of one is said. */
  private static List<Sample> samples() {
    try (InputStream in =
        Objects.requireNonNull(RealTextsTest.class.getResourceAsStream("genres.txt"))) {
      String all = new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
      List<Sample> samples = new ArrayList<>();
      for (String part : all.split("\n=\n", -1)) {
        boolean marks = part.startsWith("*\n");
        samples.add(new Sample(!marks, marks ? part.substring(2) : part));
      }
      return samples;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
