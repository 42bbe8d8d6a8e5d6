package sources

import (
	"strings"

	"github.com/waku-org/monthly/compile"
)

// sighting is an issue that a heading of a note names.
type sighting struct {
	note  string
	repo  compile.Repo
	title string // in lower case
}

// inferRenames finds the repositories that changed their owners in the time of the
// notes, which are in order: an issue of the same number and title, in a repository of
// the same name, has one owner in a note and another in a later one. Nothing follows if
// a note has the number with two titles, as these are two repositories.
func inferRenames(noted []compile.Update) Renames {
	found, refuted := Renames{}, map[string]bool{}
	for _, all := range sightings(noted) {
		for i, now := range all {
			for _, before := range all[:i] {
				switch sameTitle := now.title == before.title; {
				case now.repo == before.repo:
				case now.note == before.note && !sameTitle:
					refuted[before.repo.String()], refuted[now.repo.String()] = true, true
				case now.note != before.note && sameTitle && found[now.repo.String()] == "":
					found[before.repo.String()] = now.repo.String()
				}
			}
		}
	}
	for old, now := range found {
		if refuted[old] || refuted[now] {
			delete(found, old)
		}
	}
	return found
}

// numbered is an issue whose owner is left open.
type numbered struct {
	name   string // of the repository
	number int
}

// sightings lists what the headings of notes say of each issue.
func sightings(noted []compile.Update) map[numbered][]sighting {
	all := map[numbered][]sighting{}
	for _, u := range noted {
		for _, h := range u.Path {
			if ref, ok := compile.ParseRef(h.URL); ok {
				key := numbered{ref.Repo.Name, ref.Number}
				all[key] = append(all[key], sighting{u.Source.Note, ref.Repo, strings.ToLower(strings.TrimSpace(h.Title))})
			}
		}
	}
	return all
}
