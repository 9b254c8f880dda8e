package io.voicebus.http;

import io.voicebus.http.wire.JsonFields;
import io.voicebus.http.wire.ProblemException;
import io.voicebus.http.wire.UrlEncoded;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * A body with the content type of a form. {@code curl -d 'Some text'} sends plain text with that
 * type; only a body with a field for the prompt is parsed as a form.
 */
final class FormBody {
  static final String PROMPT = "prompt";

  private static final String BODY = "the body";

  /** The fields that hold the prompt; the others are those of the query. */
  private static final Set<String> PROMPTS = Set.of(PROMPT, "text");

  /** {@code prompt=} or {@code text=} at the beginning, or after other fields. */
  private static final Pattern LOOKS_LIKE =
      Pattern.compile("(?:[a-z_]{1,20}=[^&\\s]{0,400}&){0,8}(?:prompt|text)=");

  /** What encoders of forms leave: {@code prompt=Is%2050%25+50%25%3F&voice=x}. */
  private static final Pattern ENCODED =
      Pattern.compile("(?:[A-Za-z0-9._~*!'(),;:@/?$+=&-]|%[0-9A-Fa-f]{2})*+");

  private FormBody() {}

  /** Whether the text is a form with a prompt, rather than the prompt itself. */
  static boolean is(String text) {
    return LOOKS_LIKE.matcher(text).lookingAt();
  }

  /**
   * The fields, with the prompt as {@code prompt}.
   *
   * @throws ProblemException for a form that is not encoded, or has a field twice
   */
  static Map<String, String> parse(String text) {
    String form = text.stripTrailing();
    if (!ENCODED.matcher(form).matches()) {
      throw JsonFields.invalid(
          "the body looks like a form, but is not encoded as one: send a form with 'curl"
              + " --data-urlencode prompt=…', or text that begins like this with 'curl -H"
              + " \"Content-Type: text/plain\" --data-binary …'");
    }
    Map<String, String> fields = new TreeMap<>();
    for (String pair : form.split("&", -1)) {
      String[] parts = pair.split("=", 2);
      String name = UrlEncoded.decode(parts[0], BODY);
      String known = PROMPTS.contains(name) ? PROMPT : name;
      if (fields.put(known, UrlEncoded.decode(parts.length < 2 ? "" : parts[1], BODY)) != null) {
        throw JsonFields.invalid("the field " + JsonFields.show(name) + " is given twice");
      }
    }
    return fields;
  }
}
