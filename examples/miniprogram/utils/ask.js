// A question to the server by wx.request: in pieces with enableChunked, whole without.

const { EventStream } = require('./event-stream');
const { BROKEN, FAILED, problemOfFailure, problemOfResponse } = require('./problems');

const STATUS_OF_CODE = { overloaded: 503, answer_timeout: 504, rate_limited: 429 };

// Whether this phone can take a response in pieces (base library 2.20.2 and later).
function canTakePieces() {
  return wx.canIUse('RequestTask.onChunkReceived');
}

// Ask. Of `told`, onText gets each piece of the answer's text, and then either onAnswer the answer or onProblem a line
// in Chinese is called, once. Returns an object whose abort() ends it, after which nothing is called.
function ask(question, history, config, told) {
  const inPieces = config.chunked && canTakePieces();
  const stream = new EventStream();
  let over = false;
  let unread = '';

  function finish(call, value) {
    if (over) return;
    over = true;
    call(value);
  }

  function take(events) {
    for (const { name, data } of events) {
      if (over) return;
      const value = JSON.parse(data);
      if (name === 'text') told.onText(value.text);
      if (name === 'answer') finish(told.onAnswer, value);
      // An error inside a stream has no status of its own.
      if (name === 'error') {
        finish(told.onProblem, problemOfResponse(STATUS_OF_CODE[value.error.code] || 500, {}, value));
      }
    }
  }

  const task = wx.request({
    url: `${config.server}/api/ask`,
    method: 'POST',
    header: { 'Content-Type': 'application/json' },
    data: inPieces ? { question, history, stream: true } : { question, history },
    dataType: inPieces ? 'text' : 'json',
    enableChunked: inPieces,
    timeout: config.timeout,
    success(response) {
      const { statusCode, header, data } = response;
      if (statusCode !== 200) {
        finish(told.onProblem, problemOfResponse(statusCode, header, data || unread));
      } else if (inPieces) {
        // A phone that does not know enableChunked has it all here.
        if (!over && typeof data === 'string') take(stream.pushText(data));
        finish(told.onProblem, BROKEN);
      } else if (data && typeof data === 'object' && typeof data.text === 'string') {
        finish(told.onAnswer, data);
      } else {
        finish(told.onProblem, FAILED);
      }
    },
    fail(failure) {
      finish(told.onProblem, problemOfFailure(failure));
    },
  });
  if (inPieces) {
    task.onChunkReceived(({ data }) => {
      if (over) return;
      const text = stream.decoder.push(new Uint8Array(data));
      // An error comes without events: its body is looked at once its status is known.
      unread = (unread + text).slice(-10000);
      take(stream.pushText(text));
    });
  }
  return {
    abort() {
      over = true;
      task.abort();
    },
  };
}

module.exports = { ask };
