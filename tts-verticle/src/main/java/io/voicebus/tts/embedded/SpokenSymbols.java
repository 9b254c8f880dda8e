package io.voicebus.tts.embedded;

/** What an English reader says for a character that is no plain letter, digit or punctuation. */
final class SpokenSymbols {
  private SpokenSymbols() {}

  /** Words with blanks around them, or plain letters or punctuation; empty if it is not known. */
  static String of(int codePoint) {
    return switch (codePoint) {
      case '%' -> " percent ";
      case '&' -> " and ";
      case '@' -> " at ";
      case '+' -> " plus ";
      case '=' -> " equals ";
      case '€' -> " euros ";
      case '£' -> " pounds ";
      case '¥' -> " yen ";
      case '₹' -> " rupees ";
      case '¢' -> " cents ";
      case '×', '⋅', '∙' -> " times ";
      case '÷' -> " divided by ";
      case '±' -> " plus or minus ";
      case '−' -> " minus ";
      case '≈' -> " about ";
      case '≠' -> " is not equal to ";
      case '≤' -> " at most ";
      case '≥' -> " at least ";
      case '√' -> " square root of ";
      case '∞' -> " infinity ";
      case '→', '⇒' -> " to ";
      case '°' -> " degrees ";
      case '²' -> " squared ";
      case '³' -> " cubed ";
      case '§' -> " section ";
      case '©' -> " copyright ";
      case '™', '®' -> " ";
      case '½' -> " one half ";
      case '¼' -> " one quarter ";
      case '¾' -> " three quarters ";
      case '‘', '’', '`', '´', 'ʼ' -> "'";
      case '…' -> "... ";
      case '–', '—', '―', '(', ')', '[', ']', '{', '}' -> ", ";
      case '\u2010', '\u2011' -> "-";
      case '⁄' -> "/";
      case 'ß' -> "ss";
      case 'ø' -> "o";
      case 'Ø' -> "O";
      case 'æ' -> "ae";
      case 'Æ' -> "Ae";
      case 'œ' -> "oe";
      case 'Œ' -> "Oe";
      case 'ł' -> "l";
      case 'Ł' -> "L";
      case 'đ' -> "d";
      case 'Đ' -> "D";
      case 'ð', 'þ' -> "th";
      case 'Þ' -> "Th";
      case 'ı' -> "i";
      default -> "";
    };
  }
}
