package io.voicebus.http;

import io.voicebus.bus.Failure;
import io.voicebus.bus.Stage;
import io.voicebus.contract.AnswerReport;
import io.voicebus.contract.Characters;
import io.voicebus.contract.ChunkCaption;
import io.voicebus.contract.ChunkSkipped;
import io.voicebus.contract.ChunkSpoken;
import io.voicebus.contract.PlayoutMark;
import io.voicebus.contract.SpeechNotice;
import io.voicebus.contract.StageTiming;
import io.voicebus.contract.UnspokenText;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnTimings;
import io.voicebus.turn.Underruns;
import java.util.TreeMap;

/**
 * An event of a turn as its name and JSON. Times are in milliseconds; unknown ones are left out.
 *
 * @param data on one line
 */
public record EventJson(String name, String data) {
  /** Another node continues the turn: all of its events follow again. */
  static final EventJson AGAIN = new EventJson("again", "{}");

  /**
   * Converts an event.
   *
   * @throws IllegalArgumentException for {@link TurnEvent.Word}, which clients get as words
   */
  public static EventJson of(TurnEvent event) {
    if (event instanceof TurnEvent.Text text) {
      return new EventJson("text", JsonText.object().put("text", text.text()).toString());
    } else if (event instanceof TurnEvent.TextCut cut) {
      return new EventJson("text-cut", JsonText.object().put("at", cut.at()).toString());
    } else if (event instanceof TurnEvent.Caption caption) {
      return new EventJson("chunk", chunk(caption.chunk()));
    } else if (event instanceof TurnEvent.Spoken spoken) {
      return new EventJson("spoken", spoken(spoken.chunk()));
    } else if (event instanceof TurnEvent.Skipped skipped) {
      return new EventJson("skipped", skipped(skipped.chunk()));
    } else if (event instanceof TurnEvent.Unspoken unspoken) {
      return new EventJson("unspoken", unspoken(unspoken.text()));
    } else if (event instanceof TurnEvent.Mark mark) {
      return new EventJson("mark", mark(mark.mark()));
    } else if (event instanceof TurnEvent.Notice notice) {
      return new EventJson("notice", notice(notice.notice()));
    } else if (event instanceof TurnEvent.NotKept lost) {
      return new EventJson("notice", notKept(lost));
    } else if (event instanceof TurnEvent.SpokenWord word) {
      return new EventJson("word", word(word));
    } else if (event instanceof TurnEvent.Held held) {
      return new EventJson("held", JsonText.object().put("at_sample", held.atSample()).toString());
    } else if (event instanceof TurnEvent.Resumed resumed) {
      return new EventJson("resumed", resumed(resumed));
    } else if (event instanceof TurnEvent.Answered answered) {
      return new EventJson("answer", answer(answered.answer()));
    } else if (event instanceof TurnEvent.Timing timing) {
      return new EventJson("timing", timing(timing.stage(), timing.timing()));
    } else if (event instanceof TurnEvent.Ended ended) {
      return new EventJson("end", end(ended));
    }
    throw new IllegalArgumentException(event + " has no JSON");
  }

  private static String chunk(ChunkCaption caption) {
    JsonText json =
        JsonText.object()
            .put("chunk", caption.chunk())
            .put("text", caption.text())
            .put("source_start", caption.sourceStart())
            .put("source_end", caption.sourceEnd());
    if (!caption.language().isEmpty()) {
      json.put("language", caption.language());
    }
    return json.toString();
  }

  private static String spoken(ChunkSpoken spoken) {
    return JsonText.object()
        .put("chunk", spoken.chunk())
        .put("attempts", spoken.attempts())
        .putMs("wait_ms", spoken.waitNanos())
        .putMs("first_frame_ms", spoken.firstFrameNanos())
        .putMs("speech_ms", spoken.speechNanos())
        .toString();
  }

  private static String skipped(ChunkSkipped skipped) {
    return JsonText.object()
        .put("chunk", skipped.chunk())
        .put("failure", failure(skipped.failure()))
        .toString();
  }

