// Server-sent events (https://html.spec.whatwg.org/#event-stream-interpretation) out of bytes that come in pieces.

const { Utf8Decoder } = require('./utf8');

class EventStream {
  constructor() {
    this.decoder = new Utf8Decoder();
    this.line = '';
    this.afterReturn = false;
    this.name = '';
    this.data = [];
  }

  // The events that the next bytes (an ArrayBuffer or Uint8Array) complete: [{name, data}].
  push(bytes) {
    return this.pushText(this.decoder.push(bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes)));
  }

  // The same for text that is decoded already.
  pushText(text) {
    const events = [];
    let start = 0;
    for (let at = 0; at < text.length; at += 1) {
      const character = text[at];
      if (character !== '\n' && character !== '\r') {
        this.afterReturn = false;
      } else {
        this.line += text.slice(start, at);
        start = at + 1;
        // The second half of a line break of two characters ends no further line.
        if (!(character === '\n' && this.afterReturn)) this.endLine(events);
        this.afterReturn = character === '\r';
      }
    }
    this.line += text.slice(start);
    return events;
  }

  endLine(events) {
    const line = this.line;
    this.line = '';
    if (line === '') {
      if (this.data.length > 0) events.push({ name: this.name || 'message', data: this.data.join('\n') });
      this.name = '';
      this.data = [];
      return;
    }
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    // A line that begins with a colon only says that the server is still there.
    if (field === 'event') this.name = value;
    if (field === 'data') this.data.push(value);
  }
}

module.exports = { EventStream };
