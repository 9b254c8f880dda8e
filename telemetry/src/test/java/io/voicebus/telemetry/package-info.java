@NullMarked
package io.voicebus.telemetry;

import org.jspecify.annotations.NullMarked;
