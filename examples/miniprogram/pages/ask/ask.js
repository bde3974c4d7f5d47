const config = require('../../config');
const { answerView } = require('../../utils/answer-view');
const { ask } = require('../../utils/ask');

Page({
  data: {
    question: '',
    busy: false,
    // Each: {question, state: 'waiting' | 'writing' | 'answered' | 'failed', text, answer, problem}.
    turns: [],
    end: '',
  },

  onLoad() {
    // What the server gets of the turns before, and the question under way.
    this.history = [];
    this.running = null;
  },

  onUnload() {
    this.onStop();
  },

  onInput(event) {
    this.setData({ question: event.detail.value });
  },

  onAsk() {
    this.askFor(this.data.question);
  },

  // A suggested question that was tapped, or one that failed.
  onAskAgain(event) {
    this.askFor(event.currentTarget.dataset.question);
  },

  onStop() {
    if (!this.running) return;
    this.running.abort();
    this.end({ state: 'failed', problem: '已停止。' });
  },

  onCopy(event) {
    wx.setClipboardData({ data: event.currentTarget.dataset.text });
  },

  // A link: opened here where that is set up, or copied, to be opened in a browser.
  onLink(event) {
    const { url } = event.currentTarget.dataset;
    if (config.webView) {
      wx.navigateTo({ url: `/pages/article/article?url=${encodeURIComponent(url)}` });
    } else {
      wx.setClipboardData({ data: url });
    }
  },

  askFor(typed) {
    const question = String(typed).trim();
    if (!question || this.running) return;
    const turn = { question, state: 'waiting', text: '', answer: null, problem: '' };
    this.setData({ question: '', busy: true, turns: this.data.turns.concat(turn) });
    this.scroll();
    this.running = ask(question, this.history.slice(-config.turnsBefore), config, {
      onText: (piece) => this.change({ state: 'writing', text: this.last().text + piece }),
      onAnswer: (answer) => {
        this.history.push({ role: 'user', content: question }, { role: 'assistant', content: answer.text });
        this.end({ state: 'answered', answer: answerView(answer, config.server) });
      },
      onProblem: (problem) => this.end({ state: 'failed', problem }),
    });
  },

  end(values) {
    this.running = null;
    this.setData({ busy: false });
    this.change(values);
    this.scroll();
  },

  last() {
    return this.data.turns[this.data.turns.length - 1];
  },

  // Change the last turn; only what changed goes to the screen.
  change(values) {
    const at = this.data.turns.length - 1;
    const changed = {};
    for (const name of Object.keys(values)) changed[`turns[${at}].${name}`] = values[name];
    this.setData(changed);
  },

  scroll() {
    this.setData({ end: '' });
    this.setData({ end: 'end' });
  },
});
