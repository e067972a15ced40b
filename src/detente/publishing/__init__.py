"""What goes out for others to use, with its papers, and the proof that it can be made again."""
