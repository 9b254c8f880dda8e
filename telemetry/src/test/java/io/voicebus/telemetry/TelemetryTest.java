package io.voicebus.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.voicebus.bus.Meter;
import io.voicebus.bus.Meters;
import io.voicebus.turn.TurnObserver;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TelemetryTest {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx = Vertx.vertx();
  private final Telemetry telemetry = Telemetry.install(vertx, 2, null);

  @AfterEach
  void stop() throws Exception {
    telemetry.close();
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private String text() throws Exception {
    CompletableFuture<String> text = new CompletableFuture<>();
    telemetry.tell(TEXT, text::complete);
    return text.get(20, TimeUnit.SECONDS);
  }

  @Test
  void turnsAreCountedByHowTheyEnd() throws Exception {
    // given
    TurnObserver observer = TurnObserver.of(vertx);
    assertThat(observer).isSameAs(telemetry);
    // when
    observer.ended(Summaries.heard("", ""));
    observer.ended(Summaries.heard("", ""));
    observer.ended(Summaries.failed(""));
    // then
    assertThat(text())
        .contains(
            "voicebus_turns_total{outcome=\"finished\"} 2.0",
            "voicebus_turns_total{outcome=\"failed\"} 1.0",
            "voicebus_turns_total{outcome=\"cancelled\"} 0.0",
            "voicebus_turn_failures_total{kind=\"rate-limited\",stage=\"text\"} 1.0",
            "voicebus_time_to_first_audio_seconds_bucket{le=\"0.2\"} 0",
            "voicebus_time_to_first_audio_seconds_bucket{le=\"0.3\"} 2",
            "voicebus_time_to_first_audio_seconds_count 2",
            "voicebus_stage_seconds_sum{outcome=\"finished\",stage=\"text\"} 0.2",
            "voicebus_stage_seconds_sum{outcome=\"finished\",stage=\"speech\"} 0.2",
            "voicebus_characters_total{kind=\"asked\"} 40.0",
            "voicebus_characters_total{kind=\"wasted\"} 4.0",
            "voicebus_chunks_total{engine=\"embedded\",outcome=\"spoken\"} 2.0",
            "voicebus_chunk_retries_total 4.0",
            "voicebus_underrun_seconds_count{cause=\"speech\"} 2",
            "voicebus_underrun_seconds_count{cause=\"text\"} 0",
            "voicebus_turn_takeovers_total{stage=\"playback\"} 2.0",
            "voicebus_speech_first_frame_seconds_count{engine=\"elevenlabs\"} 2");
  }

  @Test
  void whatTheInstancesCountIsToldWithWhatCameUpSince() throws Exception {
    Meters meters = Meters.of(vertx);
    Meter level = Meter.level("voicebus.some.things", "Things.", "state");
    meters.of(level, "here").add(3);
    assertThat(text()).contains("voicebus_some_things{state=\"here\"} 3.0");
    meters.of(level, "here").decrement();
    meters.of(level, "there").increment();
    meters.of(Meter.counter("voicebus.some.events", "Events.")).add(7);
    assertThat(text())
        .contains(
            "voicebus_some_things{state=\"here\"} 2.0",
            "voicebus_some_things{state=\"there\"} 1.0",
            "voicebus_some_events_total 7.0",
            "jvm_memory_used_bytes",
            "process_cpu_usage",
            "voicebus_event_loop_lag_seconds",
            "voicebus_bus_events_total{event=\"streams-lost\"}");
  }

  /** They load libraries, for which there may be no open file any more at a turn's end. */
  @Test
  void theFiguresAreMadeThoughNoTurnHasEnded() throws Exception {
    CompletableFuture<Boolean> made = new CompletableFuture<>();
    Telemetry early =
        Telemetry.install(
            vertx,
            1,
            () -> {
              made.complete(true);
              return new SimpleMeterRegistry();
            },
            null);
    assertThat(made.get(20, TimeUnit.SECONDS)).isTrue();
    early.close();
  }

  @Test
  void theFiguresHaveAPortOfTheirOwn() throws Exception {
    // given
    OperationsVerticle server = new OperationsVerticle("127.0.0.1", 0, telemetry);
    vertx.deployVerticle(server, new DeploymentOptions()).await(20, TimeUnit.SECONDS);
    // then
    assertThat(get(server, "/metrics")).startsWith("200 ").contains("voicebus_turns_total");
    assertThat(get(server, "/health/live")).isEqualTo("200 {\"status\":\"up\"}");
    assertThat(get(server, "/health/ready")).isEqualTo("200 {\"status\":\"ready\"}");
    assertThat(get(server, "/v1/status")).startsWith("404 ");
    // when
    server.stopping();
    // then
    assertThat(get(server, "/health/ready")).isEqualTo("503 {\"status\":\"stopping\"}");
    assertThat(get(server, "/health/live")).startsWith("200 ");
  }

  /** Prometheus would take an empty text for a process that has no figures any more. */
  @Test
  void figuresThatCannotBeToldAreAnErrorAndNotNone() throws Exception {
    OperationsVerticle server = new OperationsVerticle("127.0.0.1", 0, telemetry);
    vertx.deployVerticle(server, new DeploymentOptions()).await(20, TimeUnit.SECONDS);
    telemetry.close();
    assertThat(get(server, "/metrics")).startsWith("503 ");
  }

  @Test
  void whatHappensSeldomIsThereBeforeItHappens() throws Exception {
    assertThat(text())
        .contains(
            "voicebus_turn_failures_total{kind=\"rate-limited\",stage=\"text\"} 0.0",
            "voicebus_turn_takeovers_total{stage=\"playback\"} 0.0",
            "voicebus_characters_total{kind=\"wasted\"} 0.0",
            "voicebus_chunk_retries_total 0.0",
            "voicebus_stage_seconds_count{outcome=\"finished\",stage=\"speech\"} 0");
  }

  private String get(OperationsVerticle server, String path) throws Exception {
    return vertx
        .createHttpClient()
        .request(HttpMethod.GET, server.actualPort(), "127.0.0.1", path)
        .compose(request -> request.send())
        .compose(answer -> answer.body().map(body -> answer.statusCode() + " " + body))
        .await(20, TimeUnit.SECONDS);
  }
}
