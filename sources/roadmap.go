package sources

import (
	"context"
	"slices"
	"time"

	"github.com/waku-org/monthly/compile"
)

// The labels by which the planning repository marks what is on the roadmap.
var roadmapLabels = []string{"epic", "milestone"}

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
	if !rd.window.Roadmap.Before(rd.To) {
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
	var issues []apiIssue
	for _, label := range roadmapLabels {
		labelled, err := rd.listIssues(ctx, rd.planning, label, time.Time{}, nil)
		if err != nil {
			return err
		}
		issues = append(issues, labelled...)
	}
	if err := rd.unlabel(issues); err != nil {
		return err
	}
	if err := rd.keepIssues(rd.planning, issues); err != nil {
		return err
	}
	return writeList(rd.archive, rd.archive.file(rd.planning, "milestones.json"), milestones)
}

// unlabel takes the labels of the roadmap off the archive's issues that GitHub no
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
		if plain := i.withoutLabels(roadmapLabels); len(plain.Labels) < len(i.Labels) {
			changed = append(changed, plain)
		}
	}
	return rd.keepIssues(rd.planning, changed)
}

func (i apiIssue) withoutLabels(names []string) apiIssue {
	i.Labels = slices.DeleteFunc(slices.Clone(i.Labels), func(l apiLabel) bool { return isIn(names, l.Name) })
	i.without = slices.Concat(i.without, names)
	slices.Sort(i.without)
	i.without = slices.Compact(i.without)
	return i
}
