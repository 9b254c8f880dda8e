@NullMarked
package io.voicebus.tts;

import org.jspecify.annotations.NullMarked;
