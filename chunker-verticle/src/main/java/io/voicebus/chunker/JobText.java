package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.chunker.spoken.SpokenForms;
import io.voicebus.contract.Pronunciation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What a voice is given of a chunk: words of the user's dictionary as they are said, and numbers
 * and signs written out where the language has them. The caption keeps the chunk's own text; a job
 * that is taken up again goes on within the job's text, so that nothing must be mapped back. Not
 * thread-safe, but for {@link #warmUp}.
 */
final class JobText {
  /** Text that has grown beyond this is given as it was, in UTF-16 units: a wall of digits. */
  private static final int MAX_CHARS = 8_000;

  private final boolean spellOut;
  private final Pronunciations pronunciations;
  private final String told;
  private final Map<String, SpokenForms> forms;
  private final TurnLanguage language;
  private String lastLanguage;

  /**
   * For all turns of one chunker.
   *
   * @param spellOut whether numbers and signs are written out; not where the engine does it
   * @param language what all turns are written in, as a two-letter code; empty if that is to be
   *     found in each
   */
  JobText(boolean spellOut, Pronunciations pronunciations, String language) {
    this(spellOut, pronunciations, language, "", new ConcurrentHashMap<>());
  }

  private JobText(
      boolean spellOut,
      Pronunciations pronunciations,
      String told,
      String prompt,
      Map<String, SpokenForms> forms) {
    this.spellOut = spellOut;
    this.pronunciations = pronunciations;
    this.told = told;
    this.forms = forms;
    this.language = new TurnLanguage(told, prompt);
    this.lastLanguage = told;
  }

  /**
   * For a turn.
   *
   * @param own words of its own, which win over those of all turns
   * @param turnLanguage what it is written in; empty for that of all turns
   * @param prompt what it answers; may be empty
   */
  JobText forTurn(List<Pronunciation> own, String turnLanguage, String prompt) {
    return new JobText(
        spellOut,
        pronunciations.with(own),
        turnLanguage.isEmpty() ? told : turnLanguage,
        prompt,
        forms);
  }

  /** Loads what all languages need, which takes seconds: to be called on another thread. */
  void warmUp() {
    if (spellOut) {
      new TurnLanguage(TurnLanguage.UNSURE).of("A sentence.");
      SpokenForms.LANGUAGES.forEach(this::forms);
    }
  }

  /**
   * What the turn's last chunk is written in, as far as it is known.
   *
   * @return a two-letter code; empty if that is in doubt
   */
  String lastLanguage() {
    return lastLanguage;
  }

  /** The forms of a language; made and used once, which loads ICU's data. */
  private SpokenForms forms(String code) {
    return forms.computeIfAbsent(
        code,
        language -> {
          SpokenForms made = new SpokenForms(language);
          made.say("3.5.2027 10:30: 5 km, $1.50, 50%, 1/2, 2nd, 1980.");
          return made;
        });
  }

  /**
   * What the voice is given of the chunk that comes next in the turn, and which part of the chunk's
   * text each part of it says.
   */
  SaidText of(SpeakableChunk chunk) {
    SaidText pronounced = pronunciations.say(chunk.text());
    if (!spellOut) {
      return pronounced;
    }
    String code = language.of(chunk.text());
    lastLanguage = code;
    if (!SpokenForms.LANGUAGES.contains(code)) {
      return pronounced;
    }
    SaidText said = forms(code).say(pronounced.said());
    boolean unfit = said.said().isBlank() || said.said().length() > MAX_CHARS;
    return unfit ? pronounced : pronounced.then(said);
  }
}
