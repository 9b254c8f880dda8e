@NullMarked
package io.voicebus.playback.seam;

import org.jspecify.annotations.NullMarked;
