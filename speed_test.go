package main

import (
	"bytes"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"github.com/waku-org/monthly/fixtures"
)

// Notes of 34 KB, 340 KB and 3.4 MB a month, compiled by the program as a process
// of its own, and converted once by goldmark for comparison. The figures are
// processor time in megabytes of notes a second, as a multiple of goldmark's time,
// and where the system tells it the peak of memory as a multiple of the notes.
func BenchmarkProcess(b *testing.B) {
	bin := filepath.Join(b.TempDir(), "monthly")
	out, err := exec.Command("go", "build", "-o", bin, ".").CombinedOutput()
	require.NoError(b, err, string(out))
	for _, times := range []int{1, 10, 100} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			dir, notes := crowdedMonth(b, times)
			var cpu time.Duration
			var peak int64
			for b.Loop() {
				cmd := exec.Command(bin, "compile", "--notes", dir, "--month", fixtures.Demo.Month, "--output", filepath.Join(b.TempDir(), "draft.md"))
				out, err := cmd.CombinedOutput()
				require.NoError(b, err, string(out))
				cpu += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
				peak = max(peak, peakMemory(cmd.ProcessState))
			}
			cpu /= time.Duration(b.N)
			b.ReportMetric(float64(len(notes))/1e6/cpu.Seconds(), "MB/s")
			b.ReportMetric(cpu.Seconds()/goldmarkTime(b, notes).Seconds(), "x-goldmark")
			b.ReportMetric(float64(peak)/float64(len(notes)), "x-memory")
		})
	}
}

var (
	issueNumber = regexp.MustCompile(`(/(?:issues|pull)/|#)(\d+)`)
	saidLine    = regexp.MustCompile(`(?m)^( *- .*[a-z])$`)
)

// crowdedMonth writes the notes of the demo month several times over, with other
// issues and other statements each time, into a folder; and gives all their text.
func crowdedMonth(tb testing.TB, times int) (dir string, all []byte) {
	dir = tb.TempDir()
	notes := fixtures.Demo.Notes()
	names, err := fs.Glob(notes, "*.md")
	require.NoError(tb, err)
	for _, name := range names {
		text, err := fs.ReadFile(notes, name)
		require.NoError(tb, err)
		var note []byte
		for n := range times {
			note = append(note, another(text, n)...)
			note = append(note, "\n\n"...)
		}
		require.NoError(tb, os.WriteFile(filepath.Join(dir, name), note, 0o666))
		all = append(all, note...)
	}
	return dir, all
}

// another is a note like the first, about other things.
func another(note []byte, n int) []byte {
	if n == 0 {
		return note
	}
	_, body, _ := bytes.Cut(note, []byte("\n---\n"))
	body = saidLine.ReplaceAll(body, []byte("$1 in part "+strconv.Itoa(n)))
	return issueNumber.ReplaceAllFunc(body, func(ref []byte) []byte {
		m := issueNumber.FindSubmatch(ref)
		number, _ := strconv.Atoi(string(m[2]))
		return fmt.Appendf(nil, "%s%d", m[1], 1000*n+number)
	})
}

// goldmarkTime is what converting a text once takes, the least of five times.
func goldmarkTime(b *testing.B, text []byte) time.Duration {
	b.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM))
	least := time.Hour
	for range 5 {
		var out bytes.Buffer
		start := time.Now()
		require.NoError(b, md.Convert(text, &out))
		least = min(least, time.Since(start))
	}
	return least
}
