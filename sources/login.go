package sources

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"github.com/bradleyfalzon/ghinstallation/v2"
	"github.com/hashicorp/go-retryablehttp"
)

// TokenSource gives the token for the next request. A nil TokenSource logs nobody
// in; whether somebody logs in is known without asking it for a token.
type TokenSource func(context.Context) (string, error)

// Token is a TokenSource of one token; nil if the token is empty.
func Token(token string) TokenSource {
	if token == "" {
		return nil
	}
	return func(context.Context) (string, error) { return token, nil }
}

// App names an installation of a GitHub App.
type App struct {
	ID           int64
	Installation int64
	Key          []byte // the app's private key, PEM
}

// AppToken logs in as an installation of a GitHub App, when the first token is
// needed: it exchanges a JWT signed with the app's private key for tokens of an
// hour each. a says how GitHub is reached; its own Token is not used.
func AppToken(a Access, app App) (TokenSource, error) {
	api, err := ParseAPI(a.API)
	if err != nil {
		return nil, err
	}
	if app.ID <= 0 || app.Installation <= 0 {
		return nil, errors.New("logging in as a GitHub App takes its id, the installation and the private key")
	}
	base := a.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	login, err := ghinstallation.New(&retryablehttp.RoundTripper{Client: a.retries(base)}, app.ID, app.Installation, app.Key)
	if err != nil {
		return nil, errors.New("the private key of the GitHub App cannot be read: it must be PEM")
	}
	login.BaseURL = strings.TrimRight(api.String(), "/")
	return func(ctx context.Context) (string, error) {
		token, err := login.Token(ctx)
		if err == nil {
			return token, nil
		}
		if refused := (*ghinstallation.HTTPError)(nil); errors.As(err, &refused) && refused.Response != nil {
			err = fmt.Errorf("GitHub responded with %s: check the app's id, installation and key", refused.Response.Status)
		}
		return "", &tokenError{fmt.Errorf("logging in as the GitHub App %d: %w", app.ID, err)}
	}, nil
}
