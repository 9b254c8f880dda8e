package io.voicebus.chunker.spoken;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Web and mail addresses, hosts, files and paths, handles and hashtags. */
final class Addresses {
  private static final Set<String> TOP =
      new HashSet<>(
          List.of(
              ("com org net io dev edu gov mil info app ai xyz biz online shop store tech site blog cloud"
                      + " page wiki example test local localhost museum news live me tv co eu uk")
                  .split(" ", -1)));

  /** "docs", "2", "." of docs2.example. */
  private static final Pattern PIECE = Pattern.compile("\\d+|\\p{L}+|.");

  private final Language language;

  static {
    for (String country : Locale.getISOCountries()) {
      TOP.add(country.toLowerCase(Locale.ROOT));
    }
  }

  private Addresses(Language language) {
    this.language = language;
  }

  static void add(Rules rules, Language language) {
    Addresses addresses = new Addresses(language);
    // https://docs.python.org/3/library, jo.lee@example.co.in, abc.net.au, localhost:8080
    rules.add(
        ".:@",
        """
        (?<![\\p{L}\\p{N}_.@/-])
        (?: (?<scheme> (?:https?|ftp|wss?|ssh|git|file)://) )?
        (?: (?<user> [\\w.+-]{1,64}+ ) @ )?
        (?<host> (?: [\\p{L}\\p{N}_-]{1,63}+ \\. ){0,8} [\\p{L}\\p{N}-]{1,63}+ )
        (?<port> : \\d{2,5}+ (?!\\d) )?
        (?<path> / [\\w./?=&%\\#~+:@,;-]{0,300} )?
        (?<![.?,:;]) (?![\\p{L}\\p{N}_@])
        """,
        addresses::address);
    // java.lang.NullPointerException, com.example.App.run
    rules.add(
        ".",
        "(?<![\\p{L}\\p{N}_.@/\\\\-]) [a-z_]\\w{1,30}+ (?: \\. [A-Za-z_]\\w{1,40}+ ){2,8}+ (?! [\\p{L}\\p{N}_@/-] )",
        m -> addresses.spell(m.all()));
    // manifest.json, archive.tar.gz, my_file.py, Node.js
    rules.add(
        ".",
        """
        (?<![\\p{L}\\p{N}_.@/\\\\-])
        (?= [\\w-]{2} | [\\w-]\\.[a-z]{2} | [\\w]/ )
        (?: [\\w.-]{1,32}+ / ){0,6} [\\w-]{1,64}+ (?: \\. [\\w-]{1,64}+ ){0,6} \\. (?<ending> [a-z][a-z0-9]{0,9}+ )
        (?![\\p{L}\\p{N}_@(])
        """,
        addresses::file);
    // .eslintrc.json
    rules.add(
        ".",
        "(?<= ^ | [\\h(\"'“`] ) \\. [a-z][\\w-]{1,20}+ (?: \\.[a-z][a-z0-9]{0,5}+ ){1,2}+ (?! [\\p{L}\\p{N}_] )",
        m -> addresses.spell(m.all()));
    // .env, .gitignore, *.txt
    rules.add(
        "*.",
        "(?<= ^ | [\\h(\"'“`] ) \\*? \\. (?= [a-z]{2,12}+ (?![\\p{L}.]) )",
        m -> language.of("dot") + " ");
    // /usr/local/bin, ~/notes, C:\\Users
    rules.add(
        "/",
        """
        (?<= ^ | [\\h("'“(] ) [~.]{0,2}+ (?: / \\.? [\\w+-]{1,64}+ (?: \\.[\\w+-]{1,64}+ ){0,4} ){1,20} /? (?![\\p{L}\\p{N}_])
        """,
        m ->
            m.all().matches("/\\p{L}+") && !m.all().matches("/[a-z]{2,}")
                ? null
                : addresses.spell(m.all()));
    // C:\\Users\\jo, C:\\Program Files (x86)\\Git
    rules.add(
        "\\",
        "(?<![\\p{L}\\p{N}_]) [A-Za-z] : (?: \\\\ [\\w$-]{1,64}+ (?: \\.[\\w$-]{1,64}+ ){0,4}+ (?: \\h [\\w.$()-]{1,32}+ (?= \\\\ ) )? ){1,20}+ \\\\?",
        m -> addresses.spell(m.all()));
    // #OpenScience, @jo_lee
    rules.add(
        "#",
        "(?<![\\p{L}\\p{N}_&]) \\# (?<tag> \\p{L}[\\p{L}\\p{N}_]{1,60}+ )",
        m -> language.of("hashtag") + " " + tag(m.of("tag")));
    // @jo_lee
    rules.add(
        "@",
        "(?<![\\p{L}\\p{N}_]) @ (?<name> \\p{L}[\\p{L}\\p{N}_]{1,40}+ )",
        m -> language.of("at") + " " + addresses.spell(m.of("name")));
    // lee @ home
    rules.add("@", "(?<=\\p{L}) \\h? @ \\h? (?=\\p{L})", m -> " " + language.of("at") + " ");
    // "May 5 @ 3:30", "meet me @ 5pm"
    rules.add(
        "@",
        "(?<= [\\p{L}\\p{N}.,] \\h ) @ (?= \\h? [$€£]?\\p{N} | \\h \\p{L} )",
        m -> language.of("at"));
    // snake_case
    rules.add("_", "(?<=[\\p{L}\\p{N}]) _{1,2}+ (?=[\\p{L}\\p{N}])", m -> " ");
  }

