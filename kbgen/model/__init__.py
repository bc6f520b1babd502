"""Floor 2: the frozen values that pass between the stages, and the schemas of settings and front matter. No I/O."""
