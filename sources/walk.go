package sources

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"strconv"
)

// A list of the API is read by its "next" addresses, as they stand, until there is
// none. What is in it may change meanwhile:
//
//   - Where the address holds a cursor, GitHub goes on behind the last element that
//     it gave, whatever was deleted before that.
//   - Where it holds the number of a page, an element that is deleted pulls those
//     behind it forward, and the first of the next page would never be seen. Such
//     pages are asked for with an overlap: a page that holds the last element of the
//     one before lacks nothing between.
//   - Where the overlap is gone, and where elements may change their place in the
//     order, the list is read again until a reading finds nothing new.
//
// So an element may be read twice, but is not lost if it stays in the list.

const (
	perPage   = 100    // elements that a page holds at most
	maxPages  = 10_000 // of one list
	maxIdle   = 10     // pages in a row without anything new, though another is said to follow
	maxPasses = 8      // readings of a list that shifts

	minOverlapped = 10 // elements of a page; smaller ones are rather read twice
)

// listing is a list of the API.
type listing[T any] struct {
	path    string // in the API
	query   url.Values
	check   func(item T, redirected bool) error  // reports an element that was not asked for
	broken  func(raw json.RawMessage, err error) // takes an element that is none; nil fails the reading
	enough  func(page []T) bool                  // ends the reading; nil reads to the end
	reorder bool                                 // elements may change their place
}

// keyed is an element of a list.
type keyed[T any] interface {
	*T
	key() string // unlike that of all others in the list
}

// walker reads one list.
type walker[T any, P keyed[T]] struct {
	*GitHub
	listing[T]
	all     []T
	at      map[string]int // in all, by key
	pages   int            // of one reading
	shifted bool           // the list has shifted, or may have
}

// walk reads a list. An element that was read twice is given once, as it was read
// last. With an error come the elements that were read before it.
func walk[T any, P keyed[T]](ctx context.Context, g *GitHub, l listing[T]) ([]T, error) {
	w := &walker[T, P]{GitHub: g, listing: l, at: map[string]int{}}
	if err := w.pass(ctx, true); err != nil {
		return w.all, err
	}
	if !w.shifted && (!l.reorder || w.pages == 1) {
		return w.all, nil
	}
	for range maxPasses {
		before := len(w.all)
		if err := w.pass(ctx, false); err != nil || len(w.all) == before {
			return w.all, err
		}
	}
	return w.all, &ResponseError{"the list changes faster than it can be read"}
}

// pass reads the list once, with an overlap or as the addresses stand.
func (w *walker[T, P]) pass(ctx context.Context, overlap bool) error {
	visited := map[string]bool{}
	where := place{size: perPage}
	idle := 0
	w.pages = 0
	for address := w.first(); address != ""; w.pages++ {
		if visited[address] || w.pages == maxPages || idle == maxIdle {
			return &ResponseError{"the list has no end"}
		}
		visited[address] = true
		page, next, err := w.page(ctx, address)
		if err != nil {
			return err
		}
		fresh := w.add(page)
		if where.overlapping && fresh == len(page) {
			w.shifted = true
			return nil
		}
		if w.enough != nil && len(page) > 0 && w.enough(page) {
			return nil
		}
		if idle++; fresh > 0 || !overlap {
			idle = 0
		}
		if address = next; overlap && next != "" {
			address = where.after(next, len(page))
			w.shifted = w.shifted || where.unsafe
		}
	}
	return nil
}

// first gives the address of the first page.
func (w *walker[T, P]) first() string {
	query := url.Values{"per_page": {strconv.Itoa(perPage)}}
	for name, values := range w.query {
		query[name] = values
	}
	return w.path + "?" + query.Encode()
}

// page gets a page, whose elements are all what was asked for.
func (w *walker[T, P]) page(ctx context.Context, address string) (page []T, next string, err error) {
	answer, err := w.get(ctx, address)
	if err != nil {
		return nil, "", err
	}
	var raw []json.RawMessage
	if err := json.Unmarshal(answer.body, &raw); err != nil {
		return nil, "", &ResponseError{"it is not a list"}
	}
	for i, r := range raw {
		item, err := decode[T](r)
		if err == nil && w.check != nil {
			err = w.check(item, answer.redirected)
		}
		switch {
		case err == nil:
			page = append(page, item)
		case w.broken != nil:
			w.broken(r, err)
		default:
			return nil, "", &ResponseError{fmt.Sprintf("element %d of a list: %v", i+1, err)}
		}
	}
	return page, answer.next, nil
}

// add adds a page, and counts its elements that are new.
func (w *walker[T, P]) add(page []T) (fresh int) {
	for _, item := range page {
		key := P(&item).key()
		if i, known := w.at[key]; known {
			w.all[i] = item
			continue
		}
		w.at[key] = len(w.all)
		w.all = append(w.all, item)
		fresh++
	}
	return fresh
}

// place is how far a list was read whose pages have numbers.
type place struct {
	end         int  // elements that were read in a row
	size        int  // the most elements of a page
	page, per   int  // that was read last; zero before the second
	overlapping bool // the next page begins before the end
	unsafe      bool // the next page begins at the end, wherever that is by then
}

// after gives the address of the page that follows one with so many elements. Where
// "next" has a cursor that is it, else one that overlaps what was read.
func (p *place) after(next string, elements int) string {
	u, err := url.Parse(next)
	query := u.Query()
	numbered := err == nil && query.Has("page") && !query.Has("after") && !query.Has("before") && !query.Has("cursor")
	p.size = min(p.size, elements)
	p.overlapping = numbered && p.size >= minOverlapped
	if p.unsafe = numbered && !p.overlapping; !p.overlapping {
		return next
	}
	p.end = max(p.end, p.size, p.page*min(p.per, elements))
	p.page, p.per = p.overlap()
	query.Set("page", strconv.Itoa(p.page))
	query.Set("per_page", strconv.Itoa(p.per))
	u.RawQuery = query.Encode()
	return u.String()
}

// overlap gives the page that holds the last element that was read and the most
// behind it.
func (p *place) overlap() (page, per int) {
	for size := p.size; 2*size > p.size; size-- {
		if number := (p.end-1)/size + 1; number*size > page*per {
			page, per = number, size
		}
	}
	return page, per
}
