/** What the engines of network services have in common: requests, limits, time-outs, repeats. */
@NullMarked
package io.voicebus.tts.service;

import org.jspecify.annotations.NullMarked;
