package sources

import (
	"cmp"

	"github.com/waku-org/monthly/compile"
)

// underTeams puts what notes say under the teams that their files are named for, if
// several notes share a day: as an area or, of their summaries, as who says them.
func (s *noteSet) underTeams() {
	if !s.shareDays() {
		return
	}
	for i, u := range s.updates {
		switch team := s.teams[u.Source.Note]; {
		case team == "" || isOnWork(u.Path):
		case u.Summary:
			saidBy(team, u.Items)
		default:
			s.updates[i].Path = append([]compile.Heading{{Level: compile.AreaLevel, Title: team}}, u.Path...)
		}
	}
}

// saidBy says who says items that do not say so themselves.
func saidBy(team string, items []compile.Item) {
	for i := range items {
		items[i].By = cmp.Or(items[i].By, team)
	}
}

// shareDays reports whether several notes are of one day, each of a team of its own.
func (s *noteSet) shareDays() bool {
	of := map[compile.Day]string{}
	for _, f := range s.files {
		team, other := s.teams[f.Name], of[f.Date]
		if team != "" && other != "" && team != other {
			return true
		}
		of[f.Date] = team
	}
	return false
}

// isOnWork reports whether a path leads to a milestone, an epic, or what has a page:
// these belong to no note.
func isOnWork(path []compile.Heading) bool {
	for _, h := range path {
		if h.Level == compile.MilestoneLevel || h.Level == compile.EpicLevel || h.URL != "" {
			return true
		}
	}
	return false
}
