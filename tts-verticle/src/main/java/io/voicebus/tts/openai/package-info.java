/** The engine that speaks with OpenAI or a compatible server. */
@NullMarked
package io.voicebus.tts.openai;

import org.jspecify.annotations.NullMarked;
