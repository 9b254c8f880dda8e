package io.voicebus.chunker;

import io.voicebus.chunker.spoken.SaidText;
import io.voicebus.chunker.spoken.SpokenForms;
import io.voicebus.contract.Pronunciation;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a voice is given of a chunk: words of the user's dictionary as they are said, and numbers
 * and signs written out where the language has them. The caption keeps the chunk's own text; a job
 * that is taken up again goes on within the job's text, so that nothing must be mapped back. Not
 * thread-safe.
 */
final class JobText {
  /** Text that has grown beyond this is given as it was, in UTF-16 units: a wall of digits. */
  private static final int MAX_CHARS = 8_000;

  private final boolean spellOut;
  private final Pronunciations pronunciations;
  private final String told;
  private final String prompt;
  private final String expected;
  private final LanguageForms forms;
  private @Nullable TurnLanguage language;
  private Optional<SpokenForms> current = Optional.empty();
  private String lastLanguage;

  /**
   * For all turns of one chunker.
   *
   * @param spellOut whether numbers and signs are written out; not where the engine does it
   * @param language what all turns are written in, as a two-letter code; empty if that is to be
   *     found in each
   * @param loader of the languages
   */
  JobText(
      boolean spellOut,
      Pronunciations pronunciations,
      String language,
      LanguageForms.Loader loader) {
    this(spellOut, pronunciations, language, "", "", new LanguageForms(loader));
  }

  private JobText(
      boolean spellOut,
      Pronunciations pronunciations,
      String told,
      String prompt,
      String expected,
      LanguageForms forms) {
    this.spellOut = spellOut;
    this.pronunciations = pronunciations;
    this.told = told;
    this.prompt = prompt;
    this.expected = expected;
    this.forms = forms;
    this.lastLanguage = told;
  }

  /**
   * For a turn.
   *
   * @param own words of its own, which win over those of all turns
   * @param turnLanguage what it is written in; empty for that of all turns
   * @param prompt what it answers; may be empty
   * @param expected the language of a text that shows too little of any; may be empty
   */
  JobText forTurn(List<Pronunciation> own, String turnLanguage, String prompt, String expected) {
    return new JobText(
        spellOut,
        pronunciations.with(own),
        turnLanguage.isEmpty() ? told : turnLanguage,
        prompt,
        expected,
        forms);
  }

  /** Whether the language matters not, or something besides the text tells it. */
  boolean knowsLanguage() {
    return !spellOut || !told.isEmpty() || !prompt.isEmpty();
  }

  /** Has what finds a language loaded before it is needed. */
  void warmUp() {
    if (spellOut) {
      forms.warmUp();
    }
  }

  /** Has these languages loaded before they are needed; the others are when they are. */
  void warmUp(Collection<String> languages) {
    if (spellOut) {
      forms.warmUp(languages);
    }
  }

  /**
   * What the turn's last chunk is written in, as far as it is known. A guess from a word or two is
   * good enough for numbers, and too weak to be told to a service or a listener.
   *
   * @return a two-letter code; empty if that is in doubt
   */
  String lastLanguage() {
    TurnLanguage known = language;
    return known == null || known.isCertain() ? lastLanguage : TurnLanguage.UNSURE;
  }

  /**
   * Finds the language of the chunk that comes next in the turn, and has of it loaded what the
   * chunk needs, if it does.
   *
   * @param then called when {@link #say} may be: at once, if nothing must be loaded
   */
  void prepare(SpeakableChunk chunk, Runnable then) {
    if (!spellOut) {
      then.run();
      return;
    }
    forms.get(
        LanguageForms.DETECTION,
        chunk.text(),
        ready -> {
          current = Optional.empty();
          String code = languageOf(chunk);
          String pronounced = pronunciations.say(chunk.text()).said();
          if (SpokenForms.LANGUAGES.contains(code) && SpokenForms.concern(pronounced)) {
            forms.get(
                code,
                pronounced,
                found -> {
                  current = found;
                  then.run();
                });
          } else {
            then.run();
          }
        });
  }

  /**
   * What the voice is given of the chunk that was prepared last, and which part of the chunk's text
   * each part of it says.
   */
  SaidText say(SpeakableChunk chunk) {
    SaidText pronounced = pronunciations.say(chunk.text());
    return current
        .map(forms -> spelledOut(pronounced, forms, lastLanguage))
        .orElseGet(() -> pronounced.then(SpokenForms.asWritten(pronounced.said())));
  }

  private String languageOf(SpeakableChunk chunk) {
    TurnLanguage known = language;
    if (known == null) {
      known = new TurnLanguage(told, prompt, expected);
      language = known;
    }
    lastLanguage = known.of(chunk.text());
    return lastLanguage;
  }

  private static SaidText spelledOut(SaidText pronounced, SpokenForms forms, String code) {
    SaidText said = Quotations.asWritten(forms.say(pronounced.said()), pronounced.said(), code);
    boolean unfit = said.said().isBlank() || said.said().length() > MAX_CHARS;
    return unfit ? pronounced : pronounced.then(said);
  }
}
