package sources

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

func TestTrust(t *testing.T) {
	for name, test := range map[string]struct {
		comment apiComment
		trust   Trust
		want    compile.Reason // empty if the comment counts
	}{
		"owner":                 {apiComment{Association: "OWNER"}, Trust{}, ""},
		"member":                {apiComment{Association: "MEMBER"}, Trust{}, ""},
		"collaborator":          {apiComment{Association: "COLLABORATOR"}, Trust{}, ""},
		"contributor":           {apiComment{Association: "CONTRIBUTOR", User: apiUser{Login: "ann"}}, Trust{}, compile.Untrusted},
		"contributor, trusted":  {apiComment{Association: "CONTRIBUTOR", User: apiUser{Login: "ann"}}, Trust{Associations: []string{"contributor"}}, ""},
		"stranger":              {apiComment{Association: "NONE", User: apiUser{Login: "ann"}}, Trust{}, compile.Untrusted},
		"stranger, trusted":     {apiComment{Association: "NONE", User: apiUser{Login: "ann"}}, Trust{Authors: []string{"Ann"}}, ""},
		"no association":        {apiComment{User: apiUser{Login: "ann"}}, Trust{}, compile.Untrusted},
		"none can be trusted":   {apiComment{User: apiUser{Login: "ann"}}, Trust{Associations: []string{""}}, compile.Untrusted},
		"none, but assigned":    {apiComment{User: apiUser{Login: "bea"}}, Trust{}, ""},
		"assigned":              {apiComment{Association: "NONE", User: apiUser{Login: "BEA"}}, Trust{}, ""},
		"bot by type":           {apiComment{Association: "MEMBER", User: apiUser{Login: "ci", Type: "Bot"}}, Trust{Authors: []string{"ci"}}, compile.FromBot},
		"bot by name":           {apiComment{Association: "OWNER", User: apiUser{Login: "ci[bot]"}}, Trust{}, compile.FromBot},
		"hidden":                {apiComment{Association: "OWNER", Hidden: true}, Trust{}, compile.HiddenOnHost},
		"account gone":          {apiComment{Association: "NONE"}, Trust{Authors: []string{""}}, compile.AccountGone},
		"account gone, was one": {apiComment{Association: "MEMBER"}, Trust{}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			issue := apiIssue{Assignees: []apiUser{{Login: "bea"}}}
			require.Equal(t, test.want, test.trust.refuses(test.comment, issue))
		})
	}
}
