@NullMarked
package io.voicebus.playback;

import org.jspecify.annotations.NullMarked;
