package outline

import (
	"regexp"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// headingLevel gives what a heading stands for that does not say it by a word: a
// page of GitHub or of the site is a milestone, and so is what stands below a heading
// like "Milestones"; what stands below a milestone is an epic.
func (p *path) headingLevel(h header) compile.Level {
	milestone, epic := p.enclosing(compile.MilestoneLevel), p.enclosing(compile.EpicLevel)
	switch {
	case milestone == nil && p.ofMilestones():
		return compile.MilestoneLevel
	case milestone == nil && (h.repo() != (compile.Repo{}) || h.link == wholeLine && isSitePage(h.URL)):
		return compile.MilestoneLevel
	case epic != nil:
		return compile.TaskLevel
	case milestone != nil:
		return compile.EpicLevel
	}
	return compile.AreaLevel
}

// entryLevel gives what an entry stands for that does not say it by a word: a task,
// unless it is an issue of the repository that its milestone is in, or stands below
// a milestone's page of the site, which has its deliverables below it. A repository is
// compared by its name, as its owner may have been renamed.
func (p *path) entryLevel(h header) compile.Level {
	milestone, repo := p.enclosing(compile.MilestoneLevel), h.repo()
	switch {
	case milestone == nil && len(p.entries) == 0 && h.link == wholeLine && p.ofMilestones():
		return compile.MilestoneLevel
	case milestone == nil || p.enclosing(compile.EpicLevel) != nil:
		return compile.TaskLevel
	case repo != (compile.Repo{}) && repo.Name == repoOf(milestone.URL).Name, isSitePage(milestone.URL):
		return compile.EpicLevel
	}
	return compile.TaskLevel
}

var milestonesTitle = regexp.MustCompile(`(?i)^(?:[\p{L}-]+ ){0,3}milestones$`)

// ofMilestones reports whether the innermost heading says that what stands below it
// are milestones, "Research Milestones".
func (p *path) ofMilestones() bool {
	n := len(p.headings)
	return n > 0 && p.headings[n-1].URL == "" && milestonesTitle.MatchString(p.headings[n-1].Title)
}

// isSitePage reports whether an address is that of a page of the site that the note
// is in.
func isSitePage(url string) bool {
	return url != "" && !strings.Contains(url, ":") && !strings.HasPrefix(url, "#")
}

// demote makes those headings areas whose place a header below them takes, as
// that says itself what it is.
func (p *path) demote(level compile.Level) {
	for i, h := range p.headings {
		if h.Level == level && !h.explicit && h.URL == "" {
			p.headings[i].Level = compile.AreaLevel
		}
	}
}

// enclosing gives the outermost open header of a level, or nil.
func (p *path) enclosing(level compile.Level) *header {
	for i := range p.headings {
		if p.headings[i].Level == level {
			return &p.headings[i].header
		}
	}
	for i := range p.entries {
		if p.entries[i].Level == level {
			return &p.entries[i]
		}
	}
	return nil
}