  private static String unspoken(UnspokenText unspoken) {
    return JsonText.object()
        .put("source_start", unspoken.sourceStart())
        .put("source_end", unspoken.sourceEnd())
        .put("content", ProblemMapping.dashed(unspoken.content()))
        .toString();
  }

  private static String mark(PlayoutMark mark) {
    JsonText json =
        JsonText.object()
            .put("mark", ProblemMapping.dashed(mark.kind()))
            .put("chunk", mark.chunk())
            .put("at_sample", mark.heardAt());
    if (!mark.voice().isEmpty()) {
      json.put("engine", mark.spokenWith());
    }
    return json.toString();
  }

  private static String notice(SpeechNotice notice) {
    return JsonText.object()
        .put("chunk", notice.chunk())
        .put("notice", ProblemMapping.dashed(notice.kind()))
        .put("detail", notice.detail())
        .toString();
  }

  private static String notKept(TurnEvent.NotKept lost) {
    return JsonText.object()
        .put("notice", "not-kept")
        .put("from", lost.fromSample())
        .put("detail", "only the latest audio can be had again: " + lost.why())
        .toString();
  }

  private static String word(TurnEvent.SpokenWord word) {
    return JsonText.object()
        .put("chunk", word.chunk())
        .put("text", word.text())
        .put("source_start", word.sourceStart())
        .put("source_end", word.sourceEnd())
        .putMs("start_ms", word.fromNanos())
        .putMs("end_ms", word.toNanos())
        .put("estimated", word.estimated())
        .toString();
  }

  private static String resumed(TurnEvent.Resumed resumed) {
    return JsonText.object()
        .put("at_sample", resumed.atSample())
        .put("next_sample", resumed.nextSample())
        .toString();
  }

  private static String answer(AnswerReport answer) {
    return JsonText.object()
        .put("source", answer.source())
        .put("model", answer.model())
        .put("ending", ProblemMapping.dashed(answer.ending()))
        .put("attempts", answer.attempts())
        .put("prompt_tokens", answer.promptTokens())
        .put("answer_tokens", answer.answerTokens())
        .put("thought_tokens", answer.thoughtTokens())
        .put("continued", answer.continued())
        .toString();
  }

  private static String timing(Stage stage, StageTiming timing) {
    return JsonText.object()
        .put("stage", ProblemMapping.dashed(stage))
        .put("name", timing.name())
        .putMs("ms", timing.nanos())
        .toString();
  }

  static String end(TurnEvent.Ended ended) {
    JsonText json = JsonText.object().put("outcome", ProblemMapping.dashed(ended.outcome()));
    Failure failure = ended.failure();
    if (failure != null) {
      json.put("failure", failure(failure));
    }
    return json.put("timings", timings(ended.timings()))
        .put("characters", characters(ended.characters()))
        .put("underruns", underruns(ended.underruns()))
        .toString();
  }

  static JsonText underruns(Underruns underruns) {
    JsonText stages = JsonText.object();
    new TreeMap<>(underruns.stageMs())
        .forEach((stage, ms) -> stages.put(ProblemMapping.dashed(stage), ms));
    return JsonText.object()
        .put("count", underruns.count())
        .put("ms", underruns.ms())
        .put("longest_ms", underruns.longestMs())
        .put("stages", stages);
  }

  static JsonText characters(Characters characters) {
    return JsonText.object()
        .put("asked", characters.asked())
        .put("heard", characters.heard())
        .put("wasted", characters.wasted())
        .put("saved", characters.saved());
  }

  static JsonText failure(Failure failure) {
    return JsonText.object()
        .put("stage", ProblemMapping.dashed(failure.stage()))
        .put("kind", ProblemMapping.dashed(failure.kind()))
        .put("detail", failure.detail());
  }

  /** Milestones in milliseconds from the turn's acceptance. */
  static JsonText timings(TurnTimings timings) {
    return JsonText.object()
        .putMs("first_delta_ms", timings.firstDelta())
        .putMs("first_chunk_ms", timings.firstChunk())
        .putMs("first_frame_ms", timings.firstFrame())
        .putMs("first_audio_ms", timings.firstAudio())
        .putMs("end_ms", timings.end());
  }
}
