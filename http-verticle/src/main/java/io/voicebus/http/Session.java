package io.voicebus.http;

import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.http.api.ApiSocket;
import io.voicebus.http.api.SocketSession;
import io.voicebus.http.door.Caller;
import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.JsonText;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnRequest;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many turns, one after another, for one client: prompts that a model answers, and texts that the
 * client writes itself.
 *
 * <p>A prompt breaks in upon whatever is under way. A text waits until what came before it has been
 * sent, so that nothing that was written is cut off by what is written next. NOT thread safe.
 */
final class Session implements SocketSession {
  /** Turns that a client has not been told of; one that does not read is not read either. */
  static final int MAX_UNTOLD = 16;

  /** Turns that a listener may be behind with: those of some seconds. */
  private static final int MAX_TOLD = 8;

  /** What waits of a client's text, beyond what its turn has taken, when no more is read. */
  static final int MAX_AHEAD_CHARS = 64 * 1024;

  private static final Failure LOST =
      new Failure(Stage.TEXT, FailureKind.LOST, "the connection over which the text came was lost");

  private final TurnSessions sessions;
  private final TurnJson json;
  private final Caller caller;
  private final ApiSocket out;
  private SessionOptions options;

  /** The first is told of; those after it have begun, and are told of when it is over. */
  private final ArrayDeque<SessionTurn> turns = new ArrayDeque<>();

  /** Texts whose turns have not begun, in their order. */
  private final ArrayDeque<SessionText> texts = new ArrayDeque<>();

  /** The text that more may come of; its turn may have begun, or may even be over. */
  private @Nullable SessionText writing;

  /** The turn that is told of, or was told of last: its listener may play on. */
  private @Nullable SessionTurn latest;

  /** The latest turns, by their ids: the client may still play the audio that was sent. */
  private final Map<String, SessionTurn> told = new LinkedHashMap<>();

  /** How far the latest turn's listener is with it, by its own report; null before the first. */
  private @Nullable PositionJson reported;

  private boolean draining;
  private boolean over;

  /**
   * For one client.
   *
   * @param caller whose turns they are
   */
  Session(
      TurnSessions sessions,
      HttpSettings settings,
      Caller caller,
      String conversation,
      ApiSocket out) {
    this.caller = caller;
    this.sessions = sessions;
    this.json = new TurnJson(settings.maxPromptBytes());
    this.out = out;
    this.options = SessionOptions.of(conversation);
  }

  @Override
  public void begin() {
    tellOptions();
  }

  private void tellOptions() {
    out.answer(JsonText.object().put("event", "session").put("data", options.json()));
  }

  @Override
  public boolean isAhead() {
    int ahead = writing == null || !writing.hasBegun() ? 0 : writing.ahead();
    for (SessionText text : texts) {
      ahead += text.ahead();
    }
    return ahead > MAX_AHEAD_CHARS || turns.size() > MAX_UNTOLD;
  }

  @Override
  public boolean paused() {
    return latest != null && latest.paused();
  }

  // What the client says.

  @Override
  public void message(String text) {
    SessionMessage message = SessionMessage.parse(text);
    JsonFields fields = message.fields();
    switch (message.type()) {
      case UPDATE -> {
        options = options.with(fields);
        tellOptions();
      }
      case PROMPT -> prompt(message.text());
      case APPEND -> append(message.text());
      case FLUSH -> flush();
      case END -> end();
      case CANCEL -> interrupt("the client asked for the end");
      case POSITION -> position(fields);
      case HOLD -> hold(fields.count("played_ms", -1), true);
      case RESUME -> hold(fields.count("played_ms", -1), false);
      case PING -> out.answer(JsonText.object().put("event", "pong"));
    }
    out.waitingChanged();
  }

  private void prompt(String prompt) {
    TurnRequest request = json.request(prompt, options.ofPrompt());
    refuseIfFull();
    interrupt("another prompt came");
    begin(request, options.base64(), null);
  }

  /**
   * Refuses a turn for want of room before it interrupts the one under way, whose end makes room.
   */
  private void refuseIfFull() {
    ProblemException refusal = sessions.refusal(caller);
    if (refusal != null && (turns.isEmpty() || sessions.draining())) {
      throw refusal;
    }
  }

  private void append(String piece) {
    SessionText text = writing;
    if (text == null) {
      text = new SessionText(options, out::waitingChanged);
      text.append(piece);
      writing = text;
      texts.add(text);
    } else {
      text.append(piece);
    }
    next();
  }

  private void flush() {
    if (writing != null) {
      writing.flush();
    }
  }

  private void end() {
    SessionText text = writing;
    if (text == null) {
      return;
    }
    writing = null;
    text.end();
    if (!text.hasWord()) {
      texts.remove(text);
      throw JsonFields.invalid("the text that ends here has no word: there is nothing to say");
    }
  }

