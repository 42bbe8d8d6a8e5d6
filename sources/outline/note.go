package outline

import "github.com/waku-org/monthly/compile"

// Options say what a note does not say itself.
type Options struct {
	Day   compile.Day   // that the note's file is named for
	Words compile.Words // of the project
}

// Contents is what a weekly note holds.
type Contents struct {
	Title    string           // as the note calls itself; empty if it does not
	Date     compile.Day      // in the front matter; zero if it is not dated there
	Updates  []compile.Update // in order of line, dated with the day of the note
	Problems []Problem        // in order of line
}

// Problem is something that a note's author should mend, as it was not read as
// it was meant.
type Problem struct {
	Line int    // in the note, from 1
	Text string // one line
}

// Note reads a weekly note, front matter included. Each entry that says something
// is an update, and so is a heading that nothing follows. Whatever the note is
// made of, no text of it is lost.
func Note(source string, o Options) Contents {
	matter := cutFrontMatter(clean(source))
	shown, _ := cutHidden(matter.body, hiddenInNotes)
	r := reader{
		document: parse(shown, matter.first),
		readHeader: func(line string) header {
			h := parseHeader(line, o.Words)
			h.summary = h.URL == "" && !h.explicit && isSummary(h.Title)
			return h
		},
		title: &title{matter: matter.title, day: o.Day},
	}
	updates := r.read()
	for i := range updates {
		updates[i].Date = o.Day.Time()
	}
	return Contents{Title: r.title.String(), Date: matter.date, Updates: updates, Problems: matter.problems}
}
