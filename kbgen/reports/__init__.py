"""Floor 5: findings and figures as text, JSON and other formats. One module per format."""
