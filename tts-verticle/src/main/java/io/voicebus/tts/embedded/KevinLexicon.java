package io.voicebus.tts.embedded;

import com.sun.speech.freetts.en.us.CMULexicon;
import com.sun.speech.freetts.lexicon.LetterToSound;
import com.sun.speech.freetts.lexicon.LetterToSoundImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How English words are said: FreeTTS's lexicon with its addenda, and its rules for other words,
 * which are loaded when there is one. What it reads is shared by all.
 */
final class KevinLexicon extends CMULexicon {
  private static final String NAME = "cmulex";

  /**
   * FreeTTS writes words in small letters by the rules of the user's locale, and in Turkish and
   * Azeri the small letter of I has no dot.
   */
  private static final char TURKISH_I = '\u0131';

  /** The part of speech of a word without one. */
  private static final String ANY_PART = "0";

  /** What all of them share, loaded once. */
  private static final class Files {
    static final WordPhones ADDENDA = new WordPhones(KevinData.lexicon(NAME + "_addenda.bin"));
    static final WordPhones WORDS = new WordPhones(KevinData.lexicon(NAME + "_compiled.bin"));
    static final Set<String> PARTS_OF_SPEECH = new LinkedHashSet<>(WORDS.partsOfSpeech());

    static {
      PARTS_OF_SPEECH.addAll(ADDENDA.partsOfSpeech());
    }
  }

  /** FreeTTS's rules, shared by all: FreeTTS itself keeps a part of them for the whole process. */
  private static final class Rules {
    static final LetterToSound ALL = read();

    private static LetterToSound read() {
      try {
        byte[] file = KevinData.lexicon(NAME + "_lts.bin");
        return new LetterToSoundImpl(KevinData.url(file), true);
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read FreeTTS's rules", e);
      }
    }

    /** By one thread at a time, which it needs. */
    static String[] phones(String word, @Nullable String partOfSpeech) {
      synchronized (ALL) {
        return ALL.getPhones(word, partOfSpeech);
      }
    }
  }

  private boolean loaded;

  KevinLexicon() {
    // Without addresses of files, which FreeTTS would look for.
    super(null, null, null, true);
  }

  @Override
  public void load() {
    loaded = !Files.PARTS_OF_SPEECH.isEmpty();
  }

  @Override
  public boolean isLoaded() {
    return loaded;
  }

  @Override
  public String @Nullable [] getPhones(
      String word, @Nullable String partOfSpeech, boolean byRules) {
    String part = partOfSpeech == null ? ANY_PART : partOfSpeech;
    String english = word.replace(TURKISH_I, 'i');
    String[] phones = find(Files.ADDENDA, english, part);
    if (phones == null) {
      phones = find(Files.WORDS, english, part);
    }
    return phones == null && byRules ? Rules.phones(english, partOfSpeech) : phones;
  }

  /** The phones of a word as this part of speech, else as another one. */
  private static String @Nullable [] find(WordPhones words, String word, String part) {
    String[] phones = words.of(word + part);
    if (phones != null) {
      return phones;
    }
    for (String other : Files.PARTS_OF_SPEECH) {
      phones = words.of(word + other);
      if (phones != null) {
        return phones;
      }
    }
    return null;
  }

  /** Loads what only words need that are in no list; else the first of them does. */
  static void loadRules() {
    Rules.phones("a", null);
  }
}
