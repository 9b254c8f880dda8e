package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Any text that a model may write, cut into any deltas. */
class ChunkerFuzzTest {
  private static final ChunkerOptions PLAIN =
      ChunkerOptions.DEFAULT.withMarkdown(false).withMaxChars(80);
  private static final List<ChunkerOptions> OPTIONS =
      List.of(
          ChunkerOptions.DEFAULT,
          PLAIN,
          ChunkerOptions.DEFAULT.withMaxChars(40).withNameEmoji(true).withCodeRemark("Code."),
          ChunkerOptions.DEFAULT.withClauses(false),
          ChunkerOptions.DEFAULT.asVerbatim());

  /** What a mark of a table, or of a picture, may be said in addition to the text itself. */
  private static final int SAID_FOR_ONE = 100;

  /** The first byte chooses the options, the second one says how long the deltas are. */
  @FuzzTest
  void aTextIsCutTheSameWhereverItCameApart(byte[] bytes) {
    if (bytes.length < 2) {
      return;
    }
    ChunkerOptions options = OPTIONS.get((bytes[0] & 0xff) % OPTIONS.size());
    int stride = 1 + (bytes[1] & 0x0F);
    // What is not UTF-8 becomes half of a character.
    String text =
        new String(Arrays.copyOfRange(bytes, 2, bytes.length), StandardCharsets.UTF_8)
            .replace('\uFFFD', '\uD83D');

    List<SpeakableChunk> whole = Speech.chunks(options, text);
    assertThat(Speech.chunks(options, deltas(text, stride))).isEqualTo(whole);

    long end = 0;
    int said = 0;
    for (SpeakableChunk chunk : whole) {
      assertThat(chunk.sourceStart()).isEqualTo(end);
      end = chunk.sourceEnd();
      assertThat(end).isLessThanOrEqualTo(text.length());
      assertThat(chunk.text()).hasSizeBetween(1, options.maxChars());
      said += chunk.text().length();
    }
    assertThat(said).isLessThanOrEqualTo(SAID_FOR_ONE * text.length());
    if (!options.markdown()) {
      assertThat(words(String.join("", Speech.texts(whole)))).isEqualTo(words(text));
      assertThat(words(text.substring((int) end))).isEmpty();
    }
  }

  private static String[] deltas(String text, int stride) {
    List<String> deltas = new ArrayList<>();
    for (int at = 0; at < text.length(); at += stride) {
      deltas.add(text.substring(at, Math.min(text.length(), at + stride)));
    }
    return deltas.toArray(String[]::new);
  }

  private static String words(String text) {
    return text.codePoints()
        .filter(Character::isLetterOrDigit)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
