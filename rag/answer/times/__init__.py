"""When what a text tells is so: times told before, counted on, or reported on, and how they are worded."""
