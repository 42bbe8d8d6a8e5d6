package sources

import "sync"

// memo keeps values that are made once, also when several ask for one at the
// same time. The zero memo is empty.
type memo[K comparable, V any] struct {
	makers sync.Map // K → func() V
}

// get returns the value of a key, and makes it if nobody asked for it before.
func (m *memo[K, V]) get(key K, make func() V) V {
	maker, found := m.makers.Load(key)
	if !found {
		maker, _ = m.makers.LoadOrStore(key, sync.OnceValue(make))
	}
	return maker.(func() V)()
}

// set replaces the value of a key.
func (m *memo[K, V]) set(key K, value V) {
	m.makers.Store(key, func() V { return value })
}
