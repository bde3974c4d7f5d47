"""WeChat: messages of 公众号 and 企业微信 in, answers out, within WeChat's five seconds."""
