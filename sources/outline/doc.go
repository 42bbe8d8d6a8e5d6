// Package outline reads the Markdown that people write: weekly notes, and comments
// that are updates. Each team has its own layout and changes it often, so that a
// text is read by what its parts are, in this order:
//
//  1. Front matter gives only the title and the date. What readers do not see is left
//     out, and so is what a mail program added to a comment, and the tags that fold a
//     part of a text; what they fold is text like the rest.
//  2. A heading that repeats the title, dates the note by a day or a week, or alone
//     stands above all others is the note's title, and a part of no path. What stands
//     above the first other heading, and below "Highlights" or "Summary", is the
//     note's own summary of its week.
//  3. Headings, bold lines by themselves, lines that are only a link with a list or a
//     key below, and items with keys below are headers. What stands below them is said
//     under them. A header of a note opens an update; one of a comment does not.
//  4. What a header stands for, a milestone, an epic, a task or an area, is said by
//     its word ("Milestone: X"), else by its link and by the headers above it.
//  5. A key ("achieved", "next", "blocker", "risk" and their like) opens a field
//     wherever it stands: as a heading, a bold line, an item or a line, with any
//     emphasis and the colon in or out. It gives its kind to what follows, until
//     the field ends; see [field].
//  6. A label that is not a known key, "In progress:", ends the field above it.
//     Without anything below it is left out, as an empty key is.
//  7. A value that is empty, a dash or a question mark is left out. One that denies,
//     "blocker: none", is a note. A box says achieved or next where no key does.
//  8. A list below a statement, or below a line that announces it with a colon, is
//     part of the statement.
//  9. No layout loses text: what fits no rule is a note at its place.
//
// Text is copied from the source by position, and never printed from the tree.
package outline
