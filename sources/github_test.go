package sources

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEnterpriseServer(t *testing.T) {
	r := newRun(t)
	r.login()
	r.withForged()
	want := r.must()
	enterprise := newRun(t)
	enterprise.login()
	enterprise.withForged()
	enterprise.access.API = testAPI + "api/v3"
	require.Equal(t, want, enterprise.must())
	for _, request := range enterprise.github.Requests() {
		require.True(t, strings.HasPrefix(request.Path, "/api/"), request.Path)
	}
}

func TestParseAPI(t *testing.T) {
	for api, want := range map[string]string{
		"":                               DefaultAPI,
		"https://api.github.com":         "https://api.github.com/",
		"http://127.0.0.1:8080//":        "http://127.0.0.1:8080/",
		"https://git.example.org/api/v3": "https://git.example.org/api/v3/",
	} {
		u, err := ParseAPI(api)
		require.NoError(t, err)
		require.Equal(t, want, u.String())
	}
	for api, want := range map[string]string{
		"ftp://x":               `"ftp://x/" is not the address of an API like https://api.github.com/`,
		"api.github.com":        `"api.github.com/" is not the address of an API like https://api.github.com/`,
		"https://me:word@x.org": `"https://me:xxxxx@x.org/" is not the address of an API like https://api.github.com/`,
		"https://x\x00":         "the address of the API cannot be read: it must be like https://api.github.com/",
	} {
		_, err := ParseAPI(api)
		require.EqualError(t, err, want)
		_, err = NewGitHub(Access{API: api}, nil)
		require.EqualError(t, err, want)
	}
}
