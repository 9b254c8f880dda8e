package io.voicebus.tts;

import io.voicebus.contract.ServiceAddress;
import io.voicebus.contract.Settings;

/**
 * Where a service is.
 *
 * @param address as it was read
 */
record ServiceUrl(ServiceAddress address) {

  /**
   * Reads a setting.
   *
   * @throws IllegalArgumentException if it is no such URL
   */
  static ServiceUrl read(Settings settings, String key, String fallback) {
    String text = settings.text(key, fallback);
    return new ServiceUrl(
        ServiceAddress.parse(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "tts setting '"
                            + key
                            + "' is '"
                            + ServiceAddress.masked(text)
                            + "': it must be an http or https URL")));
  }

  String host() {
    return address.host();
  }

  int port() {
    return address.port();
  }

  boolean secure() {
    return address.secure();
  }

  /** Whether a key sent there could be read on the way. */
  boolean exposesKeys() {
    return address.exposesKeys();
  }

  /** The path of something below it. */
  String path(String name) {
    return address.uri("/" + name);
  }

  @Override
  public String toString() {
    return address.toString();
  }
}
