/** What is said for what is written: numbers, dates, money, signs, in seven languages. */
@org.jspecify.annotations.NullMarked
package io.voicebus.chunker.spoken;
