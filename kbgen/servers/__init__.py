"""Floor 9: servers for the writer's own machine. Nothing here is for production."""
