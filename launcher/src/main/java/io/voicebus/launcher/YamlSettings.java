package io.voicebus.launcher;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.FailsafeSchema;

/**
 * Settings as YAML 1.2. What is below a key has that key in front of its own: {@code api-key} in
 * {@code gemini} is {@code gemini-api-key}. Loaded only for a file of the kind.
 */
final class YamlSettings {
  /** Settings are three deep at most. */
  private static final int MAX_DEPTH = 20;

  private YamlSettings() {}

  /**
   * Reads it.
   *
   * @param name of the file, for messages
   * @return values by key
   * @throws IllegalArgumentException says in which line it is no YAML, or no settings
   */
  static Map<String, String> read(String text, String name) {
    LoadSettings strict =
        LoadSettings.builder()
            .setLabel(name)
            .setAllowDuplicateKeys(false)
            // Nothing is taken for a number, which would not be written as it was.
            .setSchema(new FailsafeSchema())
            .setTagConstructors(Map.of(Tag.NULL, nothing -> ""))
            .build();
    Object read;
    try {
      requireTree(text, name, strict);
      read = new Load(strict).loadFromString(text);
    } catch (YamlEngineException e) {
      throw new IllegalArgumentException(name + " is no YAML: " + inWords(e), e);
    }
    Map<String, String> values = new TreeMap<>();
    if (read instanceof Map<?, ?> map) {
      flatten("", map, name, values);
    } else if (read != null && !read.equals("")) { // which a file of comments is
      throw new IllegalArgumentException(name + " must have lines such as 'port: 9090'");
    }
    return values;
  }

  /** What is wrong and where, without the line itself: it may have a key in it. */
  private static String inWords(YamlEngineException problem) {
    if (!(problem instanceof MarkedYamlEngineException marked)) {
      return String.valueOf(problem.getMessage());
    }
    return marked
        .getProblemMark()
        .or(marked::getContextMark)
        .map(
            mark ->
                marked.getProblem()
                    + " in line "
                    + (mark.getLine() + 1)
                    + ", column "
                    + (mark.getColumn() + 1))
        .orElse(marked.getProblem());
  }

  /** Refuses a document that contains itself, or repeats its parts very often. */
  private static void requireTree(String text, String name, LoadSettings strict) {
    int depth = 0;
    for (Event event : new Parse(strict).parseString(text)) {
      if (event instanceof CollectionStartEvent start) {
        depth++;
        if (start.getAnchor().isPresent()) {
          throw new IllegalArgumentException(
              name
                  + " has the anchor '&"
                  + start.getAnchor().get()
                  + "' on more than one value:"
                  + " write them out where they are meant");
        }
        if (depth > MAX_DEPTH) {
          throw new IllegalArgumentException(
              name + " is nested more than " + MAX_DEPTH + " deep: no setting is");
        }
      } else if (event instanceof CollectionEndEvent) {
        depth--;
      }
    }
  }

  private static void flatten(
      String prefix, Map<?, ?> map, String name, Map<String, String> values) {
    map.forEach(
        (key, value) -> {
          String full = prefix + key;
          if (value instanceof Map<?, ?> below) {
            flatten(full + "-", below, name, values);
          } else if (values.put(full, text(value)) != null) {
            throw new IllegalArgumentException(name + " sets '" + full + "' twice: keep one");
          }
        });
  }

  private static String text(@Nullable Object value) {
    if (value instanceof Collection<?> items) {
      return items.stream().map(YamlSettings::text).collect(Collectors.joining(","));
    }
    return value == null ? "" : value.toString();
  }
}
