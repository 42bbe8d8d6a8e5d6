package sources

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// span is a stretch of time up to, not including, To.
type span struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

func (s span) holds(t time.Time) bool { return !t.Before(s.From) && t.Before(s.To) }

// window is the record of a span of which comments were read. The times are those
// at which a reading began: what changed since then is not in the archive. The
// zero time means that nothing was read.
type window struct {
	span
	Planning string               `json:"planning"`
	Repos    time.Time            `json:"repos,omitzero"`     // list of repositories
	Roadmap  time.Time            `json:"roadmap,omitzero"`   // milestones and epics
	Hidden   time.Time            `json:"hidden,omitzero"`    // which updates maintainers have hidden
	Comments map[string]time.Time `json:"comments,omitempty"` // by repository
	Issues   map[string]time.Time `json:"issues,omitempty"`   // by repository
	Projects map[int]time.Time    `json:"projects,omitempty"` // status updates, by number of the project
	Asked    []string             `json:"asked,omitempty"`    // issues that notes link to, if GitHub was asked for them
	Moved    map[string]string    `json:"moved,omitempty"`    // where issues are now, by where they were asked for
}

// newWindow is the record of a span of which nothing was read.
func newWindow(s span, planning string) window {
	return window{span: s, Planning: planning}.made()
}

// is reports whether the record is of a span, with a planning repository.
func (w window) is(s span, planning string) bool {
	return w.From.Equal(s.From) && w.To.Equal(s.To) && strings.EqualFold(w.Planning, planning)
}

func (w window) clone() window {
	copied := newWindow(w.span, w.Planning)
	maps.Copy(copied.Comments, w.Comments)
	maps.Copy(copied.Issues, w.Issues)
	maps.Copy(copied.Projects, w.Projects)
	maps.Copy(copied.Moved, w.Moved)
	w.Comments, w.Issues, w.Projects, w.Asked, w.Moved = copied.Comments, copied.Issues, copied.Projects, slices.Clone(w.Asked), copied.Moved
	return w
}

func compareWindows(x, y window) int {
	return cmp.Or(x.From.Compare(y.From), x.To.Compare(y.To), strings.Compare(x.Planning, y.Planning))
}

// final reports whether all of a window was read after its end. GitHub says only
// to those who log in which comments are hidden.
func (w window) final(repos []apiRepo, login TokenSource) bool {
	if w.Repos.Before(w.To) || w.Roadmap.Before(w.To) || login != nil && w.Hidden.Before(w.To) {
		return false
	}
	return !slices.ContainsFunc(repos, func(r apiRepo) bool {
		return w.Comments[r.FullName].Before(w.To) || w.Issues[r.FullName].Before(w.To)
	})
}

var errNotRead = errors.New("it has not been read yet")

// missing gives what was never read of a window.
func (w window) missing(repos []apiRepo, planning string) []Gap {
	var gaps []Gap
	if planning != "" && (w.Roadmap.IsZero() || !strings.EqualFold(w.Planning, planning)) {
		gaps = append(gaps, Gap{"the planning repository " + planning, errNotRead})
	}
	for _, r := range repos {
		if w.Comments[r.FullName].IsZero() || w.Issues[r.FullName].IsZero() {
			gaps = append(gaps, Gap{"the repository " + r.FullName, errNotRead})
		}
	}
	return gaps
}

// window gives the record of a span; that of a span that was never read says so.
func (a *Archive) window(s span, planning string) window {
	a.mu.Lock()
	defer a.mu.Unlock()
	for _, w := range a.state.Windows {
		if w.is(s, planning) {
			return w.clone()
		}
	}
	return newWindow(s, planning)
}

// add adds what was read since: the later times, and all that was asked for.
func (w *window) add(more window) {
	w.Repos = cmp.Or(more.Repos, w.Repos)
	w.Roadmap = cmp.Or(more.Roadmap, w.Roadmap)
	w.Hidden = cmp.Or(more.Hidden, w.Hidden)
	maps.Copy(w.Comments, more.Comments)
	maps.Copy(w.Issues, more.Issues)
	maps.Copy(w.Projects, more.Projects)
	maps.Copy(w.Moved, more.Moved)
	if len(more.Asked) > 0 {
		w.Asked = slices.Compact(slices.Sorted(slices.Values(slices.Concat(w.Asked, more.Asked))))
	}
}

// windowOf finds the record of the span that another record is of, or begins it.
func (s *archiveState) windowOf(w window) *window {
	same := func(old window) bool { return old.is(w.span, w.Planning) }
	if !slices.ContainsFunc(s.Windows, same) {
		s.Windows = append(s.Windows, newWindow(w.span, w.Planning))
		slices.SortFunc(s.Windows, compareWindows)
	}
	found := &s.Windows[slices.IndexFunc(s.Windows, same)]
	*found = found.made()
	return found
}

// made gives a record as it was read from JSON with its maps.
func (w window) made() window {
	if w.Comments == nil {
		w.Comments = map[string]time.Time{}
	}
	if w.Issues == nil {
		w.Issues = map[string]time.Time{}
	}
	if w.Projects == nil {
		w.Projects = map[int]time.Time{}
	}
	if w.Moved == nil {
		w.Moved = map[string]string{}
	}
	return w
}

// held says what the archive lacks of a span, however long ago it was read, and
// warns if that was before the span's end. ok is false if it has nothing of the
// span.
func (a *Archive) held(s span, planning string) (best Outcome, ok bool, err error) {
	repos, err := a.repos()
	if err != nil {
		return Outcome{}, false, err
	}
	damaged := a.damagedRepos(repos)
	for _, w := range a.windowsAround(s) {
		gaps := append(w.missing(w.concerned(repos), planning), damaged...)
		if ok && len(gaps) >= len(best.Gaps) {
			continue
		}
		best, ok = Outcome{Gaps: gaps}, true
		if w.Repos.Before(s.To) {
			best.Warnings = []string{fmt.Sprintf("the archive was read on %s: what was said since is not in it", w.Repos.Format(time.DateOnly))}
		}
	}
	return best, ok, nil
}

// windowsAround gives the records of all windows that hold a span.
func (a *Archive) windowsAround(s span) []window {
	a.mu.Lock()
	defer a.mu.Unlock()
	var around []window
	for _, w := range a.state.Windows {
		if !w.From.After(s.From) && !w.To.Before(s.To) && !w.Repos.IsZero() {
			around = append(around, w.clone())
		}
	}
	return around
}
