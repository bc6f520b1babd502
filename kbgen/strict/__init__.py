"""Between the floors 1 and 2: reading YAML strictly, and guessing what a misspelt word was meant to be. Pure."""
