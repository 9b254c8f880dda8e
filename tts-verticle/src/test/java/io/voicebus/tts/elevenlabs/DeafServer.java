package io.voicebus.tts.elevenlabs;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.voicebus.tts.service.ServiceStage;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Opens WebSockets and then neither hears nor says anything, pongs included. */
final class DeafServer {
  private static final Pattern KEY = Pattern.compile("(?i)sec-websocket-key: *(\\S+)");
  private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

  private final NetServer server;
  private final LinkedBlockingQueue<Boolean> closed = new LinkedBlockingQueue<>();

  DeafServer(Vertx vertx) {
    server = vertx.createNetServer().connectHandler(this::accept);
    ServiceStage.await(server.listen(0, "127.0.0.1"));
  }

  String baseUrl() {
    return "http://127.0.0.1:" + server.actualPort();
  }

  /** Whether a client has closed its connection, within 20 s. */
  boolean left() throws InterruptedException {
    return closed.poll(20, TimeUnit.SECONDS) != null;
  }

  private void accept(NetSocket socket) {
    Buffer head = Buffer.buffer();
    socket.closeHandler(end -> closed.add(true));
    socket.handler(
        bytes -> {
          Matcher key = KEY.matcher(head.appendBuffer(bytes).toString());
          if (head.toString().endsWith("\r\n\r\n") && key.find()) {
            socket.handler(ignored -> {});
            socket.write(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: "
                    + accept(key.group(1))
                    + "\r\n\r\n");
          }
        });
  }

  private static String accept(String key) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-1")
              .digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
      return Base64.getEncoder().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
