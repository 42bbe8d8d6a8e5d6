package compile

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestReporters(t *testing.T) {
	by := func(author, when string) Update {
		u := comment(when, "1", "x "+author)
		u.Author = author
		return u
	}
	in := september(by("ada", "2023-09-07"), by("bob", "2023-09-08"), by("cleo", "2023-08-03"), by("bob", "2023-09-14"))
	refused := by("dan", "2023-09-07")
	refused.LeftOut = Untrusted
	in.Updates = append(in.Updates, refused)
	assert.Empty(t, compiled(t, in).Reporters, "nothing is known of the time before")
	in.Heard = []string{"ada", "cleo"}
	assert.Equal(t, []string{"bob"}, compiled(t, in).Reporters)
}

func TestSpeaksOfPeople(t *testing.T) {
	for text, want := range map[string]bool{
		"Ada joined as a researcher":                         true,
		"3rd engineer joining at the end of October":         true,
		"hiring: two interviews":                             true,
		"we need to backfill the role":                       true,
		"Bob left the team":                                  true,
		"Bob is on parental leave":                           true,
		"a candidate for the role was found":                 true,
		"testing the release candidate":                      false,
		"release candidate v0.31 looks nice":                 false,
		"peers that join late":                               false,
		"left to do: docs":                                   false,
		"interviewed five users about the map":               false,
		"tables are joined in one query":                     false,
		"onboarding of new operators is described":           false,
		"the new developer portal is online":                 false,
		"merged a new engineer's guide":                      false,
		"added tests":                                        false,
		"Cleo resigned":                                      true,
		"new team member in research":                        true,
		"open position: protocol engineer, see the job post": true,
		"nodes leave the network":                            false,
		"departure of a peer is now noticed within a second": false,
		"the community call was joined by 30 people":         false,
		"dial candidate peers":                               false,
		"recruited a developer advocate":                     true,
	} {
		assert.Equal(t, want, Statement{Item: Item{Text: text}}.SpeaksOfPeople(), text)
	}
}
