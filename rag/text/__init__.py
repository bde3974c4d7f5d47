"""What is true of Chinese text wherever it stands: normal forms, sentences, numbers, dates, words."""
