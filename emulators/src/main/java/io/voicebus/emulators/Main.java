package io.voicebus.emulators;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.PrintStream;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All emulators in a process of their own, until it is told to stop. */
public final class Main {
  private static final int PATIENCE_SECONDS = 10;
  private static final int USAGE = 2;
  private static final int CANNOT_START = 5;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (List.of(arguments).contains("--help")) {
      System.out.print(MainOptions.help());
      return;
    }
    Vertx vertx = Vertx.vertx();
    try {
      run(vertx, new MainOptions(arguments), System.out);
    } catch (IllegalArgumentException e) {
      System.err.println("emulate: " + e.getMessage());
      System.exit(USAGE);
    } catch (ExecutionException | TimeoutException e) {
      String why = e.getCause() == null ? e.toString() : e.getCause().getMessage();
      System.err.println("emulate: cannot listen: " + why + "; choose other ports, see --help");
      System.exit(CANNOT_START);
    }
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  vertx.close().onComplete(closed -> stopped.countDown());
                  try {
                    if (stopped.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                      System.err.println("emulate: stopped");
                    }
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                },
                "emulators-stop"));
    stopped.await();
  }

  /** Starts all, and tells where they are. */
  private static void run(Vertx vertx, MainOptions options, PrintStream out)
      throws InterruptedException, ExecutionException, TimeoutException {
    GeminiEmulator gemini = await(GeminiEmulator.start(vertx, options.gemini()));
    ElevenEmulator eleven = await(ElevenEmulator.start(vertx, options.eleven()));
    OpenAiEmulator openAi = await(OpenAiEmulator.start(vertx, options.openAi()));
    String key = options.key();
    out.println("# Gemini      " + gemini.baseUrl());
    out.println("# ElevenLabs  " + eleven.baseUrl());
    out.println("# OpenAI      " + openAi.baseUrl());
    out.println("# For Voicebus, Gemini and ElevenLabs:");
    out.println("export GEMINI_API_KEY=" + key + " GEMINI_BASE_URL=" + gemini.baseUrl());
    out.println("export ELEVENLABS_API_KEY=" + key + " ELEVENLABS_BASE_URL=" + eleven.baseUrl());
    out.println("# or, OpenAI-compatible text and speech:");
    out.println(
        "# export VOICEBUS_SOURCE=openai OPENAI_MODEL=gpt-4o-mini OPENAI_API_KEY="
            + key
            + " OPENAI_BASE_URL="
            + openAi.baseUrl());
    out.println(
        "# export VOICEBUS_ENGINE=openai OPENAI_SPEECH_API_KEY="
            + key
            + " OPENAI_SPEECH_BASE_URL="
            + openAi.baseUrl());
    out.println("# then: ./voicebus ask \"Is anybody there?\" -o x.wav; Ctrl-C ends the emulators");
    out.flush();
  }

  private static <T> T await(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
