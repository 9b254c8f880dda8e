/** OpenAI's API, as its clients expect it: speech, voices, models and chat completions. */
@NullMarked
package io.voicebus.http.openai;

import org.jspecify.annotations.NullMarked;
