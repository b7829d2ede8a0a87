"""What people fill in: one module for each noun."""
