package sources

import (
	"slices"
	"strings"

	"github.com/waku-org/monthly/compile"
)

// Trust says whose comments count beside those of the organisation's own people
// and of an issue's assignees.
type Trust struct {
	Authors      []string // logins
	Associations []string // GitHub's names: CONTRIBUTOR and the like
}

// insiders are the associations of people who may write in a repository.
var insiders = []string{"OWNER", "MEMBER", "COLLABORATOR"}

// refuses gives the reason why a comment does not count; empty if it does.
func (t Trust) refuses(c apiComment, issue apiIssue) compile.Reason {
	switch {
	case c.isHidden():
		return compile.HiddenOnHost
	case c.User.Type == "Bot" || strings.HasSuffix(c.User.Login, "[bot]"):
		return compile.FromBot
	case c.Association != "" && (isIn(insiders, c.Association) || isIn(t.Associations, c.Association)):
		return ""
	case c.User.Login == "":
		return compile.AccountGone
	case isIn(t.Authors, c.User.Login) || issue.isAssigned(c.User.Login):
		return ""
	}
	return compile.Untrusted
}

// isIn compares names as GitHub does, without regard to case.
func isIn(names []string, name string) bool {
	return slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, name) })
}

func (i apiIssue) isAssigned(login string) bool {
	return slices.ContainsFunc(i.Assignees, func(u apiUser) bool { return strings.EqualFold(u.Login, login) })
}
