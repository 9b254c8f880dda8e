package io.voicebus.telemetry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TurnTracesTest {
  private static final String CALLER = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  private static final String UNSAMPLED = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00";
  private static final Instant END = Instant.parse("2026-11-26T12:00:03Z");

  private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
  private final TurnTraces traces =
      new TurnTraces(
          ids ->
              OpenTelemetrySdk.builder()
                  .setTracerProvider(
                      SdkTracerProvider.builder()
                          .setIdGenerator(ids)
                          .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                          .build())
                  .build());

  private SpanData span(String name) {
    return exporter.getFinishedSpanItems().stream()
        .filter(span -> span.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String text(SpanData span, String key) {
    return String.valueOf(span.getAttributes().get(AttributeKey.stringKey(key)));
  }

  private static Long number(SpanData span, String key) {
    return span.getAttributes().get(AttributeKey.longKey(key));
  }

  private static long millis(SpanData span) {
    return TimeUnit.NANOSECONDS.toMillis(span.getEndEpochNanos() - span.getStartEpochNanos());
  }

  @Test
  void aTurnIsOneTraceWithASpanForEachStageInTheCallersTrace() {
    // given
    String trace = TraceIds.childOf(CALLER);
    // when
    traces.ended(Summaries.heard(CALLER, trace), END);
    // then
    SpanData turn = span("turn");
    assertThat(turn.getKind()).isEqualTo(SpanKind.SERVER);
    assertThat(turn.getTraceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
    assertThat(turn.getParentSpanId()).isEqualTo("b7ad6b7169203331");
    assertThat(trace).contains(turn.getSpanId());
    assertThat(millis(turn)).isEqualTo(3000);
    assertThat(turn.getEndEpochNanos()).isEqualTo(TimeUnit.SECONDS.toNanos(END.getEpochSecond()));
    assertThat(exporter.getFinishedSpanItems())
        .extracting(SpanData::getName)
        .containsExactlyInAnyOrder(
            "turn", "chat gemini-3.5-flash-lite", "chunker", "speech", "speech", "playback");
    assertThat(exporter.getFinishedSpanItems())
        .filteredOn(each -> !each.getName().equals("turn"))
        .allMatch(each -> each.getParentSpanId().equals(turn.getSpanId()))
        .allMatch(each -> each.getTraceId().equals(turn.getTraceId()));
  }

  @Test
  void theModelsSpanHasTheConventionsNames() {
    traces.ended(Summaries.heard("", TraceIds.childOf("")), END);
    SpanData chat = span("chat gemini-3.5-flash-lite");
    assertThat(chat.getKind()).isEqualTo(SpanKind.CLIENT);
    assertThat(text(chat, "gen_ai.operation.name")).isEqualTo("chat");
    assertThat(text(chat, "gen_ai.provider.name")).isEqualTo("gcp.gemini");
    assertThat(text(chat, "gen_ai.response.model")).isEqualTo("gemini-3.5-flash-lite");
    assertThat(number(chat, "gen_ai.usage.input_tokens")).isEqualTo(7);
    assertThat(number(chat, "gen_ai.usage.output_tokens")).isEqualTo(13);
    assertThat(millis(chat)).isEqualTo(900);
    assertThat(chat.getEvents()).extracting(EventData::getName).containsExactly("first-delta");
  }

  @Test
  void aChunksSpanHasItsEngineAndHowLongItWaited() {
    traces.ended(Summaries.heard("", TraceIds.childOf("")), END);
    SpanData second =
        exporter.getFinishedSpanItems().stream()
            .filter(span -> Long.valueOf(1).equals(number(span, "voicebus.chunk")))
            .findFirst()
            .orElseThrow();
    assertThat(text(second, "voicebus.tts.engine")).isEqualTo("embedded");
    assertThat(number(second, "voicebus.tts.characters")).isEqualTo(8);
    assertThat(number(second, "voicebus.attempts")).isEqualTo(3);
    assertThat(millis(second)).isEqualTo(300);
    assertThat(second.getEvents())
        .extracting(
            event -> event.getName(),
            event ->
                TimeUnit.NANOSECONDS.toMillis(event.getEpochNanos() - second.getStartEpochNanos()))
        .containsExactly(tuple("taken", 4L), tuple("first-frame", 14L));
  }

  @Test
  void aFailureIsNamedAndItsWordsAreNot() {
    traces.ended(Summaries.failed(TraceIds.childOf("")), END);
    SpanData turn = span("turn");
    assertThat(turn.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
    assertThat(text(turn, "error.type")).isEqualTo("rate-limited");
    assertThat(text(turn, "voicebus.failure.stage")).isEqualTo("text");
    assertThat(turn.toString()).doesNotContain("4711");
  }

  @Test
  void whatTheCallerDoesNotRecordIsNotRecorded() {
    traces.ended(Summaries.heard(UNSAMPLED, TraceIds.childOf(UNSAMPLED)), END);
    traces.ended(Summaries.heard("", ""), END);
    assertThat(exporter.getFinishedSpanItems()).isEmpty();
  }

  @Test
  void newTracesHaveIdsOfTheirOwn() {
    String one = TraceIds.childOf("");
    assertThat(one).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    assertThat(TraceIds.childOf("")).isNotEqualTo(one);
    String child = TraceIds.childOf(UNSAMPLED);
    assertThat(child).startsWith("00-0af7651916cd43dd8448eb211c80319c-").endsWith("-00");
    assertThat(child).doesNotContain("b7ad6b7169203331");
  }

  /** A collector, as far as it takes OTLP over HTTP. */
  @Test
  void tracesAreSentToACollector() throws Exception {
    // given
    Vertx vertx = Vertx.vertx();
    CompletableFuture<String> came = new CompletableFuture<>();
    HttpServer collector =
        vertx
            .createHttpServer()
            .requestHandler(
                request ->
                    request
                        .body()
                        .onSuccess(
                            body -> {
                              came.complete(
                                  request.method() + " " + request.path() + " " + latin(body));
                              request
                                  .response()
                                  .putHeader("Content-Type", "application/x-protobuf")
                                  .end();
                            }))
            .listen(0, "127.0.0.1")
            .await(20, TimeUnit.SECONDS);
    String endpoint = "http://127.0.0.1:" + collector.actualPort();
    Telemetry telemetry = Telemetry.install(vertx, 2, TraceExport.to(endpoint, "node-7", "1.2.3"));
    // when
    String trace = telemetry.begins("");
    telemetry.ended(Summaries.heard("", trace));
    telemetry.close();
    // then
    String sent = came.get(20, TimeUnit.SECONDS);
    assertThat(sent).startsWith("POST /v1/traces ");
    assertThat(sent)
        .contains("voicebus", "node-7", "1.2.3", "chat gemini-3.5-flash-lite", "elevenlabs");
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private static String latin(Buffer body) {
    return body.toString(StandardCharsets.ISO_8859_1);
  }
}
