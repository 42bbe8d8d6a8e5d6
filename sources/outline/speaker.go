package outline

import (
	"regexp"
	"strings"

	"github.com/waku-org/monthly/compile"
)

var speaker = regexp.MustCompile(`^[*_]*@([A-Za-z\d](?:[\w-]*[A-Za-z\d])?)[*_]*\s*[:：]?\s*[*_]*$`)

// cutSpeaker reads a line that only mentions a person, "@ada:": who says what
// stands below it.
func cutSpeaker(line string) (by string, ok bool) {
	m := speaker.FindStringSubmatch(strings.TrimSpace(line))
	if m == nil {
		return "", false
	}
	return "@" + m[1], true
}

// speakerLine says who says what follows at the margin.
type speakerLine struct {
	by   string // empty if nothing says who
	line int
	said int // items before it
}

// speak begins what a person says at the margin.
func (r *reader) speak(by string, line int) {
	r.hush()
	r.speaker = speakerLine{by, line, r.said}
	r.field = r.field.atEntry()
}

// hush ends what a person says at the margin. Who says nothing is a label without
// anything below it.
func (r *reader) hush() {
	if s := r.speaker; s.by != "" && s.said == r.said {
		r.leaveOut(compile.EmptyLabel, s.by, s.line)
	}
	r.speaker = speakerLine{}
}

// isSpeaker reports whether an item only mentions who says what stands below it.
func (r *reader) isSpeaker(item listItem) bool {
	_, isSpeaker := cutSpeaker(item.first())
	return isSpeaker && len(item.lines) == 1 && len(item.blocks) == 0 && len(item.rest) > 0
}

func (r *reader) speakerItem(item listItem, inside compile.Kind) {
	before := r.speaker
	r.within(item.line, func() {
		by, _ := cutSpeaker(item.first())
		r.speaker = speakerLine{by, item.line, r.said}
		r.field = r.field.inEntry()
		r.below(item, inside)
		r.hush()
	})
	r.speaker = before
}
