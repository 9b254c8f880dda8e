package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.voicebus.contract.ChunkEnd;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.TextMode;
import io.voicebus.contract.TurnOptions;
import io.voicebus.turn.TurnEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What the embedded voice sounds like where its chunks meet, through all stages. */
class SeamsTest {
  private static final int RATE = 16_000;
  private static final String TEXT =
      "# Making tea\n\nBecause it was late, we made some tea. It was good.\n\nYou need:\n\n- fresh"
          + " leaves\n- cold water\n\nThat is all.";

  @Test
  void thereIsAPauseThatFitsWhatEndedTheTextBeforeIt() {
    try (LocalPipeline pipeline = pipeline("seams")) {
      // when
      HeardTurn heard = say(pipeline, "");
      // then
      Map<Integer, ChunkEnd> ends = new HashMap<>();
      heard
          .events(TurnEvent.Caption.class)
          .forEach(event -> ends.put(event.chunk().chunk(), event.chunk().end()));
      Map<Integer, Long> starts = marks(heard, PlayoutMark.Kind.CHUNK_START);
      Map<Integer, Long> stops = marks(heard, PlayoutMark.Kind.CHUNK_END);
      assertThat(ends.values())
          .contains(ChunkEnd.HEADING, ChunkEnd.SENTENCE, ChunkEnd.PARAGRAPH, ChunkEnd.ITEM);
      for (int chunk = 1; chunk < ends.size(); chunk++) {
        long silence =
            silenceMs(
                heard.pcm(), stops.getOrDefault(chunk - 1, 0L), starts.getOrDefault(chunk, 0L));
        ChunkEnd end = ends.getOrDefault(chunk - 1, ChunkEnd.PHRASE);
        switch (end) {
          case PHRASE -> assertThat(silence).as("chunk " + chunk).isLessThanOrEqualTo(60);
          case CLAUSE, COLON -> assertThat(silence).as("chunk " + chunk).isBetween(100L, 270L);
          case SENTENCE, QUESTION, ITEM ->
              assertThat(silence).as("chunk " + chunk).isBetween(300L, 450L);
          case HEADING, PARAGRAPH -> assertThat(silence).as("chunk " + chunk).isBetween(600L, 800L);
        }
      }
    }
  }

  @Test
  void aTurnMayWantEverySampleAsItWasMade() {
    try (LocalPipeline processing = pipeline("seams");
        LocalPipeline none = pipeline("none")) {
      assertThat(say(processing, TurnOptions.NO_PROCESSING).pcm())
          .isEqualTo(say(none, "").pcm())
          .isNotEqualTo(say(processing, "").pcm());
    }
  }

  private static LocalPipeline pipeline(String processing) {
    return new LocalPipeline.Setup()
        .tts("engine", "embedded")
        .playback("processing", processing)
        .start();
  }

  private static HeardTurn say(LocalPipeline pipeline, String processing) {
    HeardTurn heard =
        pipeline.hear(
            TEXT, LocalPipeline.SENTENCES.withMode(TextMode.SAY).withProcessing(processing));
    assertThat(heard.ended().outcome()).isEqualTo(TurnEvent.Outcome.FINISHED);
    return heard;
  }

  private static Map<Integer, Long> marks(HeardTurn heard, PlayoutMark.Kind kind) {
    Map<Integer, Long> marks = new TreeMap<>();
    List<TurnEvent.Mark> all = heard.events(TurnEvent.Mark.class);
    all.stream()
        .filter(event -> event.mark().kind() == kind)
        .forEach(event -> marks.put(event.mark().chunk(), event.mark().heardAt()));
    return marks;
  }

  /** The silence around these samples: what is 35 dB below loud speech, in pieces of 5 ms. */
  private static long silenceMs(byte[] pcm, long from, long to) {
    int piece = RATE / 200;
    int first = (int) (from / piece);
    int last = (int) (to / piece);
    while (isSilent(pcm, first - 1, piece)) {
      first--;
    }
    while (isSilent(pcm, last, piece)) {
      last++;
    }
    return 5L * (last - first);
  }

  private static boolean isSilent(byte[] pcm, int index, int piece) {
    double squares = 0;
    for (int i = index * piece; i < (index + 1) * piece; i++) {
      int sample = (short) ((pcm[2 * i] & 0xff) | (pcm[2 * i + 1] << 8));
      squares += (double) sample * sample;
    }
    return Math.sqrt(squares / piece) < 80;
  }
}
