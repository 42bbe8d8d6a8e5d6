package outline

import (
	"strings"

	"github.com/yuin/goldmark/ast"

	"github.com/waku-org/monthly/compile"
)

// OwnDay gives the day that a note names itself by, in its title or else in its front
// matter; zero if it names none.
func (c Contents) OwnDay() compile.Day {
	if day := cutDates(c.Title, compile.Day{}).last; !day.IsZero() {
		return day
	}
	return c.Date
}

// Section is a part of a text that holds several weeks.
type Section struct {
	Day  compile.Day
	Text string // the lines of the section on the lines where they stand in the text
}

// Sections takes apart a text that has a heading for each week, with the day in it and
// nothing else. What stands above the first belongs to it. A text with fewer than two
// such headings of one level has none.
func Sections(source string) []Section {
	source = clean(source)
	matter := cutFrontMatter(source)
	lines := strings.Split(source, "\n")
	var heads []dayHeading
	for _, h := range dayHeadings(parse(matter.body, matter.first)) {
		if len(heads) == 0 || h.level == heads[0].level {
			heads = append(heads, h)
		}
	}
	if len(heads) < 2 {
		return nil
	}
	var all []Section
	for i, h := range heads {
		begin, end := h.line-1, len(lines)
		if i == 0 {
			begin = matter.first - 1
		}
		if i+1 < len(heads) {
			end = heads[i+1].line - 1
		}
		all = append(all, Section{h.day, strings.Repeat("\n", begin) + strings.Join(lines[begin:end], "\n")})
	}
	return all
}

// dayHeading is a heading that is only a day.
type dayHeading struct {
	level, line int
	day         compile.Day
}

func dayHeadings(d *document) []dayHeading {
	var all []dayHeading
	for n := d.root.FirstChild(); n != nil; n = n.NextSibling() {
		h, isHeading := n.(*ast.Heading)
		if !isHeading {
			continue
		}
		if date := cutDates(d.join(h), compile.Day{}); !date.last.IsZero() && len(nameWords(date.rest)) == 0 {
			all = append(all, dayHeading{h.Level, d.lineOf(h), date.last})
		}
	}
	return all
}
