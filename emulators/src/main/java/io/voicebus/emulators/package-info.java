@NullMarked
package io.voicebus.emulators;

import org.jspecify.annotations.NullMarked;
