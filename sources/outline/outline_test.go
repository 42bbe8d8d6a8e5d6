package outline

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

var update = flag.Bool("update", false, "write the outlines that are read into the test files")

var day = compile.Day{Year: 2024, Month: time.March, Day: 4}

// Each file of testdata/outline is a weekly note, or a comment when its name
// begins with "comment", and below the line "-- outline --" what is read in it.
func TestOutline(t *testing.T) {
	files, err := filepath.Glob("testdata/outline/*.txt")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			data, err := os.ReadFile(file)
			require.NoError(t, err)
			input, want, _ := strings.Cut(string(data), "-- outline --\n")
			var got string
			if strings.HasPrefix(filepath.Base(file), "comment") {
				got = outlineOfComment(input)
			} else {
				got = outlineOfNote(input)
			}
			if *update {
				require.NoError(t, os.WriteFile(file, []byte(input+"-- outline --\n"+got), 0o644))
				want = got
			}
			require.Equal(t, want, got)
		})
	}
}

func outlineOfNote(note string) string {
	return printOutline(Note(note, Options{Day: day}))
}

func printOutline(note Contents) string {
	var b strings.Builder
	if note.Title != "" {
		fmt.Fprintf(&b, "title: %s\n", note.Title)
	}
	for _, p := range note.Problems {
		fmt.Fprintf(&b, "problem: %d %s\n", p.Line, p.Text)
	}
	for _, u := range note.Updates {
		summary := ""
		if u.Summary {
			summary = "summary "
		}
		fmt.Fprintf(&b, "%d %s%s\n", u.Source.Line, summary, printPath(u))
		printItems(&b, u.Items, "  ")
	}
	return b.String()
}

func outlineOfComment(comment string) string {
	parts := Updates(comment)
	if len(parts) == 0 {
		return "no update\n"
	}
	var b strings.Builder
	for _, part := range parts {
		if part.Dated != "" {
			fmt.Fprintf(&b, "dated %s: %s\n", part.Dated, part.Day(day))
		}
		printItems(&b, Comment(part.Body), "")
	}
	return b.String()
}

var levelNames = [...]string{"area", "milestone", "epic", "task"}

// printPath gives "area Docs > task Guide <address> {E:label}".
func printPath(u compile.Update) string {
	var steps []string
	for _, h := range u.Path {
		step := levelNames[h.Level] + " " + h.Title
		if h.URL != "" {
			step += " <" + h.URL + ">"
		}
		if !h.Due.IsZero() {
			step += " due " + h.Due.String()
		}
		steps = append(steps, step)
	}
	path := strings.Join(steps, " > ")
	for _, l := range u.Labels {
		path += " {" + l + "}"
	}
	return strings.TrimSpace(path)
}

// printItems gives a line for each line of an item; the lines of nested items
// are indented.
func printItems(b *strings.Builder, items []compile.Item, indent string) {
	for _, i := range items {
		head := strings.TrimSpace(strings.Join([]string{string(i.Kind), i.Marker}, " "))
		if i.LeftOut != "" {
			head = "left out, " + string(i.LeftOut)
		}
		if i.By != "" {
			head = i.By + " " + head
		}
		if i.Under != "" {
			head = "(" + i.Under + ") " + head
		}
		if head == "" {
			head = "·"
		}
		text := strings.ReplaceAll(i.Text, "\n", "\n"+indent+"  | ")
		if i.Line > 0 {
			head = fmt.Sprintf("%d %s", i.Line, head)
		}
		fmt.Fprintf(b, "%s%s: %s\n", indent, head, text)
		printItems(b, i.Items, indent+"    ")
	}
}
