package io.voicebus.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkEnd;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each chunk knows what ended it, and which part of the written text it says. */
class ChunkEndTest {
  @Test
  void aChunkSaysWhatEndedIt() {
    // when
    List<SpeakableChunk> chunks =
        Speech.chunks(
            Speech.SENTENCES,
            "# Tea\n\nIt is easy. Is it good? It is!\n\nYou need:\n- leaves\n- water.\n\n"
                + "| Sort | Price |\n|---|---|\n| Green | 3 |\n\nThat is all");
    // then
    assertThat(chunks)
        .extracting(chunk -> chunk.text() + " " + chunk.ended())
        .containsExactly(
            "Tea HEADING",
            "It is easy. SENTENCE",
            "Is it good? QUESTION",
            "It is! PARAGRAPH",
            "You need: COLON",
            "leaves ITEM",
            "water. ITEM",
            "Sort: Green, Price: 3 ITEM",
            "That is all PARAGRAPH");
  }

  @Test
  void anEarlyFirstChunkSaysWhetherItEndsWithAClauseOrAPhrase() {
    assertThat(ends("If it rains, we stay. ")).startsWith(ChunkEnd.CLAUSE);
    assertThat(ends("One thing first: it rains. ")).startsWith(ChunkEnd.COLON);
    assertThat(ends("The old harbour was closed because the ferry left. "))
        .startsWith(ChunkEnd.PHRASE);
    assertThat(ends("„Kommst du?“ Sie lachte. ")).startsWith(ChunkEnd.QUESTION);
  }

  @Test
  void joinedSentencesEndAsTheLastOfThemDoes() {
    // given
    ChunkGroup group = new ChunkGroup(400);
    List<SpeakableChunk> two = Speech.chunks(Speech.SENTENCES, "It is easy. Is it good?");
    // when
    group.add(two, 60_000);
    // then
    SpeakableChunk joined = group.release().get(0);
    assertThat(joined.ended()).isEqualTo(two.get(1).ended());
    assertThat(written(joined, "It is easy. Is it good?")).isEqualTo(joined.text());
  }

  @Test
  void theMapLeadsFromWhatIsSaidToWhatIsWritten() {
    // given
    String text =
        "# Tea\n\n**Boil** the [hot water](https://x.y) *now*, Tom &amp; Ann. Wait 😀 `a b`.";
    // when
    List<SpeakableChunk> chunks = Speech.chunks(Speech.SENTENCES, text);
    // then
    SpeakableChunk boil = chunks.get(1);
    assertThat(writtenFrom(boil, "Boil", text)).startsWith("Boil** the");
    assertThat(writtenFrom(boil, "hot", text)).startsWith("hot water](");
    assertThat(writtenFrom(boil, "now", text)).startsWith("now*, Tom");
    assertThat(writtenFrom(boil, "Ann", text)).startsWith("Ann. Wait");
    assertThat(writtenFrom(chunks.get(2), "Wait", text)).startsWith("Wait 😀");
    assertThat(writtenFrom(chunks.get(2), "a b", text)).startsWith("a b`");
  }

  @Test
  void theMapGoesThroughWhatIsWrittenOut() {
    // given
    String text = "It costs **5 euros** now.";
    SpeakableChunk chunk = Speech.chunks(Speech.SENTENCES, text).get(0);
    String said = "It costs five euros now.";
    // when
    SourceMap map =
        new SourceMap(chunk.map())
            .through(said.length(), at -> at <= 9 ? at : at < 13 ? 9 : at - 3);
    // then
    assertThat(text.substring((int) map.writtenAt(said.indexOf("five")))).startsWith("5 euros");
    assertThat(text.substring((int) map.writtenAt(said.indexOf("euros")))).startsWith("euros**");
    assertThat(text.substring((int) map.writtenAt(said.indexOf("now")))).isEqualTo("now.");
    assertThat(map.writtenAt(said.length())).isEqualTo(text.length());
  }

  @Test
  void theMapOfAnyTextNeverGoesBack() {
    SeededCases.check(
        300,
        random -> {
          String text = AnyTextTest.text(random);
          for (SpeakableChunk chunk : Speech.chunks(ChunkerOptions.DEFAULT, text)) {
            SourceMap map = new SourceMap(chunk.map());
            long last = chunk.sourceStart();
            for (int said = 0; said <= chunk.text().length(); said++) {
              long written = map.writtenAt(said);
              assertThat(written).as(text).isBetween(last, chunk.sourceEnd());
              last = written;
            }
          }
        });
  }

  private static List<ChunkEnd> ends(String text) {
    return Speech.chunks(ChunkerOptions.DEFAULT, text).stream().map(SpeakableChunk::ended).toList();
  }

  private static String writtenFrom(SpeakableChunk chunk, String word, String text) {
    long at = new SourceMap(chunk.map()).writtenAt(chunk.text().indexOf(word));
    return text.substring((int) at);
  }

  private static String written(SpeakableChunk chunk, String text) {
    SourceMap map = new SourceMap(chunk.map());
    StringBuilder said = new StringBuilder();
    for (int i = 0; i < chunk.text().length(); i++) {
      said.append(text.charAt((int) map.writtenAt(i)));
    }
    return said.toString();
  }
}
