"""Vectors (FAISS), keywords (BM25), and both on disk."""
