"""The web server: questions over HTTP, and the articles that citations link to."""
