"""English questions, made Chinese in the words of the articles."""
