// The page of the 小程序 without WeChat: a `wx` that makes real requests. Reads {config, pieces: "taken" | "whole" |
// "unknown", steps: [...]} from standard input; writes {data, calls, requests, changes, handlers} as JSON.
//
// pieces: whether this phone takes a response in pieces, does not and says so, or says that it does and then does not.
// A step is {call: name, event, wait: true to wait until the page is no longer busy, sleep: milliseconds}.
'use strict';

const fs = require('fs');
const http = require('http');
const path = require('path');

const PROGRAM = path.join(__dirname, '../../../../examples/miniprogram');

function fakeWeChat(job, record) {
  return {
    canIUse: (name) => name === 'RequestTask.onChunkReceived' && job.pieces !== 'whole',
    setClipboardData: ({ data }) => record.calls.push({ clipboard: data }),
    navigateTo: ({ url }) => record.calls.push({ open: url }),
    request: (options) => request(options, job, record),
  };
}

function request(options, job, record) {
  record.requests.push({ url: options.url, data: options.data, enableChunked: options.enableChunked });
  const listeners = [];
  let ended = false;
  const inPieces = options.enableChunked && job.pieces === 'taken';
  const end = (name, value) => {
    if (!ended) {
      ended = true;
      options[name](value);
    }
  };
  const sent = http.request(options.url, { method: options.method, headers: options.header }, (response) => {
    const chunks = [];
    response.on('data', (chunk) => {
      // Cut as a network would, inside characters too.
      const half = chunk.length >> 1;
      for (const piece of [chunk.subarray(0, half), chunk.subarray(half)]) {
        if (inPieces && !ended) listeners.forEach((listener) => listener({ data: new Uint8Array(piece).buffer }));
        chunks.push(piece);
      }
    });
    response.on('end', () => {
      const text = inPieces ? '' : Buffer.concat(chunks).toString('utf8');
      end('success', { statusCode: response.statusCode, header: response.headers, data: asData(text, options.dataType) });
    });
    response.on('error', () => end('fail', { errMsg: 'request:fail aborted' }));
  });
  sent.setTimeout(options.timeout, () => {
    end('fail', { errMsg: 'request:fail timeout' });
    sent.destroy();
  });
  sent.on('error', (error) => end('fail', { errMsg: `request:fail ${error.message}` }));
  sent.end(JSON.stringify(options.data));
  return {
    onChunkReceived: (listener) => listeners.push(listener),
    abort: () => {
      end('fail', { errMsg: 'request:fail abort' });
      sent.destroy();
    },
  };
}

function asData(text, dataType) {
  if (dataType !== 'json') return text;
  try {
    return JSON.parse(text);
  } catch (error) {
    return text;
  }
}

function openPage(name, record) {
  let page;
  global.Page = (definition) => {
    page = definition;
  };
  require(path.join(PROGRAM, 'pages', name, name));
  page.setData = function setData(values) {
    for (const [place, value] of Object.entries(values)) {
      record.changes.push(place);
      const steps = place.replace(/\[(\d+)\]/g, '.$1').split('.');
      const last = steps.pop();
      // WeChat copies what it is given.
      steps.reduce((inner, step) => inner[step], this.data)[last] = JSON.parse(JSON.stringify(value));
    }
  };
  return page;
}

async function main() {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const job = JSON.parse(input);
  Object.assign(require(path.join(PROGRAM, 'config')), job.config);
  const record = { calls: [], requests: [], changes: [] };
  global.wx = fakeWeChat(job, record);
  const page = openPage(job.page || 'ask', record);
  if (page.onLoad) page.onLoad(job.options || {});
  for (const step of job.steps) {
    if (step.call) page[step.call](step.event);
    while (step.wait && page.data.busy) await new Promise((resolve) => setTimeout(resolve, 10));
    if (step.sleep) await new Promise((resolve) => setTimeout(resolve, step.sleep));
  }
  const markup = fs.readFileSync(path.join(PROGRAM, `pages/${job.page || 'ask'}/${job.page || 'ask'}.wxml`), 'utf8');
  const named = [...markup.matchAll(/\sbind\w+="(\w+)"/g)].map((found) => found[1]);
  const handlers = Object.fromEntries(named.map((name) => [name, typeof page[name]]));
  process.stdout.write(JSON.stringify({ data: page.data, ...record, handlers }));
}

main();
