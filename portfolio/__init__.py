"""What is decided about: initiatives, their life, requirements, economy, adoption, reports."""
