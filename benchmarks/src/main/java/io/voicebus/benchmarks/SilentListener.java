package io.voicebus.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A client that asks for speech, reads the status of the answer, and then nothing more. */
final class SilentListener implements AutoCloseable {
  private static final int BUFFER_BYTES = 4_096;
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  private final Socket socket = new Socket();
  private int status;

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
  }

  /** The status of its answer; 0 while there is none, -1 if the connection is lost. */
  int status() {
    try {
      InputStream in = socket.getInputStream();
      if (status == 0 && in.available() >= STATUS_AT + 3) {
        String line = new String(in.readNBytes(STATUS_AT + 3), StandardCharsets.US_ASCII);
        status = Integer.parseInt(line.substring(STATUS_AT));
      }
    } catch (IOException e) {
      status = -1;
    }
    return status;
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      status = -1;
    }
  }
}
