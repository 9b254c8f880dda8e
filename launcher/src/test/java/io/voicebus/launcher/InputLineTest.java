package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal.Signal;
import org.jline.utils.ScreenTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Isolated;

/** The input line at a terminal whose screen is read. */
@Timeout(60)
@Isolated("it takes what the process writes")
class InputLineTest {
  private static final int COLUMNS = 40;
  private static final int ROWS = 12;
  private static final String CTRL_C = "\u0003";
  private static final String CTRL_D = "\u0004";

  private final AtomicBoolean answering = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();
  private ScreenTerminal.VirtualTerminal virtual;

  @BeforeEach
  void switchOn() throws IOException {
    virtual = ScreenTerminal.withTerminal("test", "xterm", COLUMNS, ROWS);
  }

  @AfterEach
  void switchOff() throws IOException {
    virtual.terminal().close();
  }

  /** What a person sees, without what is blank at the ends. */
  private String screen() {
    long[] cells = new long[COLUMNS * ROWS];
    virtual.screen().dump(cells, new int[2]);
    StringBuilder text = new StringBuilder();
    for (int row = 0; row < ROWS; row++) {
      StringBuilder line = new StringBuilder();
      for (int column = 0; column < COLUMNS; column++) {
        int character = ScreenTerminal.cellCodePoint(cells[row * COLUMNS + column]);
        line.appendCodePoint(character == 0 ? ' ' : character);
      }
      text.append(line.toString().stripTrailing()).append('\n');
    }
    return text.toString().strip();
  }

  private void awaitScreen(String... lines) {
    String wanted = String.join("\n", lines);
    while (!screen().equals(wanted)) {
      if (Thread.currentThread().isInterrupted()) { // by the time-out
        throw new AssertionError("not '" + wanted + "' but '" + screen() + "'");
      }
      Thread.onSpinWait();
    }
  }

  private void type(String keys) throws IOException {
    virtual.terminal().processInputBytes(keys.getBytes(StandardCharsets.UTF_8));
  }

  /** Reads on a thread of its own, which is who may read. */
  private CompletableFuture<Optional<ChatLine>> reading(CompletableFuture<InputLine> line) {
    CompletableFuture<Optional<ChatLine>> read = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              InputLine made =
                  new InputLine(
                      virtual.terminal(),
                      () -> {
                        asked.incrementAndGet();
                        return answering.getAndSet(false);
                      });
              line.complete(made);
              read.complete(made.next());
            });
    thread.setDaemon(true);
    thread.start();
    return read;
  }

  private static void print(InputLine line, String text) {
    line.shown().print(text);
    line.shown().flush();
  }

  @Test
  void whatIsTypedStaysWholeBelowTheAnswerThatIsPrintedMeanwhile() throws Exception {
    // given
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    InputLine line = made.get();
    // when: they take turns
    print(line, "Light is scat");
    awaitScreen("Light is scat", ">");
    type("half a qu");
    awaitScreen("Light is scat", "> half a qu");
    print(line, "tered by the air, and blue light 50% more. ");
    type("estion");
    print(line, "Next.\nvoicebus: end\n");
    // then
    awaitScreen(
        "Light is scattered by the air, and blue",
        "light 50% more. Next.",
        "voicebus: end",
        "> half a question");
    // when
    type("\r");
    // then: it is on the screen where its answer begins, and not twice
    assertThat(read.get()).contains(new ChatLine("half a question"));
    line.echo("half a question");
    awaitScreen(
        "Light is scattered by the air, and blue",
        "light 50% more. Next.",
        "voicebus: end",
        "> half a question");
    line.close();
  }

  @Test
  void ctrlCStopsTheAnswerAndLeavesWhatWasTyped() throws Exception {
    // given
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    answering.set(true);
    type("kept");
    awaitScreen("> kept");
    // and: a shell has stopped the process, and let it go on
    virtual.terminal().raise(Signal.CONT);
    // when
    type(CTRL_C);
    type("!\r");
    // then
    assertThat(read.get()).contains(new ChatLine("kept!"));
    assertThat(asked).hasValue(1);
    assertThat(made.get().isInterrupted()).isFalse();
  }

  @Test
  void ctrlCDiscardsWhatWasTypedAndThenEnds() throws Exception {
    // given
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    type("not this");
    awaitScreen("> not this");
    // when
    type(CTRL_C);
    // then
    awaitScreen(">");
    assertThat(read).isNotDone();
    // when
    type(CTRL_C);
    // then
    assertThat(read.get()).isEmpty();
    assertThat(made.get().isInterrupted()).isTrue();
  }

  @Test
  void ctrlDEnds() throws Exception {
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    type(CTRL_D);
    assertThat(read.get()).isEmpty();
    assertThat(made.get().isInterrupted()).isFalse();
  }

  /** A shell would take some of these for its own, and for those before. */
  @Test
  void aQuestionIsTakenAsItIs() throws Exception {
    // given
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    type("Hello!\r");
    assertThat(read.get()).contains(new ChatLine("Hello!"));
    CompletableFuture<Optional<ChatLine>> next =
        CompletableFuture.supplyAsync(() -> made.join().next());
    awaitScreen(">");
    // when
    String question = "!! \"50% \\ 'it\" \u00fcber #1 $HOME?";
    type(question + "\r");
    // then
    assertThat(next.get()).contains(new ChatLine(question));
  }

  @Test
  void linesThatArePastedAreOneQuestion() throws Exception {
    CompletableFuture<Optional<ChatLine>> read = reading(new CompletableFuture<>());
    awaitScreen(">");
    type("\u001b[200~One,\rtwo,\rthree.\u001b[201~");
    awaitScreen("> One,", "> two,", "> three.");
    assertThat(read).isNotDone();
    type("\r");
    assertThat(read.get()).contains(new ChatLine("One,\ntwo,\nthree."));
  }

  @Test
  void aLineThatIsNotUtf8IsToldSo() throws Exception {
    CompletableFuture<Optional<ChatLine>> read = reading(new CompletableFuture<>());
    awaitScreen(">");
    virtual.terminal().processInputBytes(new byte[] {'G', 'r', (byte) 0xfc, '?', '\r'});
    assertThat(read.get().orElseThrow().fault()).isEqualTo("not UTF-8");
  }

  @Test
  void aTerminalThatGetsNarrowerLosesNothing() throws Exception {
    // given
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    // when
    virtual.terminal().setSize(Size.of(20, ROWS));
    virtual.terminal().raise(Signal.WINCH);
    print(made.get(), "Light is scattered by the air.");
    type("a question\r");
    // then
    assertThat(read.get()).contains(new ChatLine("a question"));
    print(made.get(), "\n");
    assertThat(screen()).contains("Light is scattered\nby the air.");
  }

  /** The library closes the terminal when the process ends, and what happens then is told. */
  @Test
  void whatIsPrintedOnceTheTerminalIsClosedGoesToStandardError() throws Exception {
    // given
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    CompletableFuture<Optional<ChatLine>> read = reading(made);
    awaitScreen(">");
    virtual.terminal().close();
    // when
    print(made.get(), "voicebus: stopped\n");
    made.get().close();
    // then: no exception
    read.cancel(true);
  }

  @Test
  void whatTheProcessLogsGoesAboveTheLine() throws Exception {
    CompletableFuture<InputLine> made = new CompletableFuture<>();
    reading(made);
    awaitScreen(">");
    type("half");
    System.err.println("a warning");
    awaitScreen("a warning", "> half");
    made.get().close();
    type(CTRL_C);
  }
}
