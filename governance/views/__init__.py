"""The pages of the association: one module for each noun."""
