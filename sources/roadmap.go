package sources

import (
	"context"
	"net/url"
	"slices"
	"time"

	"github.com/waku-org/monthly/compile"
)

// roadmap gives the roadmap of the planning repository, owner/name; the zero
// Roadmap if there is none.
func (a *Archive) roadmap(planning string, words compile.Words) (compile.Roadmap, error) {
	if planning == "" {
		return compile.Roadmap{}, nil
	}
	list, err := readList[apiMilestone](a, a.file(planning, "milestones.json"))
	if err != nil {
		return compile.Roadmap{}, err
	}
	about := map[int]string{}
	var milestones []compile.Milestone
	for _, m := range list {
		about[m.Number] = m.Description
		milestones = append(milestones, m.plain())
	}
	issues, err := a.plainIssues(planning)
	if err != nil {
		return compile.Roadmap{}, err
	}
	return compile.NewRoadmap(milestones, about, issues, words), nil
}

// readRoadmap reads the milestones, epics and tracking issues of the planning
// repository.
func (rd *reading) readRoadmap(ctx context.Context) error {
	if rd.isRead(func(w *window) time.Time { return w.Roadmap }) {
		return nil
	}
	start := rd.time()
	if rd.planning != "" {
		if err := rd.fetchRoadmap(ctx); err != nil {
			if concernsOne(err) {
				rd.gap("the planning repository "+rd.planning, err)
				return nil
			}
			return during("reading the planning repository "+rd.planning, err)
		}
	}
	return rd.recorded(func(w *window) { w.Roadmap = start })
}

func (rd *reading) fetchRoadmap(ctx context.Context) error {
	milestones, err := rd.listMilestones(ctx, rd.planning)
	if err != nil {
		return err
	}
	issues, err := rd.listPlanned(ctx)
	if err != nil {
		return err
	}
	if err := rd.unlabel(issues); err != nil {
		return err
	}
	if err := rd.keepIssues(rd.planning, issues); err != nil {
		return err
	}
	return writeList(rd.archive, rd.archive.file(rd.planning, "milestones.json"), milestones)
}

// listPlanned lists the issues that are on the roadmap: those with a word for it as
// label or type, and the sub-issues of those that mark milestones.
func (rd *reading) listPlanned(ctx context.Context) ([]apiIssue, error) {
	filters := []url.Values{{"type": {"*"}}}
	for _, name := range rd.words.Names() {
		filters = append(filters, url.Values{"labels": {name}})
	}
	var issues []apiIssue
	for _, filter := range filters {
		listed, err := rd.listIssues(ctx, rd.planning, filter, nil)
		if err != nil {
			return nil, err
		}
		issues = append(issues, slices.DeleteFunc(listed, func(i apiIssue) bool { return !i.hasWord(rd.words.Names()) })...)
	}
	for _, parent := range slices.Clone(issues) {
		if parent.SubIssues.is.Total == 0 || !parent.hasWord([]string{"milestone", rd.words.Milestone}) {
			continue
		}
		subs, err := rd.listSubIssues(ctx, rd.planning, parent.Number)
		if err != nil {
			return nil, err
		}
		issues = append(issues, subs...)
	}
	return issues, nil
}

// hasWord reports whether an issue has one of the words as label or type.
func (i apiIssue) hasWord(words []string) bool {
	return i.Type.is.Name != "" && isIn(words, i.Type.is.Name) || slices.ContainsFunc(i.Labels, func(l apiLabel) bool { return isIn(words, l.Name) })
}

// unlabel takes the words of the roadmap off the archive's issues that GitHub no
// longer lists by them.
func (rd *reading) unlabel(listed []apiIssue) error {
	known, err := rd.archive.issues(rd.planning)
	if err != nil {
		return err
	}
	for _, i := range listed {
		delete(known, i.Number)
	}
	var changed []apiIssue
	for _, i := range known {
		if words := rd.words.Names(); i.hasWord(words) {
			changed = append(changed, i.withoutWords(words))
		}
	}
	return rd.keepIssues(rd.planning, changed)
}

func (i apiIssue) withoutWords(names []string) apiIssue {
	if isIn(names, i.Type.is.Name) {
		i.Type.is.Name = ""
	}
	i.Labels = slices.DeleteFunc(slices.Clone(i.Labels), func(l apiLabel) bool { return isIn(names, l.Name) })
	i.without = slices.Concat(i.without, names)
	slices.Sort(i.without)
	i.without = slices.Compact(i.without)
	return i
}
