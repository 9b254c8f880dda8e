package io.voicebus.wyoming;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.voicebus.bus.Failure;
import io.voicebus.bus.FailureKind;
import io.voicebus.bus.Stage;
import io.voicebus.bus.VoicebusException;
import io.voicebus.contract.EngineVoice;
import io.voicebus.contract.EngineVoices;
import io.voicebus.turn.TextFeed;
import io.voicebus.turn.TurnRequest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One client, whose texts a test speaks. */
class WyomingConnectionTest {
  private static final Failure NO_VOICE =
      new Failure(Stage.SPEECH, FailureKind.NOT_FOUND, "there is no voice 'nobody'");

  private final List<WyomingEvent> sent = new ArrayList<>();
  private final List<TurnRequest> asked = new ArrayList<>();
  private final List<String> cancelled = new ArrayList<>();
  private final StringBuilder fed = new StringBuilder();
  private @Nullable VoicebusException refusal;
  private boolean closed;
  private boolean reading = true;
  private boolean full;
  private boolean unread;
  private int resumed;
  private Runnable drained = () -> {};

  private final WyomingConnection connection =
      new WyomingConnection(
          new WyomingConnection.Wire() {
            @Override
            public void send(WyomingEvent event) {
              sent.add(event);
            }

            @Override
            public boolean full() {
              return unread;
            }

            @Override
            public void close() {
              closed = true;
            }

            @Override
            public void reading(boolean on) {
              reading = on;
            }
          },
          new WyomingConnection.Speaker() {
            @Override
            public WyomingConnection.Spoken start(TurnRequest request, WyomingConnection to) {
              asked.add(request);
              if (refusal != null) {
                throw refusal;
              }
              return new Spoken();
            }

            @Override
            public void describe(WyomingConnection asker) {
              asker.answer(WyomingInfo.of(List.of()));
            }
          });

  private final class Spoken implements WyomingConnection.Spoken, TextFeed {
    @Override
    public TextFeed feed() {
      return this;
    }

    @Override
    public void drained() {
      resumed++;
    }

    @Override
    public void cancel(String why) {
      cancelled.add(why);
    }

    @Override
    public void append(String text) {
      fed.append(text);
    }

    @Override
    public void flush() {
      fed.append('|');
    }

    @Override
    public void end() {
      fed.append('.');
    }

    @Override
    public void breakOff(Failure why) {}

    @Override
    public boolean isFull() {
      return full;
    }

    @Override
    public void drainHandler(Runnable handler) {
      drained = handler;
    }
  }

  private void says(String type, JsonObject data) {
    connection.accept(WyomingFrames.encode(new WyomingEvent(type, data)));
  }

  private void says(String type, String text) {
    says(type, new JsonObject().put("text", text));
  }

  private List<String> types() {
    return sent.stream().map(WyomingEvent::type).toList();
  }

  @Test
  void aVoiceAndALanguageAreTaken() {
    // when
    JsonObject voice = new JsonObject().put("name", "command/slt").put("language", "de_DE");
    says("synthesize", new JsonObject().put("text", "Hallo.").put("voice", voice));
    // then
    assertThat(asked.get(0).options().voice()).isEqualTo("command/slt");
    assertThat(asked.get(0).options().language()).isEqualTo("de");
  }

  @Test
  void theDefaultVoiceIsNoneThatIsNamed() {
    JsonObject voice = new JsonObject().put("name", "default").put("language", "?");
    says("synthesize", new JsonObject().put("text", "Hello.").put("voice", voice));
    assertThat(asked.get(0).options().voice()).isEmpty();
    assertThat(asked.get(0).options().language()).isEmpty();
  }

  @Test
  void aFailureIsToldAndTheConnectionCloses() {
    // given
    says("synthesize", "Hello.");
    // when
    connection.ended(NO_VOICE);
    // then
    assertThat(types()).containsExactly("error");
    assertThat(sent.get(0).data().getString("text")).isEqualTo("there is no voice 'nobody'");
    assertThat(sent.get(0).data().getString("code")).isEqualTo("not-found");
    assertThat(closed).isTrue();
  }

  @Test
  void aTextThatIsRefusedIsTold() {
    refusal = NO_VOICE.toException();
    says("synthesize", "Hello.");
    assertThat(types()).containsExactly("error");
    says("synthesize", "Hello?");
    assertThat(asked).hasSize(1);
  }

