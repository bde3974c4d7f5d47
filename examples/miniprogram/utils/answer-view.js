// What the page shows of an answer.

const MARKS = /(\[\d{1,3}\])+$/;

// `answer` is the JSON of POST /api/ask; `server` completes a link that begins with the path.
function answerView(answer, server) {
  const shown = answer.citations.map((citation) => `「${citation.quote.trim()}」`);
  // What a language model worded is whole sentences: none stands large, and each keeps the marks of its sources.
  const worded = answer.mode === 'llm';
  const lines = answer.text
    .split('\n')
    .map((line) => (worded ? line : line.replace(MARKS, '')))
    .filter((line) => line.trim() && !shown.includes(line))
    .filter((line) => !answer.formula || !line.includes(answer.formula));
  return {
    // The short answer stands large: the first line, with the words that go with it.
    short: answer.short && !worded ? lines[0] || answer.short : '',
    lines: answer.short && !worded ? lines.slice(1) : lines,
    formula: answer.formula || '',
    notes: answer.notes,
    sources: answer.citations.map((citation) => sourceView(citation, server, worded ? `[${citation.number}] ` : '')),
    related: answer.related.map((citation) => sourceView(citation, server, '')),
    suggestions: answer.suggestions,
  };
}

function sourceView(citation, server, mark) {
  return {
    place: mark + [citation.title, citation.section].filter(Boolean).join(' · '),
    quote: citation.quote,
    url: /^https?:\/\//.test(citation.url) ? citation.url : server + citation.url,
  };
}

module.exports = { answerView };
