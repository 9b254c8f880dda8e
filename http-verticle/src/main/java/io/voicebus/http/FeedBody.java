package io.voicebus.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.contract.Utf8Pieces;
import io.voicebus.http.door.ExpectedBody;
import io.voicebus.turn.TextFeed;

/**
 * Feeds a turn with a request's body while it arrives. The client is slowed down to the pace of the
 * turn, and may be silent for as long as it likes.
 */
final class FeedBody {
  private static final Failure EMPTY =
      new Failure(Stage.TEXT, FailureKind.INVALID_REQUEST, "the text is empty: send some");
  private static final Failure LOST =
      new Failure(Stage.TEXT, FailureKind.LOST, "the connection over which the text came was lost");

  private final HttpServerRequest request;
  private final TextFeed feed;
  private final Utf8Pieces text = new Utf8Pieces();
  private boolean blank = true;

  private FeedBody(HttpServerRequest request, TextFeed feed) {
    this.request = request;
    this.feed = feed;
  }

  /** To be called before anything asynchronous. */
  static void feed(HttpServerRequest request, TextFeed feed) {
    FeedBody body = new FeedBody(request, feed);
    request.handler(body::piece);
    request.endHandler(ignored -> body.end());
    request.exceptionHandler(lost -> feed.breakOff(LOST));
    feed.drainHandler(request::resume);
    ExpectedBody.meet(request);
  }

  private void piece(Buffer bytes) {
    append(text.accept(bytes.getBytes()));
    breakOffIfMalformed();
    if (feed.isFull()) {
      request.pause();
    }
  }

  private void append(String piece) {
    blank &= piece.isBlank();
    feed.append(piece);
  }

  private void breakOffIfMalformed() {
    if (text.isMalformed()) {
      feed.breakOff(
          new Failure(Stage.TEXT, FailureKind.INVALID_REQUEST, "the body is " + text.fault()));
    }
  }

  private void end() {
    text.end();
    breakOffIfMalformed();
    if (blank) {
      feed.breakOff(EMPTY);
    }
    feed.end();
  }
}
