"""Floor 3: from the content folder to articles. Reads files, splits and checks them at the door, converts bodies to HTML."""
