// 企业微信's side of a callback. Reads one job as JSON from standard input, writes what happened as JSON.
//
// A job: {address, token, key, receiver, kind: "bot" | "app", calls: [...]}. A call is {verify: text}, {message,
// seconds} (one request), {message, untilFinished: seconds} (a message to the robot, and refreshes until its stream is
// finished) or {message, tries, seconds} (a message to the app, sent again when nothing came in time).
'use strict';

const { getSignature, encrypt, decrypt } = require('@wecom/crypto');
const { Builder, parseStringPromise } = require('xml2js');

const REFRESH_PAUSE_MS = 300;

async function main() {
  let input = '';
  for await (const chunk of process.stdin) input += chunk;
  const job = JSON.parse(input);
  const results = [];
  for (const call of job.calls) results.push(await run(job, call));
  process.stdout.write(JSON.stringify(results));
}

async function run(job, call) {
  if (call.verify !== undefined) return verify(job, call.verify);
  if (call.untilFinished !== undefined) return untilFinished(job, call);
  if (call.tries !== undefined) return withTries(job, call);
  return post(job, call.message, call.seconds);
}

async function verify(job, text) {
  const sealed = encrypt(job.key, text, job.receiver);
  const response = await fetch(`${job.address}?${query(job, sealed)}&echostr=${encodeURIComponent(sealed)}`);
  return { status: response.status, text: await response.text() };
}

async function untilFinished(job, call) {
  const replies = [await post(job, call.message, 5)];
  const end = Date.now() + 1000 * call.untilFinished;
  while (!last(replies).reply.stream.finish && Date.now() < end) {
    await new Promise((resolve) => setTimeout(resolve, REFRESH_PAUSE_MS));
    const refresh = { ...call.message, msgid: `${call.message.msgid}-${replies.length}`, msgtype: 'stream' };
    refresh.stream = { id: replies[0].reply.stream.id };
    delete refresh.text;
    replies.push(await post({ ...job, address: call.refreshAddress || job.address }, refresh, 5));
  }
  return replies;
}

async function withTries(job, call) {
  const replies = [];
  while (replies.length < call.tries && (!replies.length || last(replies).timedOut)) {
    replies.push(await post(job, call.message, call.seconds));
  }
  return replies;
}

async function post(job, message, seconds) {
  const text = job.kind === 'bot' ? JSON.stringify(message) : xml(message);
  const sealed = encrypt(job.key, text, job.receiver);
  const body =
    job.kind === 'bot' ? JSON.stringify({ encrypt: sealed }) : xml({ ToUserName: job.receiver, Encrypt: sealed });
  const begun = Date.now();
  try {
    const response = await fetch(`${job.address}?${query(job, sealed)}`, {
      method: 'POST',
      headers: { 'Content-Type': job.kind === 'bot' ? 'application/json' : 'text/xml' },
      body,
      signal: AbortSignal.timeout(1000 * seconds),
    });
    const answer = await response.text();
    const reply = response.status === 200 && answer ? await opened(job, answer) : null;
    return { status: response.status, seconds: (Date.now() - begun) / 1000, reply };
  } catch (error) {
    if (error.name !== 'TimeoutError') throw error;
    return { timedOut: true, seconds: (Date.now() - begun) / 1000 };
  }
}

async function opened(job, answer) {
  const { sealed, signature, timestamp, nonce } = await envelope(job, answer);
  if (signature !== getSignature(job.token, timestamp, nonce, sealed)) throw new Error('the signature is wrong');
  const { message, id } = decrypt(job.key, sealed);
  if (id !== job.receiver) throw new Error(`the reply is for ${id}`);
  return job.kind === 'bot' ? JSON.parse(message) : parsed(message);
}

async function envelope(job, answer) {
  if (job.kind === 'bot') {
    const { encrypt: sealed, msgsignature, timestamp, nonce } = JSON.parse(answer);
    if (!Number.isInteger(timestamp)) throw new Error('the timestamp of a robot is a number');
    return { sealed, signature: msgsignature, timestamp: String(timestamp), nonce };
  }
  const fields = await parsed(answer);
  return { sealed: fields.Encrypt, signature: fields.MsgSignature, timestamp: fields.TimeStamp, nonce: fields.Nonce };
}

function query(job, sealed) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(Math.floor(Math.random() * 1e10));
  const signature = getSignature(job.token, timestamp, nonce, sealed);
  return `msg_signature=${signature}&timestamp=${timestamp}&nonce=${nonce}`;
}

function xml(fields) {
  return new Builder({ rootName: 'xml', cdata: true, headless: true }).buildObject(fields);
}

async function parsed(text) {
  return (await parseStringPromise(text, { explicitArray: false })).xml;
}

function last(list) {
  return list[list.length - 1];
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
