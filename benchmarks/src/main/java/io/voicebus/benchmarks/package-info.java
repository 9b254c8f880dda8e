@NullMarked
package io.voicebus.benchmarks;

import org.jspecify.annotations.NullMarked;
