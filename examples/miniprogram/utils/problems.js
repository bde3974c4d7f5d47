// What a reader is told when no answer comes, in Chinese.

const OFFLINE = '网络不通，请检查网络后再试。';
const SLOW = '等得太久了，请再试一次。';
const BROKEN = '回答中断了，请再试一次。';
const FAILED = '抱歉，服务出了问题，请稍后再试。';

// Of a response that is no answer. `body` is what the server says of it, as an object or as text.
function problemOfResponse(status, headers, body) {
  const seconds = secondsToWait(headers);
  const later = seconds > 0 ? `请${seconds}秒后再试。` : '请稍后再试。';
  if (status === 429) return `提问太频繁了，${later}`;
  if (status === 503) {
    return codeOf(body) === 'starting' ? `服务正在启动，${later}` : `现在提问的人太多，${later}`;
  }
  if (status === 504) return SLOW;
  if (status === 400 && codeOf(body) === 'bad_question') {
    // The server says it in Chinese first, then in English.
    const message = String(parsed(body).error.message);
    return message.slice(0, message.indexOf('。') + 1) || FAILED;
  }
  if (status === 401 || status === 403) return '这个小程序没有提问的权限，请联系它的管理员。';
  return FAILED;
}

// Of a request that got no response: WeChat's errMsg says why.
function problemOfFailure(failure) {
  return /time ?out|超时/i.test((failure && failure.errMsg) || '') ? SLOW : OFFLINE;
}

function secondsToWait(headers) {
  const name = Object.keys(headers || {}).find((each) => each.toLowerCase() === 'retry-after');
  const seconds = name === undefined ? NaN : Number(headers[name]);
  return Number.isFinite(seconds) ? Math.max(1, Math.ceil(seconds)) : 0;
}

function codeOf(body) {
  const { error } = parsed(body);
  return error && typeof error === 'object' ? error.code : undefined;
}

function parsed(body) {
  if (body && typeof body === 'object') return body;
  try {
    return JSON.parse(body) || {};
  } catch (error) {
    if (error instanceof SyntaxError) return {};
    throw error;
  }
}

module.exports = { BROKEN, FAILED, problemOfFailure, problemOfResponse };
