"""What everybody reads. The only place that is open to visitors who are not signed in."""
