package io.voicebus.embedding;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.Flow;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** {@code POST /say} in a Quarkus application: asks a Voicebus that runs beside it. */
@Path("/say")
public class SpeechResource {
  private final HttpClient client = HttpClient.newHttpClient();
  private final URI voicebus;

  @Inject
  public SpeechResource(
      @ConfigProperty(name = "voicebus.url", defaultValue = "http://127.0.0.1:8080") URI voicebus) {
    this.voicebus = voicebus;
  }

  /** Sends the sound on as it is made, no faster than it is taken; who leaves ends the turn. */
  @POST
  @Consumes(MediaType.TEXT_PLAIN)
  @Produces("audio/wav")
  public Multi<byte[]> say(String text) {
    HttpRequest request =
        HttpRequest.newBuilder(voicebus.resolve("/v1/speak?mode=say"))
            .POST(BodyPublishers.ofString(text))
            .build();
    return Uni.createFrom()
        .completionStage(() -> client.sendAsync(request, BodyHandlers.ofPublisher()))
        .onItem()
        .transformToMulti(SpeechResource::sound);
  }

  private static Multi<byte[]> sound(HttpResponse<Flow.Publisher<List<ByteBuffer>>> answer) {
    Multi<byte[]> body =
        Multi.createFrom()
            .publisher(answer.body())
            .onItem()
            .transformToIterable(buffers -> buffers)
            .map(SpeechResource::bytes);
    if (answer.statusCode() == 200) {
      return body;
    }
    // A problem in words: the token is missing, there are too many turns, …
    return body.collect()
        .in(StringBuilder::new, (all, part) -> all.append(new String(part, UTF_8)))
        .onItem()
        .transformToMulti(why -> Multi.createFrom().failure(new IOException(why.toString())));
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
