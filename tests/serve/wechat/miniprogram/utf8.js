// Decodes random bytes in random pieces, and compares with Node's own decoder. Reads [[base64, [cut, ...]], ...].
'use strict';

const path = require('path');

const { Utf8Decoder } = require(path.join(__dirname, '../../../../examples/miniprogram/utils/utf8'));

async function main() {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const wrong = JSON.parse(input).find(([base64, cuts]) => {
    const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
    const decoder = new Utf8Decoder();
    const places = [0, ...cuts, bytes.length];
    let text = '';
    for (let i = 1; i < places.length; i += 1) text += decoder.push(bytes.subarray(places[i - 1], places[i]));
    text += decoder.end();
    return text !== new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  });
  process.stdout.write(JSON.stringify(wrong === undefined ? null : wrong));
}

main();
