"""The grammar of the names of organisations: lexicons, the way left, what stands around a name."""
