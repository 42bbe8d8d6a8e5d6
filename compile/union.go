package compile

import "slices"

// unite puts the list of an item of the same words below this one's, and gives the
// number of items that are merged by it. An item that had no list of its own is
// merged with the words above the other's.
func (i *Item) unite(other Item, repo Repo, same sameItem) (merged int) {
	list, merged := union(i.Items, other.Items, repo, same)
	if len(i.Items) == 0 || len(other.Items) == 0 {
		merged++
	}
	i.Items = list
	return merged
}

// sameItem reports whether an item of a nested list says in other words what the
// list has.
type sameItem func(t, have text) bool

// wordForWord takes nothing for the same that has other words.
func wordForWord(_, _ text) bool { return false }

// nearly takes a person's rewording.
func nearly(t, have text) bool {
	_, near := t.near(have)
	return near
}

// union appends to a nested list what it does not hold yet, and gives the number
// of items that it holds.
func union(a, b []Item, repo Repo, same sameItem) (list []Item, merged int) {
	list = slices.Clone(a)
	texts := make([]text, len(list))
	byWords := map[string]int{}
	for i, item := range list {
		texts[i] = newText(item, repo)
		byWords[texts[i].key], byWords[texts[i].head.key] = i, i
	}
	for _, item := range b {
		t := newText(item, repo)
		i, found := byWords[t.head.key]
		if !found {
			i = slices.IndexFunc(texts, func(have text) bool { return same(t, have) })
		}
		if i < 0 {
			byWords[t.key], byWords[t.head.key] = len(list), len(list)
			list = append(list, item)
			continue
		}
		merged += list[i].unite(item, repo, same)
	}
	return list, merged
}
