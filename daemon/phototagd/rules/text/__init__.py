"""Words and scripts: languages, characters, tokens, synonyms."""
