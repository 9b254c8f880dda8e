package io.voicebus.contract;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The settings of one role, in the order of the documentation. A role has a class of constants,
 * each of which is added as it is defined; so a new setting is one statement.
 */
public final class SettingGroup {
  private final List<Setting<?>> all = new ArrayList<>();

  /** Adds one, and returns it. */
  public <T> Setting<T> add(Setting<T> setting) {
    all.add(setting);
    return setting;
  }

  /** Adds those of a part of the role. */
  public SettingGroup addAll(List<Setting<?>> others) {
    all.addAll(others);
    return this;
  }

  /** All of them, those that are added later, too. */
  public List<Setting<?>> all() {
    return Collections.unmodifiableList(all);
  }
}
