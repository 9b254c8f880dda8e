@NullMarked
package io.voicebus.launcher;

import org.jspecify.annotations.NullMarked;
