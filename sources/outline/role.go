package outline

import "github.com/waku-org/monthly/compile"

// headingRole gives what a heading stands for that does not say it by a word: a
// page of GitHub is a milestone, what stands below a milestone an epic.
func (p *path) headingRole(h header) compile.Role {
	milestone, epic := p.enclosing(compile.MilestoneRole), p.enclosing(compile.EpicRole)
	switch {
	case milestone == nil && h.repo() != (compile.Repo{}):
		return compile.MilestoneRole
	case epic != nil:
		return compile.TaskRole
	case milestone != nil:
		return compile.EpicRole
	}
	return compile.AreaRole
}

// entryRole gives what an entry stands for that does not say it by a word: a task,
// unless it is an issue of the repository that its milestone is in.
func (p *path) entryRole(h header) compile.Role {
	milestone, repo := p.enclosing(compile.MilestoneRole), h.repo()
	if milestone != nil && p.enclosing(compile.EpicRole) == nil && repo != (compile.Repo{}) && repo == repoOf(milestone.URL) {
		return compile.EpicRole
	}
	return compile.TaskRole
}

// demote makes those headings areas whose place a header below them takes, as
// that says itself what it is.
func (p *path) demote(role compile.Role) {
	for i, h := range p.headings {
		if h.Role == role && !h.explicit && h.URL == "" {
			p.headings[i].Role = compile.AreaRole
		}
	}
}

// enclosing gives the outermost open header of a role, or nil.
func (p *path) enclosing(role compile.Role) *header {
	for i := range p.headings {
		if p.headings[i].Role == role {
			return &p.headings[i].header
		}
	}
	for i := range p.entries {
		if p.entries[i].Role == role {
			return &p.entries[i]
		}
	}
	return nil
}
