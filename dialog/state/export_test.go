package state

// KeysOf lets tests look at the keys of a person.
func KeysOf(user, key string) []string { return keysOf(user, key) }
