package io.voicebus.launcher;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Optional;

/** Where the questions of a conversation come from, and where its answers are shown. */
interface ChatLines extends AutoCloseable {
  /** Waits for the next line; empty at the end of the conversation. */
  Optional<ChatLine> next() throws IOException;

  /** Whether Ctrl-C was the end. */
  boolean isInterrupted();

  /** Shows the question above its answer, unless the terminal shows it already. */
  void echo(String question);

  /** Where the answers go. */
  PrintWriter shown();

  @Override
  void close();
}
