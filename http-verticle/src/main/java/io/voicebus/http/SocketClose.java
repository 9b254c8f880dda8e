package io.voicebus.http;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.voicebus.bus.Failure;
import io.voicebus.http.wire.Problem;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.ProblemMapping;
import org.jspecify.annotations.Nullable;

/**
 * Why a listener's socket is closed. A turn that does not finish closes it with 4000 and the HTTP
 * status of its failure, so that the two interfaces tell the same.
 *
 * @param code of the close frame
 * @param reason at most 123 bytes
 */
record SocketClose(int code, String reason) {
  static final int FINISHED = 1000;
  static final int PROTOCOL_ERROR = 1002;
  static final int NOT_TEXT = 1003;
  static final int ABNORMAL = 1006;
  static final int POLICY = 1008;
  static final int TOO_BIG = 1009;

  /** Added to an HTTP status. */
  static final int STATUS = 4000;

  static final SocketClose BINARY = new SocketClose(NOT_TEXT, "send text frames with JSON");
  static final SocketClose TOO_LONG =
      new SocketClose(TOO_BIG, "a message has at most " + SocketCommand.MAX_BYTES + " bytes");
  static final SocketClose LONG_SESSION_MESSAGE =
      new SocketClose(
          TOO_BIG,
          "a message has at most " + SessionMessage.MAX_BYTES + " bytes: send a text in pieces");

  /** RFC 6455, section 7.4.1. */
  static final SocketClose STOPPING = new SocketClose(1001, "Voicebus is stopping");

  static final SocketClose MALFORMED =
      new SocketClose(PROTOCOL_ERROR, "the frames are not those of a WebSocket");
  static final SocketClose HAS_LISTENER =
      new SocketClose(STATUS + 409, "the turn has a listener already");

  /** The listener may come back at once, and goes on where it is. */
  static final SocketClose LOST =
      new SocketClose(STATUS + 503, "the turn's server was lost: come back with what you have");

  static final SocketClose NO_RESUME =
      new SocketClose(POLICY, "the turn was under way: say first with 'resume' what you have");

  /** For a turn that is over; null for one that finished. */
  static SocketClose of(@Nullable Failure failure) {
    if (failure == null) {
      return new SocketClose(FINISHED, "finished");
    }
    return new SocketClose(
        STATUS + ProblemMapping.status(failure.kind()), ProblemMapping.dashed(failure.kind()));
  }

  /**
   * For what Vert.x tells of a connection: a message that is too long, frames that are none, or a
   * connection that was lost, which is nobody's fault: the close handler comes after it.
   *
   * @param tooLong for a message that is
   * @return null for a connection that was lost
   */
  static @Nullable SocketClose broken(Throwable why, SocketClose tooLong) {
    if (why instanceof TooLongFrameException || why instanceof IllegalStateException) {
      return tooLong;
    } else if (why instanceof CorruptedWebSocketFrameException corrupted) {
      return corrupted.closeStatus().code() == TOO_BIG ? tooLong : MALFORMED;
    }
    return why instanceof DecoderException ? MALFORMED : null;
  }

  /** For a listener that cannot go on. */
  static SocketClose of(Problem problem) {
    return new SocketClose(STATUS + problem.status(), printable(problem.detail()));
  }

  /** Whether that is of a close frame; null or 1006 (RFC 6455, section 7.4.1) is of none. */
  static boolean isFrame(@Nullable Short code) {
    return code != null && code != ABNORMAL;
  }

  /** For a message that cannot be understood. */
  static SocketClose misunderstood(ProblemException why) {
    String detail = why.problem().detail();
    return new SocketClose(POLICY, printable(detail));
  }

  /** One byte a character, so that its length is known; a close frame has little room. */
  static String printable(String text) {
    StringBuilder ascii = new StringBuilder();
    text.chars().limit(120).forEach(c -> ascii.append(c >= ' ' && c <= '~' ? (char) c : '?'));
    return ascii.toString();
  }
}
