// UTF-8 that comes in pieces, cut anywhere, also inside a character. Not every phone has TextDecoder.
// The rules are those of https://encoding.spec.whatwg.org/#utf-8-decoder.

const REPLACEMENT = '\ufffd';

class Utf8Decoder {
  constructor() {
    this.reset();
  }

  // The text of the next bytes (a Uint8Array). What begins a character waits for the next piece.
  push(bytes) {
    let text = '';
    for (let at = 0; at < bytes.length; at += 1) {
      const byte = bytes[at];
      if (this.needed > 0 && (byte < this.lower || byte > this.upper)) {
        // No character goes on like this; the byte may begin another one.
        text += REPLACEMENT;
        this.reset();
      }
      text += this.needed > 0 ? this.next(byte) : this.first(byte);
    }
    return text;
  }

  // What is left at the end: half a character.
  end() {
    const text = this.needed > 0 ? REPLACEMENT : '';
    this.reset();
    return text;
  }

  reset() {
    this.point = 0;
    this.needed = 0;
    this.lower = 0x80;
    this.upper = 0xbf;
  }

  first(byte) {
    if (byte <= 0x7f) return String.fromCharCode(byte);
    if (byte >= 0xc2 && byte <= 0xdf) {
      this.needed = 1;
      this.point = byte & 0x1f;
    } else if (byte >= 0xe0 && byte <= 0xef) {
      if (byte === 0xe0) this.lower = 0xa0;
      if (byte === 0xed) this.upper = 0x9f;
      this.needed = 2;
      this.point = byte & 0xf;
    } else if (byte >= 0xf0 && byte <= 0xf4) {
      if (byte === 0xf0) this.lower = 0x90;
      if (byte === 0xf4) this.upper = 0x8f;
      this.needed = 3;
      this.point = byte & 0x7;
    } else {
      return REPLACEMENT;
    }
    return '';
  }

  next(byte) {
    this.lower = 0x80;
    this.upper = 0xbf;
    this.point = (this.point << 6) | (byte & 0x3f);
    this.needed -= 1;
    if (this.needed > 0) return '';
    const text = String.fromCodePoint(this.point);
    this.reset();
    return text;
  }
}

module.exports = { Utf8Decoder };
