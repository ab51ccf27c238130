"""Jobs: the only place where the models meet the store."""
