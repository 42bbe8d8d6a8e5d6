package render

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// footnotes lead from the weeks of a statement to where it was said: one for each
// comment, with the notes that repeat it, and one for each note. They are named by
// repository, number and week, so that a rerun names them the same.
type footnotes struct {
	of   map[string]*footnote // by address of a comment, or name of a note
	used []*footnote          // in the order in which the draft refers to them
}

type footnote struct {
	name    string
	week    compile.Day
	comment string   // address; empty if it is of a note
	notes   []string // names
	used    bool
}

// newFootnotes names the footnotes of all that the report can tell: of last month too.
func (d *draft) newFootnotes() footnotes {
	f := footnotes{of: map[string]*footnote{}}
	for i := range d.Highlights {
		f.add(&d.Highlights[i])
	}
	for t := range d.Told {
		f.add(t.Statement)
	}
	for _, p := range d.Report.Plans {
		f.add(p.Statement)
	}
	for _, s := range d.Standing {
		f.add(s.Statement)
		for _, e := range s.Earlier {
			f.add(e.Statement)
		}
	}
	f.name()
	return f
}

// add makes the footnotes of a statement. A note in which it stands beside a comment
// belongs to that comment.
func (f *footnotes) add(st *compile.Statement) {
	for _, s := range st.Sources {
		key := s.URL
		if key == "" {
			key = s.Note
		}
		if f.of[key] == nil {
			f.of[key] = &footnote{week: s.Week, comment: s.URL}
			if s.URL == "" {
				f.of[key].notes = []string{s.Note}
			}
		}
	}
	for week, comments := range commentsByWeek(st) {
		for _, s := range st.Sources {
			if n := f.of[comments[0]]; s.Week == week && s.Note != "" && !slices.Contains(n.notes, s.Note) {
				n.notes = append(n.notes, s.Note)
			}
		}
	}
}

func commentsByWeek(st *compile.Statement) map[compile.Day][]string {
	all := map[compile.Day][]string{}
	for _, s := range st.Sources {
		if s.URL != "" && !slices.Contains(all[s.Week], s.URL) {
			all[s.Week] = append(all[s.Week], s.URL)
		}
	}
	return all
}

// commentPage takes the address of a comment apart.
var commentPage = regexp.MustCompile(`/([^/]+)/(?:issues|pull)/(\d+)(?:#\D*(\d+))?$`)

// name gives each footnote its name. Of several that would have the same, that of the
// later comment, which has the higher number, has a number behind it.
func (f *footnotes) name() {
	var all []*footnote
	for _, n := range f.of {
		slices.Sort(n.notes)
		all = append(all, n)
	}
	slices.SortFunc(all, func(a, b *footnote) int {
		if len(a.comment) != len(b.comment) {
			return len(a.comment) - len(b.comment) // the numbers of comments grow
		}
		return strings.Compare(a.comment+strings.Join(a.notes, " "), b.comment+strings.Join(b.notes, " "))
	})
	taken := map[string]bool{}
	for _, n := range all {
		base := n.base()
		n.name = base
		for i := 2; taken[strings.ToLower(n.name)]; i++ {
			n.name = base + "-" + strconv.Itoa(i)
		}
		taken[strings.ToLower(n.name)] = true
	}
}

// notInName is what no viewer takes in the name of a footnote.
var notInName = regexp.MustCompile(`[^A-Za-z0-9._-]+`)

func (n *footnote) base() string {
	about := "note"
	if m := commentPage.FindStringSubmatch(n.comment); m != nil {
		about = m[1] + "-" + m[2]
	} else if n.comment != "" {
		about = "comment"
	} else if team := strings.TrimPrefix(n.notes[0], n.week.String()); team != "" && team != n.notes[0] {
		about += "-" + strings.Trim(team, "-_ ")
	}
	return fmt.Sprintf("%s-%02d%02d", notInName.ReplaceAllString(about, "-"), n.week.Month, n.week.Day)
}

// weeks gives the weeks of a statement in parentheses, each with its footnotes.
func (d *draft) weeks(st *compile.Statement) string {
	comments := commentsByWeek(st)
	var all []string
	for _, week := range st.Weeks {
		s, seen := week.Short(), map[string]bool{}
		for _, key := range comments[week] {
			s += d.refer(key)
		}
		for _, source := range st.Sources {
			if len(comments[week]) == 0 && source.Week == week && source.Note != "" && !seen[source.Note] {
				s += d.refer(source.Note)
				seen[source.Note] = true
			}
		}
		all = append(all, s)
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// refer refers to a footnote.
func (d *draft) refer(key string) string {
	n := d.footnotes.of[key]
	if n == nil {
		return ""
	}
	if !n.used {
		n.used = true
		d.footnotes.used = append(d.footnotes.used, n)
	}
	return "[^" + n.name + "]"
}

// Footnotes gives the footnotes to which the draft has referred so far, a line each.
func (d *draft) Footnotes() []string {
	var lines []string
	for _, n := range d.footnotes.used {
		var links []string
		if n.comment != "" {
			links = append(links, d.title("comment", n.comment))
		}
		for _, note := range n.notes {
			links = append(links, d.noteLink(note, "note"))
		}
		lines = append(lines, "[^"+n.name+"]: "+n.week.Short()+": "+strings.Join(links, ", "))
	}
	return lines
}
