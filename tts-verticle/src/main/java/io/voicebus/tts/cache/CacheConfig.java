package io.voicebus.tts.cache;

import io.voicebus.contract.Setting;
import io.voicebus.contract.SettingGroup;
import java.util.List;

/** The settings of the speech cache. */
public final class CacheConfig {
  private static final SettingGroup GROUP = new SettingGroup();

  /** All settings of the cache. */
  public static final List<Setting<?>> ALL = GROUP.all();

  static final Setting<Long> CACHE_BYTES =
      GROUP.add(
          Setting.bytes(
              "cache-bytes",
              16L << 20,
              0,
              1L << 40,
              "Speech kept in memory, outside the heap, for all instances of a process; 0 for"
                  + " none."));

  static final Setting<String> CACHE_DIRECTORY =
      GROUP.add(
          Setting.text(
              "cache-directory", "Folder in which speech is kept as well, beyond a restart."));

  static final Setting<Long> CACHE_DIRECTORY_BYTES =
      GROUP.add(
          Setting.bytes(
              "cache-directory-bytes",
              1L << 30,
              1L << 20,
              1L << 50,
              "Largest size of `cache-directory`."));

  private CacheConfig() {}
}
