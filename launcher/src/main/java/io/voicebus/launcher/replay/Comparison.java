package io.voicebus.launcher.replay;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.contract.ChunkCaption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A turn as it was recorded, beside its replay.
 *
 * @param recorded figures of the recording
 * @param replayed figures of the replay, in the recording's time
 * @param changes where chunks differ
 * @param chunks how many there were, and are
 * @param speech how the texts of the chunks were found in the recording
 * @param speed at which it was replayed
 * @param tookNanos how long the replay took, in real time
 */
public record Comparison(
    PlayoutFigures recorded,
    PlayoutFigures replayed,
    List<BoundaryChange> changes,
    Chunks chunks,
    RecordedSpeech.Tally speech,
    ReplaySpeed speed,
    long tookNanos) {
  /** Numbers of chunks. */
  public record Chunks(int recorded, int replayed) {}

  private static final int SHOWN_CHARS = 60;

  public Comparison {
    changes = List.copyOf(changes);
  }

  /** How much later the first sound came than in the recording; NaN if there was none. */
  public double firstSoundRatio() {
    return recorded.firstSoundNanos() <= 0 || replayed.firstSoundNanos() < 0
        ? Double.NaN
        : (double) replayed.firstSoundNanos() / recorded.firstSoundNanos();
  }

  /** How long it took, in lengths of its sound; NaN if there was none. */
  public double realTimeFactor() {
    return replayed.soundNanos() == 0 ? Double.NaN : (double) tookNanos / replayed.soundNanos();
  }

  /** For people. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(row("", "recorded", "replayed"));
    lines.add(
        row("first sound", ms(recorded.firstSoundNanos()), ms(replayed.firstSoundNanos()))
            + (Double.isNaN(firstSoundRatio())
                ? ""
                : "  (" + number(firstSoundRatio()) + " times)"));
    lines.add(row("sound", ms(recorded.soundNanos()), ms(replayed.soundNanos())));
    lines.add(row("underruns", underruns(recorded), speed.isMax() ? "-" : underruns(replayed)));
    lines.add(row("usual pause", ms(recorded.medianPause()), ms(replayed.medianPause())));
    lines.add(row("chunks", String.valueOf(chunks.recorded()), String.valueOf(chunks.replayed())));
    changes.forEach(change -> show(change, lines));
    if (changes.isEmpty()) {
      lines.add("every chunk is cut as it was");
    }
    lines.add(
        speech.asRecorded()
            + (speech.asRecorded() == 1 ? " chunk was" : " chunks were")
            + " spoken as recorded, "
            + speech.cutOtherwise()
            + " from the sound of other chunks, "
            + speech.notRecorded().size()
            + " hummed, since their text was not spoken in the recording");
    speech.notRecorded().forEach(text -> lines.add("  hummed: " + shown(text)));
    lines.add(
        "took "
            + ms(tookNanos)
            + " at speed "
            + speed
            + (Double.isNaN(realTimeFactor())
                ? ""
                : ", " + number(realTimeFactor()) + " times the length of its sound"));
    return lines;
  }

  private static void show(BoundaryChange change, List<String> lines) {
    lines.add("characters " + change.start() + " to " + change.end() + " are cut otherwise:");
    change.recorded().forEach(chunk -> lines.add("  - " + chunk(chunk)));
    change.replayed().forEach(chunk -> lines.add("  + " + chunk(chunk)));
  }

  private static String chunk(ChunkCaption chunk) {
    return chunk.chunk() + ": " + shown(chunk.words());
  }

  private static String shown(String text) {
    return text.length() <= SHOWN_CHARS
        ? text
        : text.substring(0, SHOWN_CHARS) + "… (" + text.length() + " characters)";
  }

  private static String underruns(PlayoutFigures figures) {
    int count = figures.underrunNanos().size();
    return count == 0 ? "0" : count + ", " + ms(figures.underrunSum());
  }

  private static String row(String name, String one, String other) {
    return String.format(Locale.ROOT, "%-12s %16s %16s", name, one, other).stripTrailing();
  }

  private static String ms(long nanos) {
    return nanos < 0 ? "-" : String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
  }

  private static String number(double ratio) {
    return String.format(Locale.ROOT, "%.2f", ratio);
  }

  /** For programs. */
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("recorded", figures(recorded).put("chunks", chunks.recorded()))
            .put("replayed", figures(replayed).put("chunks", chunks.replayed()))
            .put("speed", speed.toString())
            .put("took_ms", tookNanos / 1e6);
    if (!Double.isNaN(firstSoundRatio())) {
      json.put("first_sound_ratio", firstSoundRatio());
    }
    if (!Double.isNaN(realTimeFactor())) {
      json.put("real_time_factor", realTimeFactor());
    }
    JsonArray changed = new JsonArray();
    for (BoundaryChange change : changes) {
      changed.add(
          new JsonObject()
              .put("source_start", change.start())
              .put("source_end", change.end())
              .put("recorded", texts(change.recorded()))
              .put("replayed", texts(change.replayed())));
    }
    return json.put("changes", changed)
        .put(
            "speech",
            new JsonObject()
                .put("as_recorded", speech.asRecorded())
                .put("cut_otherwise", speech.cutOtherwise())
                .put("not_recorded", new JsonArray(speech.notRecorded())));
  }

  private static JsonArray texts(List<ChunkCaption> chunks) {
    JsonArray texts = new JsonArray();
    chunks.forEach(chunk -> texts.add(chunk.words()));
    return texts;
  }

  private static JsonObject figures(PlayoutFigures figures) {
    JsonObject json = new JsonObject();
    if (figures.firstSoundNanos() >= 0) {
      json.put("first_sound_ms", figures.firstSoundNanos() / 1e6);
    }
    return json.put("sound_ms", figures.soundNanos() / 1e6)
        .put("underruns", figures.underrunNanos().size())
        .put("underrun_ms", figures.underrunSum() / 1e6)
        .put("longest_underrun_ms", figures.longestUnderrun() / 1e6)
        .put("pauses_ms", new JsonArray(figures.pauseNanos().stream().map(n -> n / 1e6).toList()));
  }
}
