"""Floor 9: the engine that puts staged pages into templates. Nobody else knows MkDocs or Material."""
