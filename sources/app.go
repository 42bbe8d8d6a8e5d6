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

// AppToken logs in as an installation of a GitHub App: it exchanges a JWT signed
// with the app's private key, a PEM text, for tokens of an hour each.
func AppToken(a Access, login AppLogin, key []byte) (TokenSource, error) {
	api, err := ParseAPI(a.API)
	if err != nil {
		return nil, err
	}
	if login.ID <= 0 || login.Installation <= 0 {
		return nil, fmt.Errorf("logging in as a GitHub App takes its id, the installation and the private key")
	}
	base := a.Transport
	if base == nil {
		base = http.DefaultTransport
	}
	retry := a.retries(base)
	app, err := ghinstallation.New(&retryablehttp.RoundTripper{Client: retry}, login.ID, login.Installation, key)
	if err != nil {
		return nil, fmt.Errorf("the private key of the GitHub App cannot be read: it must be PEM")
	}
	app.BaseURL = strings.TrimRight(api.String(), "/")
	return func(ctx context.Context) (string, error) {
		token, err := app.Token(ctx)
		if err == nil {
			return token, nil
		}
		if refused := (*ghinstallation.HTTPError)(nil); errors.As(err, &refused) && refused.Response != nil {
			err = fmt.Errorf("GitHub answers %s: check the app's id, installation and key", refused.Response.Status)
		}
		return "", &tokenError{fmt.Errorf("logging in as the GitHub App %d: %w", login.ID, err)}
	}, nil
}
