"""Floor 4: who sees what. The only place where that is decided, before anything is rendered. Pure."""
