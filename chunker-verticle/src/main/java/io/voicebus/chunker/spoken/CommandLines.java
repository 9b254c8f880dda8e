package io.voicebus.chunker.spoken;

import java.util.regex.Pattern;

/** Parts of command lines: flags, menus, names with dots. */
final class CommandLines {
  /** A text with a dash of prose that is written as two hyphens. */
  private static final Pattern DASHES = Pattern.compile("\\p{L}--|--(?:\\h|$)");

  /** Where these are talked of, "-D" is a flag. */
  private static final Pattern FLAGS =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:flags?|options?|switch(?:es)?|command|run|install|npm|git|docker|curl|Befehl|Schalter|commande|drapeau|opción|comando|opzione|opção|vlag|optie|opdracht)(?!\\p{L})|--[a-z]");

  /** Before ">" these show that menus are meant. */
  private static final Pattern MENUS =
      Pattern.compile(
          "(?i)(?<!\\p{L})(?:choose|select|click|go to|open|navigate|tap|menu|settings|preferences|file|edit|view|tools|options|insert|control panel|wähle|wählen|klicke|klicken|öffne|öffnen|gehe|menü|datei|einstellungen|bearbeiten|extras|choisissez|cliquez|ouvrez|allez|fichier|paramètres|réglages|outils|menú|archivo|ajustes|configuración|herramientas|selecciona|seleccione|abre|abra|vai|apri|seleziona|impostazioni|arquivo|clique|configurações|ferramentas|kies|klik|ga naar|bestand|instellingen)(?!\\p{L})");

  private CommandLines() {}

  /** "or -D for short": behind a word, where nothing is subtracted. */
  private static boolean isNamed(Match m) {
    return m.wordBefore().length() > 1 && !Formulas.isSum(m);
  }

  static void add(Rules rules, Language language) {
    String dash = language.is("de") ? language.of("minus") : language.of("dash");
    // "--save-dev", "--port=80"
    rules.add(
        "-",
        "(?<= ^ | [\\h(\"'“‘`] ) -- (?= [a-z][a-z0-9]{1,30}+ (?! -- ) )",
        m -> DASHES.matcher(m.text()).find() ? null : dash + " " + dash + " ");
    // "-D for short"
    rules.add(
        "-",
        "(?<= ^ | [\\h(\"'“‘`] ) - (?= [A-Za-z] (?! [\\p{L}\\p{N}_'’-] ) )",
        m -> FLAGS.matcher(m.text()).find() || isNamed(m) ? dash + " " : null);
    // "Choose File > Save As"
    rules.add(
        ">›",
        "(?<= [\\p{L}\\p{N}…] ) \\h [>›] \\h (?= \\p{Lu}\\p{L} )",
        m -> MENUS.matcher(m.before()).find() ? ", " : null);
    // ".NET"
    rules.add(".", "(?<= ^ | [\\h(/] ) \\. (?= NET (?!\\p{L}) )", m -> language.of("dot") + " ");
  }
}
