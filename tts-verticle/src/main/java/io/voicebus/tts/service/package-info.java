/** What speech services over the network have in common: requests, limits, time-outs, repeats. */
@NullMarked
package io.voicebus.tts.service;

import org.jspecify.annotations.NullMarked;
