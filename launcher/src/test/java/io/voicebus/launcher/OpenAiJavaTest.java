package io.voicebus.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.HttpResponse;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.models.audio.speech.SpeechCreateParams;
import com.openai.models.audio.speech.SpeechCreateParams.ResponseFormat;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.models.Model;
import io.vertx.core.Vertx;
import io.voicebus.emulators.GeminiEmulatorOptions;
import io.voicebus.emulators.OpenAiEmulator;
import io.voicebus.emulators.OpenAiOptions;
import io.voicebus.tts.scripted.ScriptedVoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What OpenAI's client for Java, unmodified, makes of {@code voicebus serve}. */
@Timeout(120)
class OpenAiJavaTest {
  private static final String SPEECH = "Hello there, my friend.";
  private static final Vertx VERTX = Vertx.vertx();
  private static ServeJvm serve;
  private static OpenAIClient openai;

  @BeforeAll
  static void start() throws Exception {
    OpenAiEmulator model =
        OpenAiEmulator.start(VERTX, OpenAiOptions.DEFAULTS).await(30, TimeUnit.SECONDS);
    serve =
        ServeJvm.start(
            Map.of(
                "VOICEBUS_ENGINE", "scripted",
                "VOICEBUS_SPELL_OUT", "off",
                "VOICEBUS_PROCESSING", "none",
                "VOICEBUS_SOURCE", "openai",
                "OPENAI_BASE_URL", model.baseUrl(),
                "OPENAI_API_KEY", "emulated-key",
                "OPENAI_MODEL", "gpt-4o-mini"),
            List.of("--port", "0"));
    openai =
        OpenAIOkHttpClient.builder()
            .baseUrl(serve.address() + "/v1")
            .apiKey("none")
            .maxRetries(0)
            .build();
  }

  @AfterAll
  static void close() throws Exception {
    openai.close();
    serve.close();
    VERTX.close().await(30, TimeUnit.SECONDS);
  }

  private static SpeechCreateParams speech(String voice, ResponseFormat format) {
    return SpeechCreateParams.builder()
        .input(SPEECH)
        .model("gpt-4o-mini-tts")
        .voice(voice)
        .responseFormat(format)
        .build();
  }

  @Test
  void speechArrivesWhole() throws Exception {
    try (HttpResponse answer =
        openai.audio().speech().create(speech("alloy", ResponseFormat.PCM))) {
      byte[] pcm = answer.body().readAllBytes();
      assertThat(ScriptedVoice.textOf(pcm).replace(" ", "")).isEqualTo(SPEECH.replace(" ", ""));
    }
  }

  @ParameterizedTest
  @CsvSource({"mp3,audio/mpeg", "opus,audio/ogg", "flac,audio/flac", "wav,audio/wav"})
  void formatsAreCalledWhatTheyAre(String format, String contentType) {
    try (HttpResponse answer =
        openai.audio().speech().create(speech("nova", ResponseFormat.of(format)))) {
      assertThat(answer.headers().values("content-type")).containsExactly(contentType);
    }
  }

  @Test
  void modelsAreListed() {
    assertThat(openai.models().list().autoPager())
        .extracting(Model::id)
        .contains("voicebus", "tts-1");
  }

  @Test
  void anAnswerComesAsAStream() {
    ChatCompletionCreateParams chat =
        ChatCompletionCreateParams.builder().model("any").addUserMessage("hello").build();
    try (StreamResponse<ChatCompletionChunk> stream =
        openai.chat().completions().createStreaming(chat)) {
      String answer =
          stream.stream()
              .flatMap(chunk -> chunk.choices().stream())
              .map(choice -> choice.delta().content())
              .flatMap(Optional::stream)
              .collect(Collectors.joining());
      assertThat(answer).isEqualTo(GeminiEmulatorOptions.CANNED);
    }
  }

  @Test
  void anErrorNamesWhatIsWrong() {
    BadRequestException why =
        catchThrowableOfType(
            BadRequestException.class,
            () -> openai.audio().speech().create(speech("alloy", ResponseFormat.of("mp4"))));
    assertThat(why.param()).contains("response_format");
    assertThat(why.code()).contains("unsupported_format");
  }
}