  private @Nullable String address(Match m) {
    String host = m.of("host");
    boolean named = m.has("scheme") || m.has("user") || host.startsWith("www.");
    int dot = host.lastIndexOf('.');
    if (!named && host.equals("localhost") && m.has("port")) {
      named = true;
    }
    if (!named) {
      String top = dot < 0 ? "" : host.substring(dot + 1);
      boolean digits = host.chars().allMatch(c -> Character.isDigit(c) || c == '.');
      boolean known = TOP.contains(top) && dot >= 2 && !digits;
      boolean single = Arrays.stream(host.split("\\.", -1)).allMatch(label -> label.length() <= 2);
      if (!known || single || isFile(host)) {
        return null;
      }
    }
    String all = m.all();
    if (all.endsWith("/")) {
      all = all.substring(0, all.length() - 1);
    }
    return spell(m.has("scheme") ? all.substring(m.of("scheme").length()) : all);
  }

  private static boolean isFile(String name) {
    return name.endsWith(".py")
        || name.endsWith(".md")
        || name.endsWith(".sh")
        || name.endsWith(".rs");
  }

  private @Nullable String file(Match m) {
    String all = m.all();
    boolean digits = Character.isDigit(all.charAt(0)) && !all.matches(".*\\p{L}.*\\..*");
    boolean shortLabels =
        Arrays.stream(all.split("\\.", -1)).allMatch(label -> label.length() <= 2);
    if (digits || shortLabels) {
      return null;
    }
    return spell(all);
  }

  /** The characters of an address as they are said. */
  String spell(String address) {
    StringBuilder said = new StringBuilder();
    Matcher pieces = PIECE.matcher(address);
    while (pieces.find()) {
      String piece = pieces.group();
      String words =
          switch (piece) {
            case "." -> language.of("dot");
            case "/" -> language.of("slash");
            case "\\" -> language.of("backslash");
            case "@" -> language.of("at");
            case "-" -> language.of("dash");
            case "_" -> language.of("underscore");
            case ":" -> language.of("colon");
            case "+" -> language.of("plus");
            case "~" -> "tilde";
            case "=" -> language.of("equals");
            case "?", "&", "%", "#", ",", ";", "$", " ", "(", ")" -> "";
            default ->
                Character.isDigit(piece.charAt(0))
                    ? port(address, pieces.start())
                        ? language.numbers().digits(piece)
                        : number(piece)
                    : piece;
          };
      boolean none = words.isEmpty() || said.isEmpty();
      said.append(none ? "" : " ").append(words);
    }
    return said.toString();
  }

  /** Whether the digits there are a port. */
  private static boolean port(String address, int start) {
    return start > 0 && address.charAt(start - 1) == ':' && address.length() - start > 2;
  }

  private String number(String digits) {
    return digits.length() > 4 || (digits.length() > 1 && digits.startsWith("0"))
        ? language.numbers().digits(digits)
        : language.small(digits);
  }

  private static String tag(String tag) {
    return tag.replace('_', ' ').replaceAll("(?<=\\p{Ll})(?=\\p{Lu})", " ");
  }
}
