"""A folder of articles and claims: load, find, save, watch. Knows nothing of meaning."""
