const config = require('../../config');

Page({
  data: { url: '' },

  onLoad(options) {
    const url = decodeURIComponent(options.url || '');
    // Whoever shares this page can write its parameters; it opens the server's articles and nothing else.
    if (url.startsWith(`${config.server}/`)) this.setData({ url });
  },
});
