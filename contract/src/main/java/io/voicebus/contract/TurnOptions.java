package io.voicebus.contract;

import java.util.List;

/**
 * What a caller may choose for one turn.
 *
 * @param voice an engine's voice, or empty for the default
 * @param conversation names what the turn belongs to, and remembers; empty for none
 * @param clauses whether the first chunk may be an early clause, instead of a whole sentence
 * @param pace how far the speech may run ahead of the listener
 * @param processing {@link #SEAMS} or {@link #NO_PROCESSING}; empty for what playback is set up for
 * @param pronunciations how words of this turn are said; they win over the chunker's own
 * @param language what the text is written in, as a two-letter code; empty for the chunker to find
 * @param mode where the text comes from
 * @param speed how fast to speak, in thousandths of the voice's own speed, {@link #LEAST_SPEED} to
 *     {@link #MOST_SPEED}; 0 for what the engine is set up for
 * @param words whether the turn's events tell when each word is spoken
 * @param expected the language of a text that shows none, such as "12:30", as a two-letter code:
 *     that of the conversation's last turn, or of the listener's own settings; empty if unknown.
 *     What the text shows comes before it, and nobody is told of it
 */
public record TurnOptions(
    String voice,
    String conversation,
    boolean clauses,
    Pace pace,
    String processing,
    List<Pronunciation> pronunciations,
    String language,
    TextMode mode,
    int speed,
    boolean words,
    String expected) {

  /** A quarter of a voice's own speed, and four times that: as OpenAI's API has it. */
  public static final int LEAST_SPEED = 250;

  public static final int MOST_SPEED = 4_000;

  /** Samples reach the listener as the engine made them. */
  public static final String NO_PROCESSING = "none";

  /** Pauses fit the text, and no seam between two pieces of speech is heard. */
  public static final String SEAMS = "seams";

  /** The default voice, no conversation, early clauses, real-time pace, and all as configured. */
  public static final TurnOptions DEFAULTS = new TurnOptions("", "", true, Pace.REALTIME, "");

  public TurnOptions {
    pronunciations = List.copyOf(pronunciations);
  }

  /** Without pronunciations, in a language that is to be found. */
  public TurnOptions(
      String voice, String conversation, boolean clauses, Pace pace, String processing) {
    this(voice, conversation, clauses, pace, processing, List.of(), "");
  }

  /** With a text that comes from where the node's text source takes it. */
  public TurnOptions(
      String voice,
      String conversation,
      boolean clauses,
      Pace pace,
      String processing,
      List<Pronunciation> pronunciations,
      String language) {
    this(
        voice,
        conversation,
        clauses,
        pace,
        processing,
        pronunciations,
        language,
        TextMode.AS_CONFIGURED,
        0,
        false);
  }

  /** Of a listener whose language nobody knows. */
  public TurnOptions(
      String voice,
      String conversation,
      boolean clauses,
      Pace pace,
      String processing,
      List<Pronunciation> pronunciations,
      String language,
      TextMode mode,
      int speed,
      boolean words) {
    this(
        voice,
        conversation,
        clauses,
        pace,
        processing,
        pronunciations,
        language,
        mode,
        speed,
        words,
        "");
  }

  /** Whether that is a {@code speed}. */
  public static boolean isSpeed(int speed) {
    return speed == 0 || (speed >= LEAST_SPEED && speed <= MOST_SPEED);
  }

  /** What is wrong with one that is not. */
  public static String speedFault() {
    return "speed is a number from 0.25 to 4, where 1 is the voice's own";
  }

  /** Whether that is a {@code processing}. */
  public static boolean isProcessing(String processing) {
    return processing.isEmpty() || processing.equals(SEAMS) || processing.equals(NO_PROCESSING);
  }

  /** What is wrong with one that is not. */
  public static String processingFault(String processing) {
    return "processing is '" + SEAMS + "' or '" + NO_PROCESSING + "', not '" + processing + "'";
  }

  public TurnOptions withProcessing(String other) {
    Copy copy = new Copy(this);
    copy.processing = other;
    return copy.made();
  }

  public TurnOptions withVoice(String other) {
    Copy copy = new Copy(this);
    copy.voice = other;
    return copy.made();
  }

  public TurnOptions withConversation(String other) {
    Copy copy = new Copy(this);
    copy.conversation = other;
    return copy.made();
  }

  public TurnOptions withPace(Pace other) {
    Copy copy = new Copy(this);
    copy.pace = other;
    return copy.made();
  }

  public TurnOptions withPronunciations(List<Pronunciation> others) {
    Copy copy = new Copy(this);
    copy.pronunciations = others;
    return copy.made();
  }

  public TurnOptions withLanguage(String other) {
    Copy copy = new Copy(this);
    copy.language = other;
    return copy.made();
  }

  public TurnOptions withMode(TextMode other) {
    Copy copy = new Copy(this);
    copy.mode = other;
    return copy.made();
  }

  public TurnOptions withSpeed(int other) {
    Copy copy = new Copy(this);
    copy.speed = other;
    return copy.made();
  }

  public TurnOptions withWords(boolean other) {
    Copy copy = new Copy(this);
    copy.words = other;
    return copy.made();
  }

  public TurnOptions withExpected(String other) {
    Copy copy = new Copy(this);
    copy.expected = other;
    return copy.made();
  }

  /** A copy of which one component is changed. */
  private static final class Copy {
    private String voice;
    private String conversation;
    private final boolean clauses;
    private Pace pace;
    private String processing;
    private List<Pronunciation> pronunciations;
    private String language;
    private TextMode mode;
    private int speed;
    private boolean words;
    private String expected;

    Copy(TurnOptions of) {
      voice = of.voice;
      conversation = of.conversation;
      clauses = of.clauses;
      pace = of.pace;
      processing = of.processing;
      pronunciations = of.pronunciations;
      language = of.language;
      mode = of.mode;
      speed = of.speed;
      words = of.words;
      expected = of.expected;
    }

    TurnOptions made() {
      return new TurnOptions(
          voice,
          conversation,
          clauses,
          pace,
          processing,
          pronunciations,
          language,
          mode,
          speed,
          words,
          expected);
    }
  }
}