  @Test
  void aClientThatWritesFasterThanItIsSpokenIsNotRead() {
    // given
    says("synthesize-start", new JsonObject());
    // when
    full = true;
    says("synthesize-chunk", "very much");
    // then
    assertThat(reading).isFalse();
    full = false;
    drained.run();
    assertThat(reading).isTrue();
  }

  /** Answers that nobody reads would else pile up: they cost their client a line each. */
  @ParameterizedTest
  @ValueSource(strings = {"ping", "describe", "synthesize"})
  void aClientThatAsksAndDoesNotReadIsNotReadUntilItDoes(String question) {
    // given
    unread = true;
    // when
    says(question, " ");
    // then
    assertThat(sent).isNotEmpty();
    assertThat(reading).isFalse();
    // when
    unread = false;
    connection.drained();
    // then
    assertThat(reading).isTrue();
  }

  @Test
  void aClientThatIsNotReadForTwoReasonsIsReadWhenBothAreGone() {
    // given
    says("synthesize-start", new JsonObject());
    full = true;
    says("synthesize-chunk", "very much");
    unread = true;
    says("ping", "x");
    // when
    unread = false;
    connection.drained();
    // then
    assertThat(reading).isFalse();
    drained.run();
    assertThat(reading).isTrue();
  }

  @Test
  void audioGoesOnWhenTheClientHasReadWhatWaited() {
    says("synthesize", "One.");
    connection.drained();
    assertThat(resumed).isEqualTo(1);
    connection.ended(null);
    connection.drained();
    assertThat(resumed).isEqualTo(1);
  }

  @Test
  void piecesThatComeWhileAnotherTextIsSpokenAreKept() {
    // given
    says("synthesize", "One.");
    // when
    says("synthesize-start", new JsonObject());
    says("synthesize-chunk", "Tw");
    says("synthesize-chunk", "o");
    says("synthesize-stop", new JsonObject());
    assertThat(fed).isEmpty();
    connection.ended(null);
    // then
    assertThat(fed.toString()).isEqualTo("Two.");
    assertThat(asked.get(1).isFeed()).isTrue();
  }

  @Test
  void whoGoesCancelsWhatIsSpoken() {
    says("synthesize", "One.");
    says("synthesize", "Two.");
    connection.closed("gone");
    assertThat(cancelled).containsExactly("gone");
    connection.ended(null);
    assertThat(asked).hasSize(1);
    assertThat(sent).isEmpty();
  }

  @Test
  void tooManyTextsThatWaitAreRefused() {
    for (int i = 0; i <= WyomingConnection.MAX_WAITING; i++) {
      says("synthesize", "One.");
    }
    assertThat(closed).isFalse();
    says("synthesize", "One.");
    assertThat(types()).containsExactly("error");
    assertThat(cancelled).hasSize(1);
  }

  @Test
  void theVoicesOfAllEnginesThatCanBeUsedAreListedOnceForEachLanguage() {
    // when
    WyomingEvent info =
        WyomingInfo.of(
            List.of(
                new EngineVoices(
                    "embedded",
                    true,
                    "",
                    List.of(new EngineVoice("embedded/kevin16", "Kevin", "en"))),
                new EngineVoices("elevenlabs", true, "", List.of(new EngineVoice("x1", "Ann", ""))),
                new EngineVoices("openai", false, "no key", List.of())));
    // then
    List<String> voices =
        info.data().getJsonArray("tts").getJsonObject(0).getJsonArray("voices").stream()
            .map(voice -> (JsonObject) voice)
            .map(voice -> voice.getString("name") + voice.getJsonArray("languages").size())
            .toList();
    assertThat(voices.subList(0, 2)).containsExactly("default1", "embedded/kevin161");
    assertThat(voices.get(2)).startsWith("elevenlabs/x1").doesNotEndWith("x10");
  }

  @Test
  void whatIsEncodedIsReadAgainHoweverItIsCut() {
    // given
    WyomingEvent event =
        new WyomingEvent("audio-chunk", new JsonObject().put("rate", 8000), new byte[] {1, 10, 3});
    Buffer bytes = WyomingFrames.encode(event).appendBuffer(WyomingFrames.encode(event));
    // when
    WyomingFrames frames = new WyomingFrames();
    List<WyomingEvent> read = new ArrayList<>();
    for (int i = 0; i < bytes.length(); i++) {
      frames.accept(bytes.getBuffer(i, i + 1), read::add);
    }
    // then
    assertThat(read).hasSize(2);
    assertThat(read.get(1).payload()).containsExactly(1, 10, 3);
    assertThat(read.get(1).data().getInteger("rate")).isEqualTo(8000);
  }

