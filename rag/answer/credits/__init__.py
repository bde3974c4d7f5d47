"""Credits: who wrote an article or took its pictures, and what these show."""
