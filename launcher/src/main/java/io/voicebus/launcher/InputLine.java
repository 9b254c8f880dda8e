package io.voicebus.launcher;

import io.voicebus.bus.FailureKind;
import java.io.BufferedWriter;
import java.io.IOError;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.DefaultParser;
import org.jline.reader.impl.LineReaderImpl;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.TerminalBuilder.SystemOutput;
import org.jline.utils.AttributedString;

/**
 * The input line of a terminal: it is edited below all that is printed meanwhile, and stays whole.
 * The last row of what is printed, which is not complete yet, is a part of the prompt. Lines are
 * read by one thread; any thread may print.
 */
final class InputLine implements ChatLines {
  private static final String PROMPT = "> ";

  /** What stands for a byte that means nothing. */
  private static final char REPLACEMENT = '\ufffd';

  /** There is no room in smaller ones, nor in those that do not tell their size. */
  private static final int LEAST_COLUMNS = 10;

  private static final int LEAST_ROWS = 3;

  /** Kept, since the log forgets the level of a logger that nobody has. */
  private static final Logger LIBRARY = Logger.getLogger("org.jline");

  private final org.jline.terminal.Terminal terminal;
  private final Editor editor;
  private final BooleanSupplier stopped;
  private final PrintWriter shown;
  private final PrintStream standardError = System.err;
  private final Thread reader = Thread.currentThread();
  private volatile boolean reading;
  private boolean interrupted;

  /**
   * The input line of a terminal.
   *
   * @param stopped is asked at Ctrl-C: stops the answer, and says whether there was one to stop
   */
  InputLine(org.jline.terminal.Terminal terminal, BooleanSupplier stopped) {
    this.terminal = terminal;
    this.stopped = stopped;
    editor = new Editor();
    shown = new PrintWriter(new BufferedWriter(new Above()));
    terminal.handle(Signal.INT, this::interrupt);
    // What is logged would be written into the line.
    System.setErr(new PrintStream(new AboveBytes(), true, StandardCharsets.UTF_8));
  }

  /** The one of this process's terminal; empty where it has none, or none that can do this. */
  static Optional<InputLine> ofThisTerminal(BooleanSupplier stopped) {
    if (!Terminal.isStandardInput() || !Terminal.isStandardError()) {
      return Optional.empty();
    }
    LIBRARY.setLevel(Level.OFF);
    try {
      org.jline.terminal.Terminal terminal =
          TerminalBuilder.builder()
              .name("voicebus")
              .provider(TerminalBuilder.PROP_PROVIDER_EXEC)
              .dumb(false)
              .devTty(false)
              .systemOutput(SystemOutput.SysErr)
              .encoding(StandardCharsets.UTF_8)
              .stdinEncoding(StandardCharsets.UTF_8)
              .stderrEncoding(StandardCharsets.UTF_8)
              .graphemeCluster(false)
              .build();
      Size size = terminal.getSize();
      if (terminal.getType().startsWith(org.jline.terminal.Terminal.TYPE_DUMB)
          || size.getColumns() < LEAST_COLUMNS
          || size.getRows() < LEAST_ROWS) {
        terminal.close();
        return Optional.empty();
      }
      return Optional.of(new InputLine(terminal, stopped));
    } catch (IOException | IllegalStateException e) {
      return Optional.empty(); // without stty, or on another system
    }
  }

  @Override
  public Optional<ChatLine> next() {
    reading = true;
    while (true) {
      try {
        String line = editor.readLine();
        boolean broken = line.indexOf(REPLACEMENT) >= 0;
        return Optional.of(new ChatLine(line, broken ? "not UTF-8" : ""));
      } catch (UserInterruptException e) {
        if (e.getPartialLine().isEmpty()) {
          Thread.interrupted(); // by another Ctrl-C
          interrupted = true;
          return Optional.empty();
        }
        // As in a shell: what was typed is discarded.
      } catch (EndOfFileException | IOError e) {
        return Optional.empty(); // or the terminal has gone
      }
    }
  }

