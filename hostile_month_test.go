package main

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/render/safe/safetest"
)

const (
	hostileOrg = "hostile-org"
	hostileAt  = "2025-03-05T12:00:00Z"
)

// hostileTexts are what the hostile month is made of: all texts that did harm, and
// some of their siblings in each place.
func hostileTexts() []safetest.HostileText {
	var all []safetest.HostileText
	for i, h := range safetest.Hostile() {
		if !strings.HasPrefix(h.Name, "payload-") || i%7 == 0 {
			all = append(all, h)
		}
	}
	return all
}

// calmTexts are in the places of the hostile ones.
func calmTexts() []safetest.HostileText {
	all := hostileTexts()
	for i := range all {
		all[i].Text, all[i].Visible = fmt.Sprintf("calm%d", i), ""
	}
	return all
}

// hostileMonth is the month of an organisation in which people write the texts,
// each with a task, an epic, a milestone or a note of its own.
func hostileMonth(texts []safetest.HostileText) month {
	o := organisation{notes: fstest.MapFS{}}
	o.milestone(1, "Goal")
	o.epic(1, "Base")
	o.tell(0, "Plain", "achieved: told 0\n- next: plan")
	for i, h := range texts {
		o.write(i+1, h)
	}
	return month{"Hostile", hostileOrg, hostileOrg + "/plan", "2025-03", "hostile/updates", o.notes, o.archive()}
}

// organisation is an archive of GitHub and its notes, as they grow.
type organisation struct {
	milestones, epics, tasks, comments []object
	notes                              fstest.MapFS
}

type object = map[string]any

// write puts a text where it belongs. What has a title has a statement as well.
func (o *organisation) write(n int, h safetest.HostileText) {
	task, told := fmt.Sprintf("Task %d", n), fmt.Sprintf("achieved: told %d", n)
	switch h.Place {
	case safetest.Milestone:
		o.milestone(1000+n, h.Text)
	case safetest.Epic:
		o.epic(1000+n, h.Text)
	case safetest.Title:
		o.tell(n, h.Text, told)
	case safetest.Nested:
		o.tell(n, task, told)
		o.comment(n, fmt.Sprintf("achieved: above %d\n  - %s", n, strings.ReplaceAll(h.Text, "\n", "\n  ")))
	case safetest.Note:
		o.tell(n, task, told)
		o.note(n, "## Goal\n\n### Base\n\n**["+task+"]("+htmlURL("app", n)+")**\n\n- achieved: "+h.Text)
	case safetest.Heading:
		o.note(n, "## "+h.Text+"\n\n- achieved: "+fmt.Sprintf("headed %d", n))
	default:
		o.tell(n, task, told)
		o.comment(n, "achieved: "+h.Text)
	}
}

func (o *organisation) milestone(n int, title string) {
	o.milestones = append(o.milestones, object{
		"id": n, "number": n, "title": title, "state": "open", "html_url": "https://github.com/" + hostileOrg + "/plan/milestone/" + fmt.Sprint(n), "created_at": hostileAt, "updated_at": hostileAt,
	})
}

func (o *organisation) epic(n int, title string) {
	epic := issue("plan", n, title, "epic", fmt.Sprintf("E:e%d", n))
	epic["milestone"] = object{"number": 1}
	o.epics = append(o.epics, epic)
}

// tell adds a task with a statement.
func (o *organisation) tell(n int, title, statement string) {
	o.tasks = append(o.tasks, issue("app", n+1, title, "E:e1"))
	o.comment(n, statement)
}

func (o *organisation) comment(n int, statement string) {
	id := 1000 + len(o.comments)
	o.comments = append(o.comments, object{
		"id": id, "node_id": fmt.Sprintf("IC_%d", id), "body": "**Weekly Update**\n\n- " + statement, "author_association": "MEMBER",
		"html_url":  fmt.Sprintf("%s#issuecomment-%d", htmlURL("app", n), id),
		"issue_url": strings.Replace(htmlURL("app", n), "https://github.com", "https://api.github.com/repos", 1),
		"user":      object{"login": "known", "type": "User"}, "created_at": hostileAt, "updated_at": hostileAt,
	})
}

func (o *organisation) note(n int, body string) {
	o.notes[fmt.Sprintf("2025-03-10-%d.md", n)] = &fstest.MapFile{Data: []byte(body + "\n")}
}

// htmlURL is the page of the n-th task, which are numbered from 0.
func htmlURL(repo string, n int) string {
	return fmt.Sprintf("https://github.com/%s/%s/issues/%d", hostileOrg, repo, n+1)
}

func issue(repo string, number int, title string, labels ...string) object {
	var all []object
	for _, l := range labels {
		all = append(all, object{"name": l})
	}
	return object{
		"id": number, "node_id": fmt.Sprintf("I_%s_%d", repo, number), "number": number, "title": title, "state": "open", "labels": all, "html_url": htmlURL(repo, number-1),
		"user": object{"login": "known", "type": "User"}, "author_association": "MEMBER", "created_at": hostileAt, "updated_at": hostileAt,
	}
}

func (o *organisation) archive() fs.FS {
	var repos []object
	for i, name := range []string{"plan", "app"} {
		repos = append(repos, object{"id": i + 1, "name": name, "full_name": hostileOrg + "/" + name, "owner": object{"login": hostileOrg}, "has_issues": true, "pushed_at": hostileAt, "updated_at": hostileAt})
	}
	files := fstest.MapFS{}
	for name, all := range map[string][]object{
		"repos.json": repos, "plan/issues.json": o.epics, "plan/milestones.json": o.milestones, "app/issues.json": o.tasks, "app/comments.json": o.comments,
	} {
		data, err := json.Marshal(all)
		if err != nil {
			panic(err) // only if an object held what is no JSON
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}

// draft compiles a month.
func (m month) draft(t testing.TB) string {
	t.Helper()
	r := m.start(t).compile()
	require.Zero(t, r.code, r.stderr)
	return r.stdout
}
