// WeChat as a test sees it: sends one message to a 公众号 in up to three tries, hangs up on each after its patience,
// and checks, decrypts and reads the reply. The encryption and the XML are those of packages that we did not write.
//
// Reads a job as JSON: {url, token, key, appId, safe, message: {...fields}, patience} (patience in milliseconds).
// Writes {text, tries, seconds, statuses}; text is null where no try was answered, "" where no reply is wanted.
"use strict";

const crypto = require("crypto");
const http = require("http");
const WXBizMsgCrypt = require("wechat-crypto");
const xml2js = require("xml2js");

const TRIES = 3;

function sha1(...parts) {
  return crypto.createHash("sha1").update(parts.sort().join("")).digest("hex");
}

function build(fields) {
  return new xml2js.Builder({ rootName: "xml", cdata: true, headless: true }).buildObject(fields);
}

async function parse(xml) {
  const { xml: fields } = await xml2js.parseStringPromise(xml, { explicitArray: false, trim: false });
  return fields;
}

function request(job, cryptor) {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const nonce = String(crypto.randomInt(1e9));
  const query = { signature: sha1(job.token, timestamp, nonce), timestamp, nonce, openid: job.message.FromUserName };
  let body = build(job.message);
  if (job.safe) {
    const encrypted = cryptor.encrypt(body);
    query.encrypt_type = "aes";
    query.msg_signature = cryptor.getSignature(timestamp, nonce, encrypted);
    body = build({ ToUserName: job.message.ToUserName, Encrypt: encrypted });
  }
  return { path: `/wechat/mp?${new URLSearchParams(query)}`, body };
}

function post(job, { path, body }) {
  return new Promise((resolve, reject) => {
    const call = http.request(
      new URL(path, job.url),
      { method: "POST", headers: { "Content-Type": "text/xml" }, agent: false },
      (response) => {
        const chunks = [];
        response.on("data", (chunk) => chunks.push(chunk));
        response.on("end", () => {
          clearTimeout(timer);
          resolve({ status: response.statusCode, body: Buffer.concat(chunks).toString("utf8") });
        });
      },
    );
    const timer = setTimeout(() => {
      call.destroy();
      resolve(null);
    }, job.patience);
    call.on("error", (error) => (call.destroyed ? resolve(null) : reject(error)));
    call.end(body);
  });
}

async function read(job, cryptor, body) {
  if (body === "" || body === "success") return "";
  let fields = await parse(body);
  if (job.safe) {
    if (cryptor.getSignature(fields.TimeStamp, fields.Nonce, fields.Encrypt) !== fields.MsgSignature) {
      throw new Error("the reply's signature is wrong");
    }
    const opened = cryptor.decrypt(fields.Encrypt);
    if (opened.id !== job.appId) throw new Error(`the reply is of ${opened.id}`);
    fields = await parse(opened.message);
  }
  if (fields.ToUserName !== job.message.FromUserName || fields.FromUserName !== job.message.ToUserName) {
    throw new Error("the reply is from or for somebody else");
  }
  if (fields.MsgType !== "text" || !/^\d+$/.test(fields.CreateTime)) throw new Error("the reply is no text");
  if (Buffer.byteLength(fields.Content) > 2048) throw new Error("the reply is too long");
  return fields.Content;
}

async function main() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  const job = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const cryptor = job.safe ? new WXBizMsgCrypt(job.token, job.key, job.appId) : null;
  const begun = Date.now();
  const statuses = [];
  for (let tries = 1; tries <= TRIES; tries += 1) {
    const response = await post(job, request(job, cryptor));
    statuses.push(response && response.status);
    if (response) {
      if (response.status !== 200) throw new Error(`status ${response.status}: ${response.body}`);
      const text = await read(job, cryptor, response.body);
      return { text, tries, seconds: (Date.now() - begun) / 1000, statuses };
    }
  }
  return { text: null, tries: TRIES, seconds: (Date.now() - begun) / 1000, statuses };
}

main().then(
  (result) => process.stdout.write(JSON.stringify(result)),
  (error) => {
    process.stderr.write(`${error.stack}\n`);
    process.exitCode = 1;
  },
);
