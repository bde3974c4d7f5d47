module.exports = {
  // The server, by the domain that stands in the console under 开发管理 → 服务器域名 → request合法域名.
  server: 'https://juwen.example.com',
  // Whether an answer is shown while it is written. Without it, or on a phone with an old base library, it is shown whole.
  chunked: true,
  // Whether a link opens inside the 小程序, for which its domain must be a 业务域名. Otherwise it is copied.
  webView: false,
  // How long an answer may take, in milliseconds.
  timeout: 60000,
  // How many of the turns before go with a question, so that a follow-up is understood.
  turnsBefore: 6,
};
