package io.voicebus.turn;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.voicebus.bus.Bus;
import io.voicebus.bus.BusReadStream;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Inbox;
import io.voicebus.bus.Limits;
import io.voicebus.bus.Message;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.Addresses;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.contract.VoicesAnswer;
import io.voicebus.contract.VoicesAsk;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks a speech worker which engines and voices can be used. Any worker may answer, for the
 * settings that it has. Bound to its inbox's context, which has one of these at most.
 */
public final class Voices {
  /** How long an answer may take; the worker gives its engines less, and then says so. */
  public static final Duration TIMEOUT = Duration.ofSeconds(8);

  /** The items of one answer, each of {@link Limits#MAX_ITEM} at most. */
  public static final int MAX_ITEMS = 512;

  private static final Failure ANSWERED =
      new Failure(Stage.OWNER, FailureKind.CANCELLED, "the question was answered");

  private final Inbox inbox;
  private final Map<Long, Promise<List<EngineVoices>>> waiting = new HashMap<>();
  private long numbers;

  /** Asks from this inbox. */
  public Voices(Inbox inbox) {
    this.inbox = inbox;
    inbox.<VoicesAnswer, EngineVoices>onOpen(VoicesAnswer.class, this::onAnswer);
  }

  private void onAnswer(VoicesAnswer answer, BusReadStream<EngineVoices> stream) {
    Promise<List<EngineVoices>> asked = waiting.get(answer.number());
    if (asked == null) {
      throw new VoicebusException(Stage.OWNER, FailureKind.CANCELLED, "nobody asks any more");
    }
    List<EngineVoices> all = new ArrayList<>();
    stream.handler(
        part -> {
          if (all.size() < MAX_ITEMS) {
            all.add(part);
          }
        });
    stream.exceptionHandler(asked::tryFail);
    stream.endHandler(ignored -> asked.tryComplete(joined(all)));
  }

  /** Each engine once. */
  private static List<EngineVoices> joined(List<EngineVoices> parts) {
    List<EngineVoices> whole = new ArrayList<>();
    for (EngineVoices part : parts) {
      int last = whole.size() - 1;
      if (last >= 0 && whole.get(last).engine().equals(part.engine())) {
        List<EngineVoice> voices = new ArrayList<>(whole.get(last).voices());
        voices.addAll(part.voices());
        whole.set(last, new EngineVoices(part.engine(), part.usable(), part.reason(), voices));
      } else {
        whole.add(part);
      }
    }
    return List.copyOf(whole);
  }

  /**
   * What each engine offers.
   *
   * @return fails with a {@link VoicebusException} when no worker answers within {@link #TIMEOUT}
   */
  public Future<List<EngineVoices>> ask() {
    long number = numbers++;
    Promise<List<EngineVoices>> answer = Promise.promise();
    waiting.put(number, answer);
    Bus.Timer timer =
        inbox.after(
            TIMEOUT.toNanos(),
            () ->
                answer.tryFail(
                    new VoicebusException(
                        Stage.SPEECH,
                        FailureKind.TIMEOUT,
                        "the speech worker that was asked does not answer: ask again")));
    answer
        .future()
        .onComplete(
            done -> {
              timer.cancel();
              waiting.remove(number);
            });
    inbox
        .<Message>open(Addresses.VOICES, new VoicesAsk(number))
        .onFailure(answer::tryFail)
        .onSuccess(
            stream -> {
              stream.exceptionHandler(answer::tryFail);
              answer.future().onComplete(done -> stream.fail(ANSWERED));
            });
    return answer.future();
  }
}