  private void position(JsonFields fields) {
    PositionJson position =
        new PositionJson(fields.count("played_ms"), fields.flag("paused", false));
    String of = fields.text("turn", "");
    SessionTurn turn = of.isEmpty() ? latest : told.get(of);
    if (turn != null) {
      reported = turn == latest ? position : reported;
      turn.position(position);
    }
  }

  /** The turn that is heard is put on hold, or goes on. */
  private void hold(long playedMs, boolean on) {
    SessionTurn turn = latest;
    if (turn == null) {
      throw JsonFields.invalid(
          "no turn has begun: there is nothing to " + (on ? "put on hold" : "resume"));
    }
    if (on) {
      turn.hold(playedMs);
    } else {
      turn.resume(playedMs);
    }
    long heard = reported == null ? 0 : reported.playedMs();
    if (reported != null || playedMs >= 0) {
      reported = new PositionJson(Math.max(heard, playedMs), on);
    }
  }

  @Override
  public void playsOn(long ms) {
    PositionJson last = reported;
    if (latest != null && last != null && !last.paused()) {
      reported = new PositionJson(last.playedMs() + ms, false);
      latest.position(reported);
    }
  }

  /** Ends all that is under way or waits. */
  private void interrupt(String why) {
    writing = null;
    int chars = 0;
    for (SessionText text : texts) {
      chars += text.hasWord() ? text.ahead() : 0;
      text.drop();
    }
    texts.clear();
    if (chars > 0) {
      JsonText data = JsonText.object().put("characters", chars);
      out.answer(JsonText.object().put("event", "discarded").put("data", data));
    }
    if (latest != null && !turns.contains(latest)) {
      latest.cancel(why);
    }
    List.copyOf(turns).forEach(turn -> turn.cancel(why));
  }

  // Turns.

  private void begin(TurnRequest request, boolean base64, @Nullable SessionText text) {
    TurnSession started = sessions.start(request, caller);
    SessionTurn turn = new SessionTurn(started, out, base64, text, this::over);
    turns.add(turn);
    TextFeed feed = text == null ? null : started.feed();
    if (text != null && feed != null) {
      text.feed(feed);
    }
    if (turns.size() == 1) {
      tell(turn);
    }
  }

  private void tell(SessionTurn turn) {
    latest = turn;
    reported = null;
    told.put(turn.id().value(), turn);
    if (told.size() > MAX_TOLD) {
      told.remove(told.keySet().iterator().next());
    }
    turn.start();
  }

  private void over(SessionTurn turn) {
    turns.remove(turn);
    SessionText text = turn.text();
    if (text != null && !text.hasEnded()) {
      text.drop();
    }
    if (!over) {
      next();
      out.waitingChanged();
    }
  }

  /** Goes on with what has begun, or begins what waits. */
  private void next() {
    SessionTurn turn = turns.peek();
    if (turn != null) {
      if (turn != latest) {
        tell(turn);
      }
      return;
    }
    SessionText text = texts.peek();
    while (text != null && text.hasWord() && turns.isEmpty()) {
      texts.remove();
      begin(text);
      text = texts.peek();
    }
    if (draining && turns.isEmpty()) {
      out.finished();
    }
  }

  private void begin(SessionText text) {
    try {
      begin(TurnRequest.feed(text.options().ofText()), text.options().base64(), text);
    } catch (ProblemException | VoicebusException why) {
      text.drop();
      tellError(ProblemMapping.of(why));
    }
  }

  @Override
  public void tellError(Problem problem) {
    JsonText data =
        JsonText.object()
            .put("kind", problem.type())
            .put("status", problem.status())
            .put("detail", problem.detail());
    out.answer(JsonText.object().put("event", "error").put("data", data));
  }

  // The connection.

  @Override
  public void drained() {
    SessionTurn turn = turns.peek();
    if (turn != null) {
      turn.drained();
    }
  }

  @Override
  public void stopping() {
    draining = true;
    if (turns.isEmpty()) {
      out.finished();
    }
  }

  /** A client whose connection is lost may come back to the turn that it hears. */
  @Override
  public void gone(@Nullable String why) {
    over = true;
    texts.forEach(SessionText::drop);
    texts.clear();
    SessionTurn heard = turns.peek();
    if (why == null && heard != null) {
      turns.remove(heard);
      if (heard.text() != null) {
        heard.text().breakOff(LOST);
      }
      heard.gone();
    }
    String reason = why == null ? "the client's connection was lost" : why;
    for (SessionTurn turn : List.copyOf(turns)) {
      turn.cancel(reason);
      turn.gone();
    }
  }
}
