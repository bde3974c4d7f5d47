"""From a file in the corpus to an Article and its Passages: read, repair, split."""
