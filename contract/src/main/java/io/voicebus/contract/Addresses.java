package io.voicebus.contract;

import io.voicebus.bus.NodePacket;
import java.util.List;

/** Every address of the event bus. The table in {@code docs/addresses.md} is made from it. */
public final class Addresses {
  private Addresses() {}

  /** How an address is used. */
  public enum Use {
    /** One of several competing instances answers, and becomes the stream's consumer. */
    OPEN,
    /** One instance only, for everything that is going on with it. */
    PRIVATE,
    /** Everybody who listens hears it. */
    PUBLISH
  }

  /**
   * One address.
   *
   * @param name on the event bus
   * @param payload what is sent to it
   * @param sender who sends
   * @param receiver who listens
   * @param use how
   */
  public record Address(String name, String payload, String sender, String receiver, Use use) {}

  /** Prompts for the text sources. */
  public static final String PROMPT = "voicebus.prompt";

  /** Texts for the chunkers. */
  public static final String TEXT = "voicebus.text";

  /** Turns for the playback instances. */
  public static final String PLAYOUT = "voicebus.playout";

  /** What conversations remember: told and asked. */
  public static final String CONVERSATION = "voicebus.conversation";

  /** Which engines and voices can be used? */
  public static final String VOICES = "voicebus.voices";

  /** Signs of life of the workers. */
  public static final String WORKERS = "voicebus.workers";

  /** Roll calls of the holders that start. */
  public static final String HOLDERS = "voicebus.holders";

  /** Who keeps copies of turns, has a turn whose owner is lost, or has a request to cancel? */
  public static final String COPIES = "voicebus.copies";

  /** Questions for all instances: who is there? */
  public static final String NODES = NodePacket.ADDRESS;

  private static final String INBOX = "voicebus.inbox.";

  /** All of them. */
  public static final List<Address> ALL =
      List.of(
          new Address(
              PROMPT,
              "link opened with `Prompt`; back: `TextDelta`, `AnswerReport`, `StageTiming`",
              "http, say, wyoming",
              "gemini",
              Use.OPEN),
          new Address(
              TEXT,
              "link opened with `TextOpen`, of `TextDelta`, `TextFlush`, `ChunkSpoken`, `ChunkSkipped`;"
                  + " back: `ChunkCaption`, `TextLength`, `StageTiming`",
              "http, say, wyoming",
              "chunker",
              Use.OPEN),
          new Address(
              PLAYOUT,
              "link opened with `PlayoutRequest`, of `ChunkCaption`, `TextLength`, `Position`,"
                  + " `ListenerAway`; back: `PlayoutFormat`, `PlayoutMark`, `ChunkAudio`, `WordMark`, `ChunkSpoken`,"
                  + " `ChunkSkipped`, `SpeechNotice`, `SpeechWait`, `Underrun`, `SpeechPiece`, `PlayoutBrokeOff`",
              "http, say, wyoming",
              "playback",
              Use.OPEN),
          new Address(
              CONVERSATION,
              "questions `Heard`, `TextBegun` and `ConversationAsk`; answer: `ConversationAnswer`",
              "http, say, wyoming",
              "gemini",
              Use.OPEN),
          new Address(
              VOICES,
              "question `VoicesAsk`; answer: `EngineVoices`",
              "http, wyoming",
              "tts",
              Use.OPEN),
          new Address(WORKERS, "`WorkerBeat`", "tts", "playback", Use.PUBLISH),
          new Address(HOLDERS, "`RollCall`", "playback", "tts", Use.PUBLISH),
          new Address(
              COPIES,
              "`CopyHolder`, `TurnSought`, `RequestCancelled`",
              "http",
              "http",
              Use.PUBLISH),
          new Address(NODES, "`WhoIsThere`", "http", "all", Use.PUBLISH),
          new Address(
              INBOX + "*",
              "links opened with `JobOffer` (to a worker, by playback; back: `Speaker`, `Frame`,"
                  + " `SpeechNotice`, `JobWaits`, `JobDone`), with `TurnListen`, and questions `TurnAsk` and `AudioAsk` (to a turn's owner, by"
                  + " http), or with `CopyOpen`, of `CopiedFacts` (to http, by a turn's owner; back: `CopyKept`);"
                  + " `Asked` (to the owner, by tts); `CopyHolder` and `TurnFound` (answers, between"
                  + " http); packets of links, of the work queue, and of who is there",
              "all",
              "one instance",
              Use.PRIVATE));
}
