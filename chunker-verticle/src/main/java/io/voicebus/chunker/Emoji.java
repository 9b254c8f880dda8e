package io.voicebus.chunker;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.util.Locale;

/** Pictures among the text: what is one, by Unicode's properties, and what it is called. */
final class Emoji {
  /** Below are signs that are emoji only by name, such as digits and ©. */
  private static final int FIRST = 0x2300;

  private static final int JOINER = 0x200D;
  private static final int TEXT_STYLE = 0xFE0E;
  private static final int EMOJI_STYLE = 0xFE0F;
  private static final int KEYCAP = 0x20E3;

  private Emoji() {}

  /**
   * Whether a code point is a picture or a part of one: joiners, skin tones, flags' letters.
   *
   * @param within whether it follows a picture directly
   */
  static boolean is(int cp, boolean within) {
    if (cp < JOINER) {
      return false;
    }
    if (cp == EMOJI_STYLE || cp == TEXT_STYLE || cp == KEYCAP) {
      return true;
    }
    if (cp == JOINER) {
      return within;
    }
    return cp >= FIRST && (isEmoji(cp) || isOrnament(cp));
  }

  private static boolean isEmoji(int cp) {
    boolean tag = cp >= 0xE0020 && cp <= 0xE007F;
    return tag
        || UCharacter.hasBinaryProperty(cp, UProperty.EMOJI)
        || UCharacter.hasBinaryProperty(cp, UProperty.EMOJI_MODIFIER)
        || UCharacter.hasBinaryProperty(cp, UProperty.REGIONAL_INDICATOR);
  }

  /** Stars, ticks and the like, but no signs of music. */
  private static boolean isOrnament(int cp) {
    boolean music = cp >= 0x2669 && cp <= 0x266F;
    boolean block = (cp >= 0x2600 && cp <= 0x27BF) || (cp >= 0x2B00 && cp <= 0x2BFF);
    boolean picture =
        cp >= 0x1F000 && UCharacter.hasBinaryProperty(cp, UProperty.EXTENDED_PICTOGRAPHIC);
    return picture || (block && !music && Character.getType(cp) == Character.OTHER_SYMBOL);
  }

  /** Whether it is a star, of which hotels have some. */
  static boolean isStar(int cp) {
    return cp == '★' || cp == '⭐';
  }

  /** Whether it answers yes or no in a table: a tick or a cross. */
  static boolean isAnswer(int cp) {
    return "✓✔✅☑✗✘❌✖☒".indexOf(cp) >= 0;
  }

  /** A heart, which stands for a verb in "I ❤ it". */
  static boolean isHeart(int cp) {
    return cp == 0x2764 || cp == 0x2665 || (cp >= 0x1F493 && cp <= 0x1F49C);
  }

  /** Unicode's English name in small letters; empty for what only changes a picture. */
  static String name(int cp) {
    boolean part = cp < FIRST || cp > 0xE0000 || cp == EMOJI_STYLE || cp == TEXT_STYLE;
    if (part
        || UCharacter.hasBinaryProperty(cp, UProperty.EMOJI_MODIFIER)
        || UCharacter.hasBinaryProperty(cp, UProperty.REGIONAL_INDICATOR)) {
      return "";
    }
    String name = UCharacter.getName(cp);
    return name == null ? "" : name.toLowerCase(Locale.ROOT).replace('-', ' ');
  }
}
