package io.voicebus.benchmarks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.voicebus.chunker.ChunkerOptions;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Cuts texts into chunks while they come in deltas, and writes what a scorer reads. Records of the
 * kind {@code llm-markdown} are Markdown, all others are plain text.
 */
@Command(name = "bench chunker", mixinStandardHelpOptions = true, sortOptions = false)
public final class ChunkerBenchmark implements Callable<Integer> {
  private enum Which {
    voicebus,
    jdk,
    icu,
    icu_plain
  }

  private enum Switch {
    on,
    off
  }

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description = "JSON lines with id, kind, lang, text, and deltas where they are known.")
  private List<Path> files = List.of();

  @Option(
      names = "--out",
      required = true,
      description = "JSON lines with id and chunks, each with its text and emitted_at.")
  private @Nullable Path out;

  @Option(
      names = "--clauses",
      defaultValue = "on",
      description = "Whether the first chunk may be a clause: ${COMPLETION-CANDIDATES}.")
  private Switch clauses = Switch.on;

  @Option(
      names = "--segmenter",
      defaultValue = "voicebus",
      description =
          "${COMPLETION-CANDIDATES}; the iterators are told the language, Voicebus is not.")
  private Which which = Which.voicebus;

  @Option(names = "--delta", defaultValue = "4", description = "UTF-16 units of a delta.")
  private int units = 4;

  private ChunkerBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ChunkerBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    if (out == null || units < 1) {
      throw new IllegalArgumentException("--delta must be at least 1");
    }
    int records = 0;
    try (BufferedWriter writer = Files.newBufferedWriter(out, StandardCharsets.UTF_8)) {
      for (Path file : files) {
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
          if (!line.isBlank()) {
            writer.write(predict(new JsonObject(line)).encode());
            writer.newLine();
            records++;
          }
        }
      }
    }
    System.err.println(
        "%d records, cut at %s"
            .formatted(
                records,
                which == Which.voicebus && clauses == Switch.on ? "clauses" : "sentences only"));
    return 0;
  }

  private JsonObject predict(JsonObject json) {
    boolean markdown = "llm-markdown".equals(json.getString("kind"));
    String language = json.getString("lang", "en");
    ChunkerOptions options =
        ChunkerOptions.DEFAULT.withMarkdown(markdown).withClauses(clauses == Switch.on);
    Segmenter segmenter =
        switch (which) {
          case voicebus -> new VoicebusSegmenter(options);
          case jdk -> IteratorSegmenter.jdk(language);
          case icu -> IteratorSegmenter.icu(language, true);
          case icu_plain -> IteratorSegmenter.icu(language, false);
        };
    return new JsonObject()
        .put("id", json.getString("id"))
        .put("chunks", Segmenter.run(segmenter, deltas(json)));
  }

  private List<String> deltas(JsonObject json) {
    JsonArray real = json.getJsonArray("deltas");
    if (real != null) {
      return real.stream().map(String.class::cast).toList();
    }
    String text = json.getString("text");
    List<String> deltas = new ArrayList<>();
    for (int at = 0; at < text.length(); ) {
      int end = Math.min(text.length(), at + units);
      boolean split = end < text.length() && Character.isLowSurrogate(text.charAt(end));
      end += split ? 1 : 0;
      deltas.add(text.substring(at, end));
      at = end;
    }
    return deltas;
  }
}
