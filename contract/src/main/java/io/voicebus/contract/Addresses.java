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

  /** Questions for all instances: who is there? */
  public static final String NODES = NodePacket.ADDRESS;

  private static final String INBOX = "voicebus.inbox.";

  /** All of them. */
  public static final List<Address> ALL =
      List.of(
          new Address(
              PROMPT,
              "stream opened with `Prompt`, no items; lives as long as the turn",
              "http, say",
              "gemini",
              Use.OPEN),
          new Address(
              TEXT, "stream opened with `TextOpen`, of `TextDelta`", "gemini", "chunker", Use.OPEN),
          new Address(
              PLAYOUT,
              "stream opened with `PlayoutRequest`, of `PlayoutLength`, `SkipChunk`, `Position`",
              "http, say",
              "playback",
              Use.OPEN),
          new Address(
              CONVERSATION,
              "streams opened with `Heard` or `ConversationAsk`, no items; live until the answer",
              "http, say",
              "gemini",
              Use.OPEN),
          new Address(
              VOICES,
              "streams opened with `VoicesAsk`, no items; live until the answer has ended",
              "http",
              "tts",
              Use.OPEN),
          new Address(WORKERS, "`WorkerBeat`", "tts", "chunker", Use.PUBLISH),
          new Address(HOLDERS, "`RollCall`", "chunker", "tts", Use.PUBLISH),
          new Address(NODES, "`WhoIsThere`", "http", "all", Use.PUBLISH),
          new Address(
              INBOX + "*",
              "streams opened with `ReportOpen` (to the owner, by gemini, chunker and playback),"
                  + " `ConversationAnswer` (to the owner, by gemini), `VoicesAnswer`, of"
                  + " `EngineVoices` (to the asker, by tts), or `FramesOpen` (to playback, by tts);"
                  + " packets of streams and of the work queue",
              "all",
              "one instance",
              Use.PRIVATE));
}
