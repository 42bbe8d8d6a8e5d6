// Package outline reads the Markdown of people: weekly notes, and comments that
// are updates.
package outline
