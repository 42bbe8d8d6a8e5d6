package outline

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/compile"
)

func TestDates(t *testing.T) {
	near := compile.Day{Year: 2023, Month: time.November, Day: 13}
	for line, want := range map[string]string{
		"2023-11-10":                      "2023-11-10",
		"Vac 2023/11/10":                  "2023-11-10 Vac",
		"2023_11_6 Weekly":                "2023-11-06 Weekly",
		"10.11.2023":                      "2023-11-10",
		"10/11/2023":                      "2023-11-10",
		"11/10/2023":                      "2023-11-10",
		"06.11.–10.11.":                   "2023-11-10",
		"Nov 10":                          "2023-11-10",
		"November 10th, 2023":             "2023-11-10",
		"10 Nov":                          "2023-11-10",
		"10th of November 2022":           "2022-11-10",
		"Nov 6-10":                        "2023-11-10",
		"6–10 November 2023":              "2023-11-10",
		"Nov 6, 2023 - Nov 10, 2023":      "2023-11-10",
		"Dec 30 – Jan 5":                  "2024-01-05",
		"Week 45":                         "2023-11-10",
		"2023-W45":                        "2023-11-10",
		"45/2023":                         "2023-11-10",
		"KW 45":                           "2023-11-10",
		"Week 1 2026 (Mon Dec 29)":        "2026-01-02",
		"Week 27 2026 (June 29 – July 5)": "2026-07-05",
		"Week 32 August 2025":             "2025-08-08",
		"release 1.2.3":                   "",
		"Market 5":                        "",
		"Roadmap 2024":                    "",
		"version 0.37.":                   "",
		"32.11.2023":                      "",
		"2023-02-30":                      "",
	} {
		d := cutDates(line, near)
		rest := strings.Join(strings.FieldsFunc(d.rest, func(c rune) bool { return strings.ContainsRune(" -–—,()", c) }), " ")
		if !d.dated {
			rest = ""
		}
		require.Equal(t, want, strings.TrimSpace(d.last.String()+" "+rest), line)
	}
}

func TestDatesWithoutAnotherNear(t *testing.T) {
	d := cutDates("Week 27", compile.Day{})
	require.True(t, d.dated)
	require.Zero(t, d.last)
}
