"""The language model that may word an answer: any OpenAI-compatible endpoint, asked within a time limit."""
