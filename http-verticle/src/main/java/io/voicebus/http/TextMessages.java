package io.voicebus.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.WebSocketFrame;
import io.voicebus.contract.Utf8Pieces;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A socket's text messages. Vert.x puts a replacement character for what is not UTF-8, which would
 * be spoken, or looked for as a voice, without a word. NOT thread safe.
 */
final class TextMessages {
  private static final char REPLACEMENT = '\uFFFD';

  private final Consumer<String> onText;
  private final Consumer<String> onFault;

  /** Those frames of a message that came before its last one. */
  private Buffer before = Buffer.buffer();

  /** The message so far, until its last frame has come. */
  private @Nullable String whole;

  private TextMessages(Consumer<String> onText, Consumer<String> onFault) {
    this.onText = onText;
    this.onFault = onFault;
  }

  /**
   * Reads them.
   *
   * @param onText is told each
   * @param onFault is told what is wrong with one that is not UTF-8
   */
  static void read(ServerWebSocket socket, Consumer<String> onText, Consumer<String> onFault) {
    TextMessages messages = new TextMessages(onText, onFault);
    // Vert.x tells of a message, and then of its last frame.
    socket.textMessageHandler(text -> messages.whole = text);
    socket.frameHandler(messages::frame);
  }

  private void frame(WebSocketFrame frame) {
    if (!frame.isText() && !frame.isContinuation()) {
      return;
    }
    if (!frame.isFinal()) {
      before.appendBuffer(frame.binaryData());
      return;
    }
    String text = whole;
    Buffer bytes = before;
    whole = null;
    before = Buffer.buffer();
    if (text == null) {
      return; // a message of bytes, or one that is too long
    }
    if (text.indexOf(REPLACEMENT) >= 0) {
      Utf8Pieces pieces = new Utf8Pieces();
      pieces.accept(bytes.appendBuffer(frame.binaryData()).getBytes());
      pieces.end();
      if (pieces.isMalformed()) {
        onFault.accept("the message is " + pieces.fault());
        return;
      }
    }
    onText.accept(text);
  }
}
