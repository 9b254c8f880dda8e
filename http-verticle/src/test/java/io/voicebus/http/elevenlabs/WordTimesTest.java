package io.voicebus.http.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextPoint;
import io.voicebus.contract.WordMark;
import io.voicebus.http.wire.JsonText;
import io.voicebus.turn.TurnEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WordTimesTest {
  private final WordTimes times = new WordTimes();
  private final List<Alignment> parts = new ArrayList<>();

  private void text(String text) {
    times.rate(1000);
    parts.add(times.event(new TurnEvent.Text(text)));
  }

  private void chunk(int index, String words, long from, long to, TextPoint... points) {
    parts.add(
        times.event(
            new TurnEvent.Caption(
                new ChunkCaption(
                    index,
                    words,
                    from,
                    to,
                    words,
                    100,
                    ChunkEnd.SENTENCE,
                    List.of(points),
                    "en"))));
  }

  private Alignment mark(PlayoutMark.Kind kind, int chunk, long at) {
    Alignment part = times.event(new TurnEvent.Mark(new PlayoutMark(kind, chunk, at)));
    parts.add(part);
    return part;
  }

  private Alignment word(int chunk, long at, int chars) {
    Alignment part = times.word(new WordMark(chunk, at, chars));
    parts.add(part);
    return part;
  }

  private Alignment all() {
    return Alignment.join(parts);
  }

  private static String written(Alignment alignment) {
    return String.join("", alignment.written().chars());
  }

  private static String spoken(Alignment alignment) {
    return String.join("", alignment.spoken().chars());
  }

  @Test
  void aWordsTimeIsSpreadOverItsLettersAndTheBlankTakesNone() {
    text("Hi you");
    chunk(0, "Hi you", 0, 6);
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    // when: 200 ms of speech
    Alignment hi = word(0, 200, 2);
    // then
    assertThat(hi.written().chars()).containsExactly("H", "i", " ");
    assertThat(hi.written().startsMs()).containsExactly(0.0, 100.0, 200.0);
    assertThat(hi.written().endsMs()).containsExactly(100.0, 200.0, 200.0);
    assertThat(hi.spoken()).isEqualTo(hi.written());
  }

  @Test
  void allPartsTogetherAreTheTextAsItWasWritten() {
    text("It costs **$2**. Or 3.\n");
    chunk(
        0,
        "It costs two dollars.",
        0,
        16,
        new TextPoint(0, 0),
        new TextPoint(9, 11),
        new TextPoint(20, 15));
    chunk(1, "Or three.", 17, 22, new TextPoint(0, 17), new TextPoint(3, 20), new TextPoint(8, 21));
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    word(0, 100, 2);
    word(0, 300, 8);
    word(0, 500, 12);
    word(0, 900, 21);
    mark(PlayoutMark.Kind.CHUNK_END, 0, 1000);
    mark(PlayoutMark.Kind.CHUNK_START, 1, 1000);
    word(1, 1100, 2);
    word(1, 1500, 9);
    mark(PlayoutMark.Kind.CHUNK_END, 1, 1600);
    assertThat(written(all())).isEqualTo("It costs **$2**. Or 3.\n");
    assertThat(spoken(all())).isEqualTo("It costs two dollars. Or three. ");
    assertThat(all().written().startsMs()).isSorted();
    assertThat(all().endMs()).isEqualTo(1500);
    assertThat(all().written().startsMs().get(17)).isEqualTo(1000);
  }

  @Test
  void charactersAreNeverParted() {
    text("So 😀 good");
    chunk(0, "So 😀 good", 0, 10);
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    word(0, 100, 2);
    word(0, 200, 4);
    mark(PlayoutMark.Kind.CHUNK_END, 0, 400);
    assertThat(all().written().chars())
        .contains("😀")
        .allMatch(one -> one.codePointCount(0, one.length()) == 1);
    assertThat(written(all())).isEqualTo("So 😀 good");
  }

  @Test
  void ofAnEngineThatDoesNotTellWordsNothingIsTold() {
    text("Hi you. More here.");
    chunk(0, "Hi you.", 0, 7);
    chunk(1, "More here.", 8, 18);
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    word(0, 500, 7);
    mark(PlayoutMark.Kind.CHUNK_END, 0, 600);
    assertThat(all().isEmpty()).isTrue();
    // and one that tells them later is told of from there
    mark(PlayoutMark.Kind.CHUNK_START, 1, 600);
    word(1, 800, 4);
    assertThat(written(all())).isEqualTo(" More ");
  }

  @Test
  void aTextOfOneWordHasItsTimesWhereTheEngineTellsThem() {
    text("Sure. The rest.");
    chunk(0, "Sure.", 0, 5);
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    // when: the engine knows where the only word of the chunk begins and ends
    Alignment sure = times.word(new WordMark(0, 400, 5, 350, false));
    // then
    assertThat(written(sure)).isEqualTo("Sure. ");
    assertThat(sure.written().startsMs().get(0)).isEqualTo(50);
    assertThat(sure.endMs()).isEqualTo(400);
  }

  @Test
  void estimatedTimesAreLeftOut() {
    text("One two. Three four. Five six.");
    chunk(0, "One two.", 0, 8);
    chunk(1, "Three four.", 9, 20);
    chunk(2, "Five six.", 21, 30);
    // given: a chunk whose words the engine times
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    word(0, 100, 3);
    word(0, 200, 8);
    mark(PlayoutMark.Kind.CHUNK_END, 0, 250);
    // when: another engine, which does not, speaks the next one
    mark(PlayoutMark.Kind.CHUNK_START, 1, 300);
    parts.add(times.word(new WordMark(1, 400, 5, 0, true)));
    parts.add(times.word(new WordMark(1, 500, 11, 0, true)));
    mark(PlayoutMark.Kind.CHUNK_END, 1, 550);
    mark(PlayoutMark.Kind.CHUNK_START, 2, 600);
    word(2, 700, 4);
    word(2, 800, 9);
    // then
    assertThat(written(all())).isEqualTo("One two.  Five six.");
  }

  @Test
  void whatWasLeftOutIsNotTold() {
    text("One two. Three four. Five six.");
    chunk(0, "One two.", 0, 8);
    chunk(1, "Three four.", 9, 20);
    chunk(2, "Five six.", 21, 30);
    mark(PlayoutMark.Kind.CHUNK_START, 0, 0);
    word(0, 100, 3);
    times.event(skipped(0));
    mark(PlayoutMark.Kind.CHUNK_END, 0, 150);
    times.event(skipped(1));
    mark(PlayoutMark.Kind.CHUNK_START, 2, 150);
    word(2, 250, 4);
    word(2, 400, 9);
    assertThat(written(all())).isEqualTo("One Five six.");
  }

  private static TurnEvent skipped(int chunk) {
    return new TurnEvent.Skipped(
        new ChunkSkipped(chunk, new Failure(Stage.SPEECH, FailureKind.BLOCKED, "no")));
  }

  @Test
  void messagesHaveTimesOfTheirOwnBaseAndListsOfOneLength() {
    Alignment part = new Alignment(CharTimes.spread("ab ", 100, 133), CharTimes.NONE);
    JsonText message = JsonText.object();
    part.addMs(message, 100);
    assertThat(message.toString())
        .isEqualTo(
            "{\"alignment\":{\"chars\":[\"a\",\"b\",\" \"],\"charStartTimesMs\":[0,17,33],"
                + "\"charDurationsMs\":[17,16,0]},\"normalizedAlignment\":null}");
    JsonText line = JsonText.object();
    part.addSeconds(line);
    assertThat(line.toString()).contains("\"character_end_times_seconds\":[0.117,0.133,0.133]");
  }
}
