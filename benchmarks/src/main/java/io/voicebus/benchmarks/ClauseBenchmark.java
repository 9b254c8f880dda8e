package io.voicebus.benchmarks;

import io.vertx.core.json.JsonObject;
import io.voicebus.chunker.ChunkerOptions;
import io.voicebus.emulators.TextPace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/**
 * How much sooner answers are heard because the first chunk may be a clause. Each answer goes
 * through the chunker twice, with clauses and without, in the events of the load benchmark's pace
 * ({@link LoadPace}); the first chunk's last unit tells when the voice could be asked, and its
 * first byte comes {@link LoadPace#FIRST_BYTE_MS} later. Nothing runs in real time, so that what
 * Voicebus itself takes is not in it.
 */
@Command(name = "bench clauses", mixinStandardHelpOptions = true, sortOptions = false)
public final class ClauseBenchmark implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE", description = "JSON lines with lang and text.")
  private List<Path> files = List.of();

  private record Answer(double sentenceMs, double clauseMs) {
    double gainMs() {
      return sentenceMs - clauseMs;
    }
  }

  private ClauseBenchmark() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new ClauseBenchmark()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Map<String, List<Answer>> byLanguage = new TreeMap<>();
    List<Answer> all = new ArrayList<>();
    for (Path file : files) {
      for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
        if (line.isBlank()) {
          continue;
        }
        JsonObject json = new JsonObject(line);
        Answer answer = new Answer(firstAudioMs(json, false), firstAudioMs(json, true));
        if (!Double.isNaN(answer.gainMs())) {
          all.add(answer);
          byLanguage
              .computeIfAbsent(json.getString("lang", "?"), none -> new ArrayList<>())
              .add(answer);
        }
      }
    }
    System.out.println(
        "| answers | n | sentences, ms | p95 | clauses, ms | p95 | gain, ms | p10 | p90 | sooner, % |");
    System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|");
    row("all", all);
    byLanguage.forEach(ClauseBenchmark::row);
    return 0;
  }

  /** From the prompt to the first audio; NaN for an answer of which nothing is spoken. */
  private static double firstAudioMs(JsonObject json, boolean clauses) {
    VoicebusSegmenter segmenter =
        new VoicebusSegmenter(ChunkerOptions.DEFAULT.withMarkdown(true).withClauses(clauses));
    int units = LoadPace.TOKENS_PER_EVENT * TextPace.TOKEN_CHARS;
    int fed = 0;
    for (String delta :
        ChunkerBenchmark.deltas(new JsonObject().put("text", json.getString("text")), units)) {
      fed += delta.length();
      if (!segmenter.accept(delta).isEmpty()) {
        return LoadPace.floorMs(List.of(fed));
      }
    }
    return segmenter.flush().isEmpty() ? Double.NaN : LoadPace.floorMs(List.of(fed));
  }

  private static void row(String name, Collection<Answer> answers) {
    LoadSample sentences = new LoadSample(answers.stream().map(Answer::sentenceMs).toList());
    LoadSample clauses = new LoadSample(answers.stream().map(Answer::clauseMs).toList());
    LoadSample gain = new LoadSample(answers.stream().map(Answer::gainMs).toList());
    long sooner = answers.stream().filter(answer -> answer.gainMs() > 0).count();
    System.out.printf(
        "| %s | %d | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f | %.0f |%n",
        name,
        answers.size(),
        sentences.median(),
        sentences.quantile(0.95),
        clauses.median(),
        clauses.quantile(0.95),
        gain.median(),
        gain.quantile(0.1),
        gain.quantile(0.9),
        100.0 * sooner / answers.size());
  }
}