  @Override
  public boolean isInterrupted() {
    return interrupted;
  }

  /** Also while a line is read, where the library would give the line up. */
  private void interrupt(Signal signal) {
    if (!reading) {
      Signals.end(ExitCodes.of(FailureKind.CANCELLED));
    } else if (!stopped.getAsBoolean()) {
      reader.interrupt();
    }
  }

  @Override
  public void echo(String question) {
    shown.println(PROMPT + TerminalText.of(question));
    shown.flush();
  }

  @Override
  public PrintWriter shown() {
    return shown;
  }

  /** Gives the terminal back as it was; from any thread, also while a line is read. */
  @Override
  public void close() {
    shown.flush();
    editor.finish();
    System.setErr(standardError);
    try {
      terminal.close();
    } catch (IOException e) {
      // It goes with the process.
    }
  }

  /** The library's editor, with what is printed above the line. */
  private final class Editor extends LineReaderImpl {
    /** Guarded by the editor's lock. */
    private final TerminalRows rows = new TerminalRows();

    /** Guarded by the editor's lock. */
    private boolean closed;

    Editor() {
      super(InputLine.this.terminal, "voicebus", null);
      // A question is no command line: it has neither quotes, escapes nor expansions.
      DefaultParser words = new DefaultParser();
      words.setQuoteChars(new char[0]);
      words.setEscapeChars(new char[0]);
      setParser(words);
      setOpt(Option.DISABLE_EVENT_EXPANSION);
      setOpt(Option.ERASE_LINE_ON_FINISH);
      getWidgets().put(LineReader.CALLBACK_INIT, this::begun);
    }

    /** With the lock, before the line is drawn. */
    private boolean begun() {
      terminal.handle(Signal.INT, InputLine.this::interrupt);
      makeSignals();
      updatePrompt();
      return true;
    }

    /** Of Ctrl-C and Ctrl-Z: the library takes them for keys, and gives the line up at Ctrl-C. */
    private void makeSignals() {
      Attributes raw = terminal.getAttributes();
      raw.setLocalFlag(LocalFlag.ISIG, true);
      terminal.setAttributes(raw);
    }

    @Override
    protected void handleSignal(Signal signal) {
      super.handleSignal(signal);
      if (signal == Signal.CONT) {
        makeSignals();
      }
    }

    private void updatePrompt() {
      String row = rows.unfinished();
      prompt = new AttributedString(row.isEmpty() ? PROMPT : row + "\n" + PROMPT);
    }

    void print(String text) {
      lock.lock();
      try {
        List<String> complete = rows.accept(text, columns());
        updatePrompt();
        if (!complete.isEmpty()) {
          printAbove(String.join("\n", complete));
        } else if (reading) {
          redisplay();
        }
      } catch (IllegalStateException e) {
        // The library has closed the terminal, since the process is ending.
        if (!closed) {
          closed = true;
          standardError.println();
        }
        standardError.print(text);
        standardError.flush();
      } finally {
        lock.unlock();
      }
    }

    /** Of the size that is kept: to ask the terminal would take a process for each piece. */
    private int columns() {
      return Math.max(LEAST_COLUMNS, size.getColumns()) - 1;
    }

    /** Ends the row that has begun, and takes the line away. */
    void finish() {
      lock.lock();
      try {
        if (!rows.unfinished().isEmpty()) {
          print("\n");
        }
        if (reading && !closed) {
          reading = false;
          display.update(List.of(), 0);
        }
      } catch (IllegalStateException e) {
        // It is closed already.
      } finally {
        lock.unlock();
      }
    }
  }

  private final class Above extends Writer {
    @Override
    public void write(char[] text, int from, int length) {
      editor.print(new String(text, from, length));
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Whole texts, as a log writes them. */
  private final class AboveBytes extends OutputStream {
    @Override
    public void write(int one) {
      write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      editor.print(new String(bytes, from, length, StandardCharsets.UTF_8));
    }
  }
}
