package io.voicebus.launcher;

import io.voicebus.contract.Setting;
import java.util.List;

/** A command that reads the settings, and so has a flag for each. */
interface TakesSettings {
  /** The settings that its help shows; all of them would be too many. */
  default List<Setting<?>> prominent() {
    return List.of();
  }
}
