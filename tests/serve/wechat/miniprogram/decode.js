// Decodes the bytes of a stream, cut in many ways. Reads {bytes: base64, expected: [{name, data}], cuts: [[...]]} from
// standard input; writes {cuttings, wrong: the first cutting that gave something else, or null}.
'use strict';

const path = require('path');

const utils = path.join(__dirname, '../../../../examples/miniprogram/utils');
const { EventStream } = require(path.join(utils, 'event-stream'));

function decoded(bytes, cuts) {
  const stream = new EventStream();
  const events = [];
  const places = [0, ...cuts, bytes.length];
  for (let i = 1; i < places.length; i += 1) {
    // A copy with a buffer of its own, which is what WeChat hands over.
    const piece = new Uint8Array(bytes.subarray(places[i - 1], places[i])).buffer;
    events.push(...stream.push(piece));
  }
  return JSON.stringify(events);
}

async function main() {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const job = JSON.parse(input);
  const bytes = new Uint8Array(Buffer.from(job.bytes, 'base64'));
  const expected = JSON.stringify(job.expected);
  const cuttings = [[], [...bytes.keys()].slice(1)];
  for (let at = 1; at < bytes.length; at += 1) cuttings.push([at]);
  cuttings.push(...job.cuts);
  const wrong = cuttings.find((cuts) => decoded(bytes, cuts) !== expected);
  process.stdout.write(JSON.stringify({ cuttings: cuttings.length, wrong: wrong === undefined ? null : wrong }));
}

main();
