package io.voicebus.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A client that asks for speech, reads the status of the answer, and then nothing more. */
final class SilentListener implements AutoCloseable {
  private static final int BUFFER_BYTES = 4_096;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final Socket socket = new Socket();
  private final CompletableFuture<Integer> status = new CompletableFuture<>();

  SilentListener(URI server, String prompt) throws IOException {
    byte[] text = prompt.getBytes(StandardCharsets.UTF_8);
    socket.setReceiveBufferSize(BUFFER_BYTES);
    socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
    String head =
        "POST /v1/speak HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nContent-Type: text/plain\r\nContent-Length: "
            + text.length
            + "\r\n\r\n";
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(text);
    socket.getOutputStream().flush();
    Thread reader = new Thread(this::read, "silent-listener");
    reader.setDaemon(true);
    reader.start();
  }

  private void read() {
    try {
      byte[] line = socket.getInputStream().readNBytes(STATUS_AT + 3);
      status.complete(
          Integer.parseInt(
              new String(line, STATUS_AT, line.length - STATUS_AT, StandardCharsets.US_ASCII)));
    } catch (IOException | RuntimeException e) {
      status.complete(-1);
    }
  }

  /** The status of its answer, once there is one; -1 if the connection is lost. */
  CompletableFuture<Integer> status() {
    return status;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      status.complete(-1);
    }
  }
}
