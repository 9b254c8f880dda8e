package io.voicebus.launcher;

import io.vertx.core.Context;
import io.voicebus.contract.Utf8Pieces;
import io.voicebus.mcp.McpSession;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;

/**
 * MCP's transport over standard input and output: each line is a message. (The SDK's own ends with
 * the first line that is none, and leaves unanswered what is under way at the end of the input.)
 */
final class McpMessages {
  /** The longest line: a text of 2 MiB, each byte of it written as six. */
  static final int MAX_LINE_BYTES = 13 * 1024 * 1024;

  /** Requests that a client may have under way: one more is not read. */
  private static final int MAX_UNDER_WAY = 64;

  private final InputStream in;
  private final OutputStream out;
  private final Context context;
  private final McpSession session;
  private final Semaphore room = new Semaphore(MAX_UNDER_WAY);
  private final ExecutorService writer =
      Executors.newSingleThreadExecutor(task -> new Thread(task, "voicebus-mcp-out"));
  private volatile boolean broken;

  McpMessages(InputStream in, OutputStream out, Context context, McpSession session) {
    this.in = in;
    this.out = out;
    this.context = context;
    this.session = session;
  }

  /**
   * Reads until the end of the input, and until all that was asked is answered; or until nobody
   * reads the answers.
   */
  void run() throws InterruptedException {
    try (InputStream lines = new BufferedInputStream(in)) {
      byte[] line = line(lines);
      while (!broken && line.length > 0) {
        take(line);
        line = line(lines);
      }
    } catch (IOException e) {
      // As at its end.
    }
    room.acquire(MAX_UNDER_WAY);
    writer.shutdown();
  }

  private void take(byte[] line) throws InterruptedException {
    Utf8Pieces text = new Utf8Pieces();
    String message = text.accept(line);
    text.end();
    if (line.length > MAX_LINE_BYTES) {
      refuse("a message has at most " + MAX_LINE_BYTES + " bytes: send a long text in parts");
    } else if (text.isMalformed()) {
      refuse("this line is " + text.fault());
    } else if (!message.isBlank()) {
      room.acquire();
      context.runOnContext(ignored -> handle(message));
    }
  }

  /** Its id is not known: what cannot be read whole is not guessed. */
  private void refuse(String why) throws InterruptedException {
    room.acquire();
    writer.execute(() -> write(McpSession.Answer.unreadable(why).json()));
  }

  private void handle(String message) {
    session
        .handle(message)
        .onComplete(
            answer -> {
              if (answer.failed() || answer.result().json().isEmpty()) {
                room.release();
              } else {
                writer.execute(() -> write(answer.result().json()));
              }
            });
  }

  private void write(String json) {
    try {
      out.write((json + "\n").getBytes(StandardCharsets.UTF_8));
      out.flush();
    } catch (IOException nobodyReads) {
      broken = true;
    } finally {
      room.release();
    }
  }

  /** The next line with its end, a longer one by a byte too long; empty at the end of the input. */
  private static byte[] line(InputStream lines) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    int next;
    while ((next = lines.read()) >= 0) {
      if (line.size() <= MAX_LINE_BYTES) {
        line.write(next);
      }
      if (next == '\n') {
        break;
      }
    }
    return line.toByteArray();
  }
}
