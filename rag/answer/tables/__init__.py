"""What the tables of articles say: the cell that a question asks for, or the row that a cell tells of."""
