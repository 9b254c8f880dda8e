package io.voicebus.launcher;

import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A client of the Wyoming protocol that does what Home Assistant does, over a real socket. */
final class WyomingClient implements AutoCloseable {
  /** Handed over, never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  record Event(String type, JsonObject data, byte[] payload) {}

  private final Socket socket;
  private final InputStream in;

  WyomingClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(20_000);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** As the client's library does: data behind the line. */
  WyomingClient send(String type, JsonObject data) throws IOException {
    byte[] bytes = data.isEmpty() ? new byte[0] : data.encode().getBytes(StandardCharsets.UTF_8);
    JsonObject head = new JsonObject().put("type", type).put("version", "1.8.0");
    if (bytes.length > 0) {
      head.put("data_length", bytes.length);
    }
    return sendBytes((head.encode() + "\n").getBytes(StandardCharsets.UTF_8)).sendBytes(bytes);
  }

  WyomingClient send(String type) throws IOException {
    return send(type, new JsonObject());
  }

  WyomingClient text(String type, String text) throws IOException {
    return send(type, new JsonObject().put("text", text));
  }

  WyomingClient sendBytes(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** The next event. */
  Event read() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = in.read(); b != '\n'; b = in.read()) {
      if (b < 0) {
        throw new IOException("closed after '" + line.toString(StandardCharsets.UTF_8) + "'");
      }
      line.write(b);
    }
    JsonObject head = new JsonObject(line.toString(StandardCharsets.UTF_8));
    JsonObject data = head.getJsonObject("data", new JsonObject());
    int dataLength = head.getInteger("data_length", 0);
    if (dataLength > 0) {
      data.mergeIn(new JsonObject(new String(in.readNBytes(dataLength), StandardCharsets.UTF_8)));
    }
    byte[] payload = in.readNBytes(head.getInteger("payload_length", 0));
    return new Event(head.getString("type"), data, payload);
  }

  /** All samples up to an event of this type. */
  byte[] audioUntil(String type) throws IOException {
    ByteArrayOutputStream pcm = new ByteArrayOutputStream();
    for (Event event = read(); !event.type().equals(type); event = read()) {
      if (event.type().equals("error")) {
        throw new IOException(event.data().encode());
      }
      pcm.writeBytes(event.payload());
    }
    return pcm.toByteArray();
  }

  boolean isClosed() throws IOException {
    return in.read() < 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
