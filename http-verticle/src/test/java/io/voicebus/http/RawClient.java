package io.voicebus.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An HTTP client with nothing between the test and the socket. */
final class RawClient implements AutoCloseable {
  private final Socket socket = new Socket();
  private final InputStream in;
  private Map<String, String> headers = Map.of();
  private int status;
  private String asked = "";
  private String target = "";
  private long left;
  private boolean chunked;
  private boolean bodiless;

  RawClient(int port) throws IOException {
    this(port, 0);
  }

  /** A client whose kernel buffers little, so that it stops the flow when it does not read. */
  RawClient(int port, int receiveBufferBytes) throws IOException {
    if (receiveBufferBytes > 0) {
      socket.setReceiveBufferSize(receiveBufferBytes);
    }
    socket.setSoTimeout(10_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    in = new BufferedInputStream(socket.getInputStream());
  }

  RawClient send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.UTF_8));
  }

  RawClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    return this;
  }

  /** Sends a request's head: its first line, and header lines without their ends. */
  RawClient sendHead(String... lines) throws IOException {
    return send(String.join("\r\n", lines) + "\r\n\r\n");
  }

  /** Sends a whole request; {@code extra} are header lines, without their ends. */
  RawClient request(String method, String path, byte[] body, String... extra) throws IOException {
    bodiless = method.equals("HEAD");
    asked = method;
    target = path;
    StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
    boolean named = false;
    for (String line : extra) {
      named |= line.startsWith("Host:");
      head.append(line).append("\r\n");
    }
    if (!named) {
      head.append("Host: localhost\r\n");
    }
    if (body.length > 0) {
      head.append("Content-Length: ").append(body.length).append("\r\n");
    }
    send(head.append("\r\n").toString());
    return send(body);
  }

  /** Reads the answer's status and headers. */
  RawClient awaitHead() throws IOException {
    status = Integer.parseInt(line().split(" ", 3)[1]);
    headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      String[] parts = line.split(":", 2);
      headers.merge(
          parts[0].toLowerCase(Locale.ROOT), parts[1].trim(), (one, other) -> one + ", " + other);
    }
    chunked = header("transfer-encoding").equals("chunked");
    holdAgainstContract(null);
    left = chunked || bodiless ? 0 : Long.parseLong(headers.getOrDefault("content-length", "0"));
    return this;
  }

  int status() {
    return status;
  }

  /** A header's value, or an empty string. */
  String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  Map<String, String> headers() {
    return headers;
  }

  /** The next byte of the body; -1 at its proper end. */
  int read() throws IOException {
    if (left == 0) {
      if (!chunked) {
        return -1;
      }
      left = Long.parseLong(line(), 16);
      if (left == 0) {
        line();
        chunked = false;
        return -1;
      }
    }
    int next = one();
    if (--left == 0 && chunked) {
      line();
    }
    return next;
  }

  byte[] read(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      int next = read();
      if (next < 0) {
        throw new AssertionError("the body ended after " + i + " bytes");
      }
      bytes[i] = (byte) next;
    }
    return bytes;
  }

  /** The body up to its proper end; an {@link IOException} when it is cut. */
  byte[] readAll() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int next = read(); next >= 0; next = read()) {
      all.write(next);
    }
    return all.toByteArray();
  }

  String readText() throws IOException {
    String text = new String(readAll(), StandardCharsets.UTF_8);
    holdAgainstContract(text);
    return text;
  }

  /** Every answer in every test must be as the interface is described. */
  private void holdAgainstContract(@Nullable String body) {
    if (!asked.isEmpty()) {
      ApiContract.complaint(asked, target, status, header("content-type"), body)
          .ifPresent(
              why -> {
                throw new AssertionError(why);
              });
    }
  }

  /** The next binary message of a WebSocket, of less than 64 KiB; text messages are skipped. */
  byte[] readBinaryFrame() throws IOException {
    return readFrame(2);
  }

  /** The next text message, or the reason of a close frame. */
  String readTextOrReason() throws IOException {
    return new String(readFrame(1, 8), StandardCharsets.UTF_8);
  }

  /** The payload of the close frame. */
  byte[] readCloseFrame() throws IOException {
    return readFrame(8);
  }

  private byte[] readFrame(int... wanted) throws IOException {
    while (true) {
      int opcode = one() & 0x0F;
      int length = one();
      if (length == 126) {
        length = one() << 8 | one();
      }
      byte[] payload = in.readNBytes(length);
      if (Arrays.stream(wanted).anyMatch(one -> one == opcode)) {
        return payload;
      }
    }
  }

  /** What comes until the server closes the connection. */
  byte[] readUntilClosed() throws IOException {
    return in.readAllBytes();
  }

  /** The next event of an event stream, comments left out; empty at its end. */
  String readEvent() throws IOException {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    int last = 0;
    for (int next = read(); next >= 0; next = read()) {
      event.write(next);
      if (next == '\n' && last == '\n') {
        String text = event.toString(StandardCharsets.UTF_8);
        if (!text.startsWith(":")) {
          return text;
        }
        event.reset();
        last = 0;
      } else {
        last = next;
      }
    }
    return event.toString(StandardCharsets.UTF_8);
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = one(); next != '\n'; next = one()) {
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(StandardCharsets.UTF_8);
  }

  private int one() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new EOFException("the connection was closed in the middle of an answer");
    }
    return next;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
