package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import java.util.List;

/** A command that reads the settings, and so has a flag for each. */
interface TakesSettings {
  /** Those that its help shows; the others would hide what it does. */
  default List<Setting<?>> prominent() {
    return List.of();
  }
}
