package io.voicebus.mcp;

import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Failure;
import io.voicebus.bus.Stage;
import io.voicebus.turn.TurnEvent;
import io.voicebus.turn.TurnRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One call of {@code say}, from its turn's beginning to the answer. Bound to the turn's context.
 */
abstract class SaidText implements McpTurns.Listener {
  final McpTurns turns;
  private final Promise<CallToolResult> answer = Promise.promise();
  private final List<String> leftOut = new ArrayList<>();
  private McpTurns.@Nullable McpTurn turn;
  private boolean over;

  SaidText(McpTurns turns) {
    this.turns = turns;
  }

  /** What the model is told. */
  Future<CallToolResult> answer() {
    return answer.future();
  }

  /** Whether nothing more comes of the turn. */
  boolean isOver() {
    return over;
  }

  /** Starts the turn. */
  void start(TurnRequest request) {
    try {
      turn = turns.start(request, this);
    } catch (RuntimeException refused) {
      over = true;
      failed(Failure.of(Stage.OWNER, refused).detail());
    }
  }

  /** Ends the turn, of which nobody wants to know more. */
  void cancel(String why) {
    over = true;
    if (turn != null) {
      turn.cancel(why);
    }
  }

  /** Keeps so many bytes of the audio; whether the process has room for them. */
  boolean keeps(long bytes) {
    return turn == null || turn.keeps(bytes);
  }

  /** There is room for audio again. */
  void goOn() {
    if (turn != null && !over) {
      turn.drained();
    }
  }

  /** Where the sound might go instead, for a model that cannot use the command line. */
  String elsewhere() {
    return "";
  }

  /** All was spoken, but for what {@link #said} adds. */
  abstract void finished(TurnEvent.Ended end);

  @Override
  public void failed(String why) {
    answer(text(why, true));
  }

  /** Answers, unless that was done. */
  boolean answer(CallToolResult result) {
    return answer.tryComplete(result);
  }

  /** Whether all that was written was spoken. */
  boolean isWhole() {
    return leftOut.isEmpty();
  }

  /** What is told of a text that was spoken. */
  String said(String what) {
    return isWhole() ? what : what + "; left out: " + String.join("; ", leftOut);
  }

  static CallToolResult text(String words, boolean isError) {
    return CallToolResult.builder()
        .content(List.of(TextContent.builder(words).build()))
        .isError(isError)
        .build();
  }

  @Override
  public boolean full() {
    return false;
  }

  @Override
  public void format(int sampleRateHz) {}

  @Override
  public void audio(byte[] pcm) {}

  @Override
  public void event(TurnEvent event) {
    if (event instanceof TurnEvent.Skipped skipped) {
      leaveOut("a part of the text (" + skipped.chunk().failure().detail() + ")");
    } else if (event instanceof TurnEvent.Notice notice) {
      leaveOut(notice.notice().detail());
    } else if (event instanceof TurnEvent.Unspoken unspoken) {
      leaveOut(
          switch (unspoken.text().content()) {
            case CODE -> "code";
            case MARKUP -> "markup, or signs without a word";
            case THOUGHT -> "reasoning";
          });
    }
  }

  private void leaveOut(String what) {
    if (!leftOut.contains(what)) {
      leftOut.add(what);
    }
  }

  @Override
  public void ended(TurnEvent.Ended end) {
    if (over) {
      return;
    }
    over = true;
    Failure why = end.failure();
    if (end.isSilent()) {
      failed(said("nothing was spoken"));
    } else if (why == null) {
      finished(end);
    } else {
      failed(why.stage() == Stage.PLAYBACK ? why.detail() + elsewhere() : why.detail());
    }
  }
}
