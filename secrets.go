package main

import (
	"bytes"
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// secrets are the tokens and keys in use. Whatever is printed or written goes
// through mask, wherever it comes from: a server may send back what it was sent,
// and a note may hold what nobody should read. Methods may be called at the same
// time.
type secrets struct {
	mu  sync.RWMutex
	all []string // longest first
}

// shortestSecret is the length below which a word is not taken for a secret, as it
// may stand anywhere. Tokens of GitHub are longer.
const shortestSecret = 12

const masked = "[secret]" // plain text in Markdown and JSON

// add adds a secret. Of a key of several lines each is one.
func (s *secrets) add(secret string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, line := range strings.Fields(secret) {
		for _, form := range []string{line, strings.ReplaceAll(line, "_", `\_`)} { // as it is, and as Markdown
			if len(line) >= shortestSecret && !strings.Contains(form, "-----") && !slices.Contains(s.all, form) {
				s.all = append(s.all, form)
			}
		}
	}
	slices.SortStableFunc(s.all, func(a, b string) int { return len(b) - len(a) })
}

// mask replaces all secrets in a text.
func (s *secrets) mask(text []byte) []byte {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for _, secret := range s.all {
		text = bytes.ReplaceAll(text, []byte(secret), []byte(masked))
	}
	return text
}

// guard gives a world that lets no secret out. What stands in the environment is
// known from the beginning, and what authorises a request once it is sent.
func (w world) guard() world {
	s := &secrets{}
	for _, name := range []string{"GITHUB_TOKEN", "GH_TOKEN", "MONTHLY_APP_KEY"} {
		s.add(w.getenv(name))
	}
	w.secrets = s
	w.stdout, w.stderr = maskedWriter{s, w.stdout}, maskedWriter{s, w.stderr}
	if w.transport == nil {
		w.transport = http.DefaultTransport
	}
	w.transport = maskedTransport{s, w.transport}
	return w
}

// maskedWriter masks what is written through it, each write for itself.
type maskedWriter struct {
	secrets *secrets
	to      io.Writer
}

func (w maskedWriter) Write(p []byte) (int, error) {
	if _, err := w.to.Write(w.secrets.mask(p)); err != nil {
		return 0, err
	}
	return len(p), nil
}

// maskedTransport learns the secrets that requests carry, and masks them in the
// responses.
type maskedTransport struct {
	secrets *secrets
	base    http.RoundTripper
}

func (t maskedTransport) RoundTrip(req *http.Request) (*http.Response, error) {
	if _, token, ok := strings.Cut(req.Header.Get("Authorization"), " "); ok {
		t.secrets.add(token)
	}
	resp, err := t.base.RoundTrip(req)
	if err != nil {
		return nil, err
	}
	resp.Status = string(t.secrets.mask([]byte(resp.Status)))
	if !strings.HasSuffix(req.URL.Path, "/access_tokens") { // where tokens come from, also the one in use
		resp.Body = &maskedBody{secrets: t.secrets, ReadCloser: resp.Body}
		resp.ContentLength = -1
	}
	return resp, nil
}

// maskedBody is the body of a response, masked as a whole.
type maskedBody struct {
	io.ReadCloser
	secrets *secrets
	text    *bytes.Reader // nil before the first read
	err     error         // after the text; nil at its end
}

// longestBody is more than is ever read of a response.
const longestBody = 65 << 20 // bytes

func (b *maskedBody) Read(p []byte) (int, error) {
	if b.text == nil {
		text, err := io.ReadAll(io.LimitReader(b.ReadCloser, longestBody))
		b.text, b.err = bytes.NewReader(b.secrets.mask(text)), err
	}
	n, err := b.text.Read(p)
	if err == io.EOF && b.err != nil {
		err = b.err
	}
	return n, err
}
