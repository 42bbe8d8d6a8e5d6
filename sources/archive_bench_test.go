package sources

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"
)

// bigOrganisation has repositories with so many comments each, of which few are updates.
func bigOrganisation(b *testing.B, repos, comments int) fstest.MapFS {
	lists := map[string][]object{}
	for r := range repos {
		name := fmt.Sprintf("r%04d", r)
		full := "crowd/" + name
		lists["repos.json"] = append(lists["repos.json"], repoOf(full))
		for c := range comments {
			said := update(full, r*1000+c+1, 1, fmt.Sprintf("step %d of %s", c, name), at("2023-09-02 09:00").Add(time.Duration(c%22)*24*time.Hour))
			if c%25 != 0 {
				said["body"] = fmt.Sprintf("I looked at step %d of %s, and it does what it should.", c, name)
			}
			lists[name+"/comments.json"] = append(lists[name+"/comments.json"], said)
		}
		lists[name+"/issues.json"] = []object{issueOf(full, 1)}
	}
	return archiveOf(b, lists)
}

// Reading an open month of 1,000 repositories with 100 comments each, and a tenth of
// that: at first, again an hour later when one repository has something to say, and from
// the archive alone. "KB" is what was written, "peak-MB" the most memory that the process
// had so far, the fake GitHub in it.
func BenchmarkArchive(b *testing.B) {
	for _, repos := range []int{10, 100, 1000} {
		b.Run(fmt.Sprint(repos), func(b *testing.B) {
			served := bigOrganisation(b, repos, 100)
			for b.Loop() {
				r := newRun(b)
				r.project = Project{Name: "Crowd", Org: "crowd"}
				r.month, r.now = monthOf(b, "2023-09"), at("2023-09-26 12:00")
				r.serve("crowd", served)
				measure(b, r, "cold")
				r.github.AddComment("r0000", update("crowd/r0000", 999_999_999, 1, "late", at("2023-09-26 12:30")))
				r.now = r.now.Add(time.Hour)
				measure(b, r, "again")
				r.offline = true
				measure(b, r, "offline")
			}
		})
	}
}

// measure reads the month, and reports what that cost.
func measure(b *testing.B, r *run, name string) {
	before, start := filesIn(b, filepath.Dir(r.dir)), time.Now()
	r.must()
	took := time.Since(start)
	_, bytes := written(before, filesIn(b, filepath.Dir(r.dir)))
	b.ReportMetric(float64(took.Milliseconds()), name+"-ms")
	b.ReportMetric(float64(bytes)/1000, name+"-KB")
	b.ReportMetric(peakMB(b), name+"-peak-MB")
}

var highWater = regexp.MustCompile(`VmHWM:\s*(\d+) kB`)

// peakMB gives the most memory that the process had; 0 where the system does not say.
func peakMB(b *testing.B) float64 {
	status, err := os.ReadFile("/proc/self/status")
	if os.IsNotExist(err) {
		return 0
	}
	require.NoError(b, err)
	m := highWater.FindSubmatch(status)
	if m == nil {
		return 0
	}
	kB, _ := strconv.Atoi(string(m[1]))
	return float64(kB) / 1000
}
