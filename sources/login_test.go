package sources

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"

	"github.com/stretchr/testify/require"

	"github.com/waku-org/monthly/fixtures"
)

// appKey makes a private key of an app, as a file that GitHub gives out.
func appKey(t testing.TB) []byte {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
}

// loginAsApp makes the fake GitHub ask for a token that it gives to an app.
func (r *run) loginAsApp() {
	r.github.Token = secret
	access := r.access
	access.Transport = direct{r}
	token, err := AppToken(access, App{ID: 1, Installation: 2, Key: appKey(r.t)})
	require.NoError(r.t, err)
	r.access.Token = token
}

// A month that was read after its end costs nothing and needs nobody, whoever
// logs in.
func TestFinishedMonthNeedsNeitherNetworkNorLogin(t *testing.T) {
	for name, login := range map[string]func(*run){"nobody": func(*run) {}, "token": (*run).login, "app": (*run).loginAsApp} {
		t.Run(name, func(t *testing.T) {
			r := newRun(t)
			login(r)
			want := r.must()
			require.Positive(t, len(r.github.Requests()))

			require.Zero(t, r.asked(func() { require.Equal(t, want, r.must()) }))

			r.access.Transport = broken{}
			require.Equal(t, want, r.must(), "the network is down")

			if r.access.Token != nil {
				r.access.Token = func(context.Context) (string, error) {
					t.Error("a token is asked for")
					return "", &tokenError{errors.New("the login is down")}
				}
				require.Equal(t, want, r.must(), "the login is down")
			}
		})
	}
}

// broken is a network that is down.
type broken struct{}

func (broken) RoundTrip(*http.Request) (*http.Response, error) {
	return nil, errors.New("network is unreachable")
}

// Who reads without a token is not told which comments are hidden; who comes later
// with one is.
func TestMonthIsNotFinishedForWhoLogsInLater(t *testing.T) {
	r := newRun(t)
	r.must()
	r.login()
	require.Positive(t, r.asked(func() { r.must() }))
	require.Zero(t, r.asked(func() { r.must() }))
	r.access.Token = nil
	require.Zero(t, r.asked(func() { r.must() }), "nobody needs to know less")
}

func TestAppLogsIn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRun(t)
		r.loginAsApp()
		r.suffer(once(1, fixtures.Status(502, "Bad Gateway")))
		require.Equal(t, calm(t), r.must())
		requests := r.github.Requests()
		for _, exchange := range requests[:2] {
			require.Equal(t, "/app/installations/2/access_tokens", exchange.Path)
			require.NotEqual(t, secret, exchange.Token)
		}
		for _, request := range requests[2:] {
			require.Equal(t, secret, request.Token, request.Path)
		}
	})
}

func TestAppThatCannotLogIn(t *testing.T) {
	_, err := AppToken(Access{}, App{ID: 1, Installation: 2, Key: []byte("no key")})
	require.EqualError(t, err, "the private key of the GitHub App cannot be read: it must be PEM")
	_, err = AppToken(Access{}, App{ID: 1, Key: appKey(t)})
	require.EqualError(t, err, "logging in as a GitHub App takes its id, the installation and the private key")
	_, err = AppToken(Access{API: "ftp://x"}, App{})
	require.ErrorContains(t, err, "is not the address of an API")

	r := newRun(t)
	r.loginAsApp()
	r.suffer(on("/access_tokens", fixtures.Status(404, "Not Found")))
	_, _, err = r.read()
	require.EqualError(t, err, "logging in as the GitHub App 1: GitHub responded with 404 Not Found: check the app's id, installation and key")
}