  @Test
  void whatComesBeforeAFaultIsServedHoweverItIsCut() {
    // given
    Buffer bytes =
        WyomingFrames.encode(new WyomingEvent("ping", new JsonObject().put("text", "x")))
            .appendString("nonsense\n");
    // when
    connection.accept(bytes);
    // then
    assertThat(types()).containsExactly("pong", "error");
  }

  @Test
  void aLineThatIsTooLongIsRefusedEvenIfItsEndHasComeWithIt() {
    String line = "{\"type\":\"" + "x".repeat(WyomingFrames.MAX_LINE) + "\"}\n";
    connection.accept(Buffer.buffer(line));
    assertThat(types()).containsExactly("error");
  }

  /** The end of a line may never come in it. */
  @Test
  void aClientThatSpeaksTlsIsRefusedAtOnce() {
    connection.accept(Buffer.buffer(new byte[] {22, 3, 1, 2, 0}));
    assertThat(types()).containsExactly("error");
  }

  /** JSON can name it, UTF-8 cannot. */
  @Test
  void halfOfACharacterIsAnsweredWithAMarkInItsPlace() {
    connection.accept(Buffer.buffer("{\"type\":\"ping\",\"data\":{\"text\":\"a\\ud83d\"}}\n"));
    assertThat(types()).containsExactly("pong");
    assertThat(WyomingFrames.encode(sent.get(0)).toString()).contains("{\"text\":\"a?\"}");
  }

  /** A mark in place of what nobody can read would be spoken, or left out, without a word. */
  @Test
  void bytesThatAreNoUtf8AreRefused() {
    byte[] data = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xE9, '"', '}'};
    connection.accept(
        Buffer.buffer("{\"type\":\"synthesize\",\"data_length\":12}\n").appendBytes(data));
    assertThat(types()).containsExactly("error");
    assertThat(sent.get(0).data().getString("text"))
        .isEqualTo("an event is not UTF-8: byte 9 begins no valid character");
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"text\":42}",
        "{\"text\":[\"Hello.\"]}",
        "{\"text\":\"Hello.\",\"voice\":\"kevin16\"}",
        "{\"text\":\"Hello.\",\"voice\":{\"name\":16}}",
        "[\"Hello.\"]",
        "{\"text\":\"Hello \\ud83d.\"}"
      })
  void whatIsOfAnotherKindIsRefusedAndNotTakenForNothing(String data) {
    connection.accept(Buffer.buffer("{\"type\":\"synthesize\",\"data\":" + data + "}\n"));
    assertThat(types()).containsExactly("error");
    assertThat(asked).isEmpty();
  }

  @Test
  void aCharacterThatIsCutInTwoIsJoined() {
    says("synthesize-start", new JsonObject());
    connection.accept(chunk("Hi \\ud83d"));
    connection.accept(chunk("\\ude00 you"));
    says("synthesize-stop", new JsonObject());
    assertThat(fed.toString()).isEqualTo("Hi \ud83d\ude00 you.");
  }

  @Test
  void aTextThatEndsWithHalfACharacterIsRefused() {
    says("synthesize-start", new JsonObject());
    connection.accept(chunk("Hi \\ud83d"));
    says("synthesize-stop", new JsonObject());
    assertThat(types()).containsExactly("error");
    assertThat(sent.get(0).data().getString("text")).contains("half of a surrogate pair");
  }

  @Test
  void aChunkOrAStopWithoutAStartIsToldSinceItsClientWaits() {
    says("synthesize-stop", new JsonObject());
    assertThat(sent).extracting(WyomingEvent::type).containsExactly("error");
    assertThat(closed).isTrue();
    assertThat(asked).isEmpty();
  }

  private static Buffer chunk(String text) {
    return Buffer.buffer("{\"type\":\"synthesize-chunk\",\"data\":{\"text\":\"" + text + "\"}}\n");
  }

  @Test
  void blanksAreNoPieceOfTheText() {
    says("synthesize-start", new JsonObject());
    says("synthesize-chunk", " ");
    says("synthesize", "Good night");
    says("synthesize-stop", new JsonObject());
    assertThat(fed.toString()).isEqualTo(" Good night.");
  }
}
