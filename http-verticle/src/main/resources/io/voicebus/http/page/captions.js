// Files to take away: captions, sound, and what was said. Knows nothing of a page.

/** @param captions {text, from, to} in samples of this rate */
export function webVtt(captions, rate) {
  const cues = captions.map(
      ({text, from, to}) =>
        `${stamp(from / rate)} --> ${stamp(to / rate)}\n${text.trim().replace(/\s*\n\s*/g, ' ')
            .replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('-->', '--&gt;')}\n`);
  return `WEBVTT\n\n${cues.join('\n')}`;
}

function stamp(seconds) {
  const ms = Math.round(1000 * seconds);
  const part = (value, length) => String(Math.floor(value)).padStart(length, '0');
  const hours = part(ms / 3600000, 2);
  return `${hours}:${part((ms / 60000) % 60, 2)}:${part((ms / 1000) % 60, 2)}.${part(ms % 1000, 3)}`;
}

/** @param pieces Int16Arrays of mono samples */
export function wav(pieces, rate) {
  const bytes = pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
  const head = new DataView(new ArrayBuffer(44));
  const chars = (at, text) => [...text].forEach((c, i) => head.setUint8(at + i, c.charCodeAt(0)));
  chars(0, 'RIFF');
  head.setUint32(4, 36 + bytes, true);
  chars(8, 'WAVEfmt ');
  head.setUint32(16, 16, true);
  head.setUint16(20, 1, true); // PCM
  head.setUint16(22, 1, true); // channels
  head.setUint32(24, rate, true);
  head.setUint32(28, 2 * rate, true);
  head.setUint16(32, 2, true); // bytes for each sample of all channels
  head.setUint16(34, 16, true);
  chars(36, 'data');
  head.setUint32(40, bytes, true);
  return new Blob([head, ...pieces], {type: 'audio/wav'});
}

/** @param exchanges {prompt, text, heardTo}, of which heardTo is null where all was heard */
export function transcript(exchanges, words) {
  return exchanges
      .map(({prompt, text, heardTo}) => {
        const heard = heardTo === null ? text : text.slice(0, heardTo);
        const rest = heardTo === null ? '' : text.slice(heardTo);
        const unheard = rest.trim() === '' ? '' : `\n[${words.notHeard}] ${rest.trim()}`;
        return `${words.you}: ${prompt}\n\n${words.voicebus}: ${heard}${unheard}\n`;
      })
      .join('\n');
}
